import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, Kind, parse, print, visit } from "graphql";

const source = fileURLToPath(new URL("src/", import.meta.url));
const target = `${source}generated/`;
const schemaAst = buildSchema(readFileSync(new URL("schema.graphql", import.meta.url), "utf8"));
const schema = parse(readFileSync(new URL("schema.graphql", import.meta.url), "utf8"));
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".graphql"),
);
const shared = definitionsOf("graphql/fragments.graphql");

mkdirSync(target, { recursive: true });
const made = files.filter((each) => each !== "graphql/fragments.graphql");
for (const file of made) await generate(file).catch((error) => complain(file, error));
for (const file of readdirSync(target).filter((each) => !made.some((from) => targetOf(from) === each)))
  rmSync(target + file);

/** One file that is wrong keeps no other from being generated. */
function complain(file, error) {
  console.error(`${file}: ${error.message}`);
  process.exitCode = 1;
}

function targetOf(file) {
  return `${basename(file, ".graphql")}.ts`;
}

/** Writes the documents of a file as texts, and the types of their variables and answers. */
async function generate(file) {
  const own = definitionsOf(file);
  const used = fragmentsOf(own, [...own, ...shared]);
  const document = {
    kind: Kind.DOCUMENT,
    definitions: [...own, ...used.filter((each) => !own.includes(each))],
  };
  const types = await codegen({
    filename: file,
    schema,
    schemaAst,
    documents: [{ location: file, document }],
    config: {
      immutableTypes: true,
      enumType: "string-literal",
      enumsAsTypes: true,
      scalars: { DateTime: "string", ID: "string" },
      useTypeImports: true,
    },
    plugins: [{ operations: {} }],
    pluginMap: { operations },
  });
  const texts = own
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const name = operation.name.value;
      const parts = [operation, ...fragmentsOf([operation], [...own, ...shared])].map(print).join("\n");
      const kind = operation.operation[0].toUpperCase() + operation.operation.slice(1);
      return `export const ${name} = ${JSON.stringify(minify(parts))} as TypedDocument<${name}${kind}, ${name}${kind}Variables>;`;
    });
  const head = 'import type { TypedDocument } from "../graphql/typed-document";\n';
  writeFileSync(target + targetOf(file), `${head}${types}\n${texts.join("\n")}\n`);
}

function definitionsOf(file) {
  return parse(readFileSync(source + file, "utf8")).definitions;
}

/** The fragments that definitions name, and those that these name. */
function fragmentsOf(definitions, known, found = new Set()) {
  for (const definition of definitions)
    visit(definition, {
      FragmentSpread({ name }) {
        const fragment = known.find(
          (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name.value,
        );
        if (fragment === undefined) throw new Error(`no fragment ${name.value}`);
        if (found.has(fragment)) return;
        found.add(fragment);
        fragmentsOf([fragment], known, found);
      },
    });
  return [...found];
}

function minify(text) {
  return text.replace(/\s+/g, " ");
}
