// generate: makes the national calendar of the build from a pinned npm package.
//
//   npm install --no-save @holiday-jp/holiday_jp@2.5.1      (in a folder of its own)
//   node data/calendars/generate.mjs <that folder>/node_modules/@holiday-jp/holiday_jp
//
// Writes, relative to this file:
//   national-<version>.txt                 the calendar in the source format of include/value/shienkin/value.h
//   ../../src/value/calendar_national.inc  the same as C tables, with the SHA-256 of the text's bytes
// Both are committed, so building needs neither npm nor node. A unit test reads the text and compares it with the
// tables, day for day. Calendars are append-only: a new version of the package makes a new text beside the old one.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const FIRST = "1970-01-01", LAST = "2050-12-31";
const here = dirname(fileURLToPath(import.meta.url));
const packageFolder = process.argv[2];
if (!packageFolder) {
  console.error("usage: node generate.mjs FOLDER_OF_THE_PACKAGE");
  process.exit(2);
}

const about = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
const holidays = createRequire(import.meta.url)(resolve(packageFolder, "lib", "holidays.js"));
const table = holidays.default ?? holidays;
const version = `holiday_jp-${about.version}`;

const entries = Object.entries(table)
  .map(([date, holiday]) => ({ date, name: holiday.name.normalize("NFC") }))
  .filter(({ date }) => date >= FIRST && date <= LAST)
  .sort((a, b) => (a.date < b.date ? -1 : 1));
for (const { date, name } of entries) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !name || /[\n\r"\\]/.test(name)) throw new Error(`unusable entry ${date} ${name}`);
}

const text = [
  "# kind: national",
  `# version: ${version}`,
  `# first: ${FIRST}`,
  `# last: ${LAST}`,
  `# source: npm package ${about.name} ${about.version}`,
  "# licence: MIT, Copyright (c) 2016 holiday-jp, text in LICENSE.holiday_jp",
  ...entries.map(({ date, name }) => `${date} ${name}`),
  "",
].join("\n");
writeFileSync(join(here, `national-${version}.txt`), text);

const daysOf = (date) => Date.parse(`${date}T00:00:00Z`) / 86400000;
const inRows = (items, perRow) => {
  const rows = [];
  for (let i = 0; i < items.length; i += perRow) rows.push("  " + items.slice(i, i + perRow).join(", ") + ",");
  return rows.join("\n");
};
const names = [...new Set(entries.map(({ name }) => name))];
const c = `/* Written by data/calendars/generate.mjs from the bytes of data/calendars/national-${version}.txt, whose SHA-256
 * stands below. Run the script again rather than editing here; a unit test compares the two.
 * Source: npm package ${about.name} ${about.version}; MIT, Copyright (c) 2016 holiday-jp. */
#define NATIONAL_VERSION "${version}"
#define NATIONAL_SHA256 "${createHash("sha256").update(text).digest("hex")}"
#define NATIONAL_FIRST ${daysOf(FIRST)}   /* ${FIRST} */
#define NATIONAL_LAST ${daysOf(LAST)}   /* ${LAST} */

/* Days since 1970-01-01, sorted. */
static const day national_days[${entries.length}] = {
${inRows(entries.map(({ date }) => daysOf(date)), 16)}
};

static const str national_name_texts[${names.length}] = {
${names.map((name) => `  STR_INIT("${name}"),`).join("\n")}
};

/* The name of each day, as an index into the texts. */
static const uint8_t national_names[${entries.length}] = {
${inRows(entries.map(({ name }) => names.indexOf(name)), 32)}
};
`;
writeFileSync(join(here, "..", "..", "src", "value", "calendar_national.inc"), c);
console.log(`${entries.length} days, ${names.length} names, ${version}`);
