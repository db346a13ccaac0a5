import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Keyturn, startKeyturn } from "../journeys/stage/keyturn.js";

/**
 * Recommendations that are not followed, by the id of their audit.
 *
 * The specification would answer 200 to a client of the older media type; the contract says 400 to every client.
 */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  "572B": "a document that does not parse is 400",
  FDE2: "a document that is not valid is 400",
  "7B9B": "variables that do not fit are 400",
};

describe("GraphQL over HTTP, as its specification has it audited", () => {
  let keyturn: Keyturn;
  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite");
  });
  afterAll(() => keyturn.close());

  const audits = serverAudits({ url: () => `${keyturn.address}/graphql` });

  it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))(
    "%s",
    async (_, { id, fn }) => {
      const result = await fn();
      const reason = "reason" in result ? result.reason : "";
      expect(result.status, reason).toBe(id in NOT_FOLLOWED ? "warn" : "ok");
    },
  );

  it("has every audit, the recommendations that are not followed among them", () => {
    expect(audits.length).toBeGreaterThanOrEqual(61);
    expect(audits.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(NOT_FOLLOWED)));
  });
});
