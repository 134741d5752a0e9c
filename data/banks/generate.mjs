// generate: makes the directory of banks and branches of the build from a pinned npm package.
//
//   npm install --no-save --ignore-scripts zengin-code@1.0.0-p20260824      (in a folder of its own)
//   node data/banks/generate.mjs <that folder>/node_modules/zengin-code
//
// Writes, relative to this file:
//   zengin-code-<version>.txt                 the directory, a line each: "0001|ミズホ|みずほ", and below it its branches,
//                                             " 100|ホンテン|本店"; sorted by code, comments begin with "#"
//   ../../src/value/bank_directory.inc        the same as C tables, with the SHA-256 of the text's bytes
// Both are committed, so building needs neither npm nor node. A unit test reads the text and compares it with the
// tables, line for line. When a new version of the package is taken, the older text goes: no decision rests on it.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packageFolder = process.argv[2];
if (!packageFolder) {
  console.error("usage: node generate.mjs FOLDER_OF_THE_PACKAGE");
  process.exit(2);
}

const about = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
const table = createRequire(import.meta.url)(resolve(packageFolder, about.main));
const byCode = (a, b) => (a.code < b.code ? -1 : 1);
const taken = ({ code, kana, name }, digits) => {
  const one = { code, kana: kana.normalize("NFC"), name: name.normalize("NFC") };
  if (code.length !== digits || !/^\d+$/.test(code) || !kana || !name || /[|\n\r"\\]/.test(kana + name))
    throw new Error(`unusable entry ${code} ${name}`);
  return one;
};
const banks = Object.values(table).map((bank) => ({
  ...taken(bank, 4), branches: Object.values(bank.branches).map((branch) => taken(branch, 3)).sort(byCode),
})).sort(byCode);

const line = ({ code, kana, name }) => `${code}|${kana}|${name}`;
const text = [
  `# version: ${about.version}`,
  `# source: npm package ${about.name} ${about.version}`,
  "# licence: MIT, Copyright (c) 2015 Sho Kusano, text in LICENSE.zengin-code",
  ...banks.flatMap((bank) => [line(bank), ...bank.branches.map((branch) => " " + line(branch))]),
  "",
].join("\n");
writeFileSync(join(here, `zengin-code-${about.version}.txt`), text);

// Equal words stand once in one long text; rows name their place in it by offset and length, in bytes.
const pool = new Map();
let poolBytes = 0;
const poolLines = [];
const place = (word) => {
  if (!pool.has(word)) {
    const bytes = Buffer.byteLength(word);
    if (bytes > 255) throw new Error(`too long: ${word}`);
    pool.set(word, [poolBytes, bytes]);
    poolLines.push(word);
    poolBytes += bytes;
  }
  return pool.get(word);
};
const bankRows = [], branchRows = [];
for (const bank of banks) {
  const [kanaAt, kanaBytes] = place(bank.kana), [nameAt, nameBytes] = place(bank.name);
  bankRows.push(`{${Number(bank.code)},${branchRows.length},${bank.branches.length},${kanaAt},${nameAt},${kanaBytes},${nameBytes}}`);
  for (const branch of bank.branches) {
    const [kAt, kBytes] = place(branch.kana), [nAt, nBytes] = place(branch.name);
    branchRows.push(`{${Number(branch.code)},${kAt},${nAt},${kBytes},${nBytes}}`);
  }
}
const inRows = (items, perRow) => {
  const rows = [];
  for (let i = 0; i < items.length; i += perRow) rows.push("  " + items.slice(i, i + perRow).join(",") + ",");
  return rows.join("\n");
};
const words = [];
for (let i = 0; i < poolLines.length; i += 8) words.push(`  "${poolLines.slice(i, i + 8).join("")}"`);
const c = `/* Written by data/banks/generate.mjs from the bytes of data/banks/zengin-code-${about.version}.txt, whose SHA-256
 * stands below. Run the script again rather than editing here; a unit test compares the two.
 * Source: npm package ${about.name} ${about.version}; MIT, Copyright (c) 2015 Sho Kusano. */
#define BANK_DIRECTORY_VERSION "${about.version}"
#define BANK_DIRECTORY_SHA256 "${createHash("sha256").update(text).digest("hex")}"

/* Every kana and name, once. */
static const char directory_words[] =
${words.join("\n")};

/* Code, first branch, branches, kana and name as offsets, their lengths. Sorted by code. */
static const struct bank_row directory_banks[${bankRows.length}] = {
${inRows(bankRows, 4)}
};

/* Code, kana and name as offsets, their lengths. Sorted by bank, then by code. */
static const struct branch_row directory_branches[${branchRows.length}] = {
${inRows(branchRows, 5)}
};
`;
writeFileSync(join(here, "..", "..", "src", "value", "bank_directory.inc"), c);
console.log(`${bankRows.length} banks, ${branchRows.length} branches, ${pool.size} words, ${poolBytes} bytes`);
