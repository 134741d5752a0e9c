// answers OPENAPI ANSWERS: holds every answer that the tests got against what the service's own document says of that
// operation: the status is declared, the media type is one of those declared for it, and the body fits its schema (ajv,
// JSON Schema 2020-12). Prints each difference; exit 1 if there is one, or if nothing was looked at.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(new URL('../openapi/package.json', import.meta.url));
const Ajv = require('ajv/dist/2020').default;
const formats = require('ajv-formats').default;

const [, , openapi, answers] = process.argv;
const document = JSON.parse(readFileSync(openapi, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
const BASE = 'https://shienkin.invalid/openapi.json';
ajv.addSchema({ $id: BASE, ...document });

const operations = new Map();
for (const [path, methods] of Object.entries(document.paths))
  for (const [method, operation] of Object.entries(methods))
    if (operation.operationId) operations.set(operation.operationId, { at: `#/paths/${pointer(path)}/${method}`, operation });

function pointer(text) {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
}

const compiled = new Map();
function schema(at) {
  if (!compiled.has(at)) compiled.set(at, ajv.compile({ $ref: `${BASE}${at}` }));
  return compiled.get(at);
}

// undefined: it fits.
function difference({ operation: name, status, type, body }) {
  const known = operations.get(name);
  if (!known) return 'no such operation';
  const declared = known.operation.responses[status];
  if (!declared) return `status ${status} is not declared`;
  const media = (type ?? '').split(';')[0];
  if (!declared.content) return media ? `${status} is declared without a body, and ${media} came` : undefined;
  if (!declared.content[media]) return `${status} came as ${media || 'nothing'}, not as ${Object.keys(declared.content)}`;
  if (!declared.content[media].schema || body === null) return undefined;
  const fits = schema(`${known.at}/responses/${status}/content/${pointer(media)}/schema`);
  return fits(body) ? undefined : ajv.errorsText(fits.errors, { separator: '; ' });
}

let looked = 0;
const seen = new Set(), differ = new Map();
for (const line of readFileSync(answers, 'utf8').split('\n').filter(Boolean)) {
  const answer = JSON.parse(line);
  looked += 1;
  seen.add(answer.operation);
  const what = difference(answer);
  if (what) differ.set(`${answer.operation} ${answer.status}: ${what}`, answer);
}
for (const what of differ.keys()) console.log(what);
console.log(`${looked} answers of ${seen.size} operations of ${operations.size}: ${differ.size} differences`);
process.exit(differ.size || !looked ? 1 : 0);
