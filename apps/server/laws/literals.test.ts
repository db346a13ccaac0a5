import { afterAll, beforeAll, expect, it } from "vitest";
import { readSchema } from "../journeys/stage/bad-text.js";
import { type OAuthClients, startOAuthClients } from "../journeys/stage/oauth-clients.js";
import { forgetFailures, type SecretDoor } from "./secret-door.js";
import { openDoors } from "./secret-doors.js";
import { secretStrings } from "./secret-strings.js";
import { sourceLiterals } from "./source-literals.js";

const LITERALS = sourceLiterals();
/** The server answers some thirty thousand times. */
const MINUTES = 5 * 60_000;

let stage: OAuthClients;
let doors: readonly SecretDoor[];

// What is typed is compared in the process: no database knows a word of it.
beforeAll(async () => {
  stage = await startOAuthClients("sqlite");
  doors = await openDoors(stage);
});
afterAll(() => stage.keyturn.close());

it("knows the words of the sources, those of types among them", () => {
  expect(LITERALS.all.length).toBeGreaterThan(2000);
  expect(LITERALS.decisive.size).toBeGreaterThan(200);
  expect([...LITERALS.decisive]).toEqual(expect.arrayContaining(["typed", "not asked", "wrong-password"]));
});

it("has a door for every secret that an operation takes", async () => {
  const titles = doors.map(({ title }) => title);
  const strings = secretStrings(await readSchema(stage.keyturn.anyone));
  expect(strings.length).toBeGreaterThan(15);
  expect(strings.filter((at) => !titles.includes(at))).toEqual([]);
});

it("lets nobody in by a word of the sources, wherever it is typed", { timeout: MINUTES }, async () => {
  const wrong: string[] = [];
  for (const [index, literal] of LITERALS.all.entries()) {
    if (index % 4 === 0) await forgetFailures(stage.keyturn);
    const tried = doors.filter((_, place) => isTried(literal, index + place));
    const verdicts = await Promise.all(tried.map(async ({ title, type }) => [title, await type(literal)]));
    for (const [title, verdict] of verdicts)
      if (verdict !== "refused") wrong.push(`${title}: ${verdict} by ${JSON.stringify(literal)}`);
  }
  expect(wrong).toEqual([]);
});

/** A word that decides something is typed everywhere, and any other at some of the places, each in turn. */
function isTried(literal: string, turn: number): boolean {
  return LITERALS.decisive.has(literal) || turn % 12 === 0;
}

it("was shut by the words alone: what is right opens each door afterwards", async () => {
  await forgetFailures(stage.keyturn);
  for (const { title, type, right } of doors)
    if (right !== null) expect([title, await type(right())]).toEqual([title, "opened"]);
});
