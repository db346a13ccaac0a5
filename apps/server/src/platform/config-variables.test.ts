import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.js";
import { EXAMPLE_SECRETS } from "./config-production.js";
import { environmentSchema } from "./config-schema.js";
import { configurationTable, describeConfiguration } from "./config-variables.js";

const docs = new URL("../../../../docs/", import.meta.url);

describe("the description of the configuration", () => {
  it("stands in docs/configuration.md as it is printed", () => {
    const text = readFileSync(new URL("configuration.md", docs), "utf8");
    const [, between] = text.split(/<!-- variables: (?:begin|end) -->\n/);
    expect(between?.trim()).toBe(configurationTable());
  });

  it("lists the variables that are read, and no other", () => {
    const names = describeConfiguration().map(({ name }) => name);
    expect(names).toEqual(Object.keys(environmentSchema.shape));
  });

  it.each(describeConfiguration().filter((variable) => /^`[^`]+`$/.test(variable.default)))(
    "gives the default of $name that is in force",
    (variable) => {
      const spelledOut = { [variable.name]: variable.default.slice(1, -1) };
      expect(readConfig(spelledOut, "/srv")).toEqual(readConfig({}, "/srv"));
    },
  );

  it("shows no secret in the documents that production would accept", () => {
    for (const secret of secretsIn(docs)) expect(EXAMPLE_SECRETS).toContain(secret);
  });
});

function secretsIn(directory: URL): string[] {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".md"),
  );
  const texts = files.map((file) => readFileSync(new URL(file, directory), "utf8"));
  const pattern =
    /KEYTURN_(?:ADMIN_PASSWORD|METRICS_TOKEN|SECRET_KEYS)=(?:"([^"$]+)"|'([^'$]+)'|([^\s"'$`]+))/g;
  const values = texts.flatMap((text) => [...text.matchAll(pattern)].map(([, a, b, c]) => a ?? b ?? c ?? ""));
  return values.flatMap((value) =>
    value.includes(":") ? value.split(",").map((key) => key.split(":")[1] ?? "") : value,
  );
}
