import "reflect-metadata";
import { printSchema } from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../src/http/schema.js";
import { resolvers } from "../src/rooms.js";

test("the web application knows the schema as it is (vitest -u writes it anew)", async () => {
  await expect(`${printSchema(buildSchema(resolvers))}\n`).toMatchFileSnapshot("../../web/schema.graphql");
});
