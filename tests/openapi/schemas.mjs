// Every schema of the documentation compiles under ajv's strict mode, as JSON Schema 2020-12 with formats.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const api = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ajv = new Ajv2020.default({ strict: "log", strictTypes: false, allErrors: true });
addFormats.default(ajv);
ajv.addVocabulary(["openapi", "info", "jsonSchemaDialect", "servers", "tags", "paths", "components", "x-shienkin-problems"]);
ajv.addSchema(api, "api");

const pointers = Object.keys(api.components.schemas).map((name) => `/components/schemas/${name}`);
const token = (s) => s.replaceAll("~", "~0").replaceAll("/", "~1");
for (const [path, methods] of Object.entries(api.paths))
  for (const [method, operation] of Object.entries(methods)) {
    const media = [["requestBody", operation.requestBody], ...Object.entries(operation.responses).map(([s, r]) => [`responses/${s}`, r])];
    for (const [where, holder] of media)
      for (const type of Object.keys(holder?.content ?? {}))
        if (holder.content[type].schema) pointers.push(`/paths/${token(path)}/${method}/${where}/content/${token(type)}/schema`);
  }
let failed = 0;
for (const pointer of pointers) {
  try {
    if (!ajv.getSchema("api#" + pointer.split("/").map(encodeURIComponent).join("/"))) throw new Error("is not there");
  } catch (e) {
    failed++;
    console.error(`${pointer}: ${e.message}`);
  }
}
console.log(`${pointers.length} schemas, ${failed} that do not compile`);
process.exit(failed ? 1 : 0);
