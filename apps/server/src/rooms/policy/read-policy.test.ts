import "reflect-metadata";
import { expect, it } from "vitest";
import { readEntity } from "../../platform/sql.js";
import { SecurityPolicyEntity } from "./security-policy.entity.js";

it.each([
  ["of an outer join that found none", { "p.id": null }],
  ["that is not there", {}],
])("reads no entity out of a row %s", (_, row) =>
  expect(readEntity(SecurityPolicyEntity, row, "p")).toBeNull(),
);
