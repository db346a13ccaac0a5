import "reflect-metadata";
import { Query, Resolver } from "type-graphql";
import { expect, test } from "vitest";
import { Access, type AccessRule } from "../platform/access.js";
import { resolvers } from "../rooms.js";
import { buildSchema } from "./schema.js";

function schemaWith(rule: unknown): () => unknown {
  @Resolver()
  class Forgetful {
    @Access(rule as AccessRule)
    @Query(() => String)
    everything(): string {
      return "all";
    }
  }
  return () => buildSchema([Forgetful, ...resolvers]);
}

test("a field whose access names no credentials stops the start, and is named", () => {
  expect(schemaWith({ to: "ADMINISTRATOR" })).toThrow(
    "the access of everything for ADMINISTRATOR names no credentials",
  );
  expect(schemaWith({ to: "VIEWER", credentials: [] })).toThrow("everything for VIEWER names no credentials");
});

test("a field that takes tokens and names no scope stops the start", () => {
  expect(schemaWith({ to: "VIEWER", credentials: ["API_TOKEN"] })).toThrow(
    "everything takes tokens and names no scope",
  );
});
