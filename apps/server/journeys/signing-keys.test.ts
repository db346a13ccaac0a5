import { createKeyring, type SigningKey } from "@keyturn/oauth2";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { checkSigningKeys } from "../src/cli/doctor/check-keys.js";
import {
  type RotationPace,
  rotateSigningKeys,
} from "../src/rooms/administration/command-line/rotate-signing-keys.js";
import { createSigningKeyStore } from "../src/rooms/oauth/signing-keys.js";
import { createSweep } from "../src/sweep.js";
import { runBeside } from "./stage/command-line.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { endAll } from "./stage/process.js";

const ONE = `one:${Buffer.alloc(32, 1).toString("base64")}`;
const TWO = `two:${Buffer.alloc(32, 2).toString("base64")}`;
const REQUEST = { id: "a-run", ipAddress: null, userAgent: null };
const HOUR = 3600;

const namesOf = (keys: readonly SigningKey[]): string[] =>
  keys.map(({ algorithm, id }) => `${algorithm} ${id}`).sort();

afterEach(endAll);

describeOnBoth("the keys that sign ID tokens", (kind) => {
  let keyturn: Keyturn;
  /** A server reads its keys anew after a minute. */
  const published = async (): Promise<string[]> => {
    keyturn.clock.advance({ seconds: 61 });
    const response = await fetch(`${keyturn.address}/oauth2/jwks`);
    const { keys } = (await response.json()) as { keys: { kid: string; alg: string }[] };
    return keys.map(({ alg, kid }) => `${alg} ${kid}`).sort();
  };
  const signing = async (): Promise<string[]> => {
    const keyring = createKeyring(createSigningKeyStore(keyturn.app.context), { now: keyturn.clock.now });
    const keys = (["ES256", "RS256"] as const).map(
      async (algorithm) => `${algorithm} ${(await keyring.signingKey(algorithm)).id}`,
    );
    return await Promise.all(keys);
  };
  /** Public halves alone verify what comes back as a hint. */
  const forHints = async (): Promise<string[]> => {
    const keyring = createKeyring(createSigningKeyStore(keyturn.app.context), { now: keyturn.clock.now });
    const keys = await keyring.hintKeys();
    expect(keys.flatMap(Object.keys)).not.toContain("d");
    return keys.map(({ alg, kid }) => `${alg} ${kid}`).sort();
  };
  const rotate = async (
    pace: RotationPace = "published-ahead",
  ): Promise<Record<"made" | "waiting" | "retired" | "forgotten", string[]>> => {
    const { made, waiting, retired, forgotten } = await rotateSigningKeys(keyturn.app.context, REQUEST, pace);
    return {
      made: namesOf(made),
      waiting: namesOf(waiting),
      retired: namesOf(retired),
      forgotten: [...forgotten].sort(),
    };
  };
  const idsOf = (names: readonly string[]): string[] => names.map((name) => name.slice(6)).sort();

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SECRET_KEYS: ONE });
  });
  afterAll(() => keyturn.close());

  it("are made by a rotation where there are none, and sign at once", async () => {
    await changeRows(keyturn, "DELETE FROM oauth_signing_keys");
    const { made } = await rotate();
    expect(made).toHaveLength(2);
    expect(await published()).toEqual(made);
    expect(await signing()).toEqual(made);
  });

  it("are published an hour before they sign, and are not made twice meanwhile", async () => {
    const { made: before } = await rotate("at-once");
    const { made: next } = await rotate();
    expect(await published()).toEqual([...before, ...next].sort());
    expect(await signing()).toEqual(before);
    expect(await rotate()).toEqual({ made: [], waiting: next, retired: [], forgotten: [] });
    keyturn.clock.advance({ seconds: HOUR });
    expect(await signing()).toEqual(next);
    expect(await published()).toEqual([...before, ...next].sort());
  });

  it("are retired by a rotation once no token that they signed lives, and read hints for a year", async () => {
    const { made: before } = await rotate("at-once");
    const { made: signed } = await rotate();
    keyturn.clock.advance({ seconds: 3 * HOUR });
    expect(await published()).toEqual(signed);
    const { made, retired } = await rotate();
    expect(retired).toEqual(before);
    expect(await published()).toEqual([...signed, ...made].sort());
    expect((await keyturn.events("signing-keys.rotated")).at(-1)).toMatchObject({
      ...{ actor: null, credential: null },
      details: { by: "command line", retired: expect.stringMatching(/^\S{36} \S{36}$/) },
    });
    expect(await forHints()).toEqual([...before, ...signed, ...made].sort());
    keyturn.clock.advance({ seconds: 365 * 24 * HOUR });
    await createSweep(keyturn.app.context)();
    expect(await forHints()).toEqual([...signed, ...made].sort());
    expect(await readRows(keyturn, "SELECT id FROM oauth_retired_keys")).toEqual([]);
  });

  it("are all replaced at once where one leaked, also those that wait", async () => {
    const [{ made: before }, { made: waiting }] = [await rotate("at-once"), await rotate()];
    keyturn.clock.advance({ seconds: 3 * HOUR });
    const { made: last } = await rotate();
    const { made, forgotten } = await rotate("at-once");
    expect(forgotten).toEqual(idsOf([...waiting, ...last]));
    expect(await published()).toEqual(made);
    expect(await signing()).toEqual(made);
    expect(await forHints()).toEqual(made);
    expect(before).toHaveLength(2);
  });

  it("make a server unready whose secret key is missing, until it is back or they are replaced", async () => {
    const ready = async (): Promise<number> => (await fetch(`${keyturn.address}/readyz`)).status;
    const { context } = keyturn.app;
    expect(await checkSigningKeys(context)).toMatchObject({
      state: "ok",
      message: expect.stringMatching(/open/),
    });
    await rotate("at-once");
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: TWO });
    expect(await checkSigningKeys(keyturn.app.context)).toMatchObject({
      ...{ state: "fault", details: { missingKeys: ["one"] } },
      message: expect.stringContaining("keyturn keys rotate --at-once"),
    });
    expect(await ready()).toBe(503);
    // Perhaps it is the command's environment that lacks the key.
    expect((await rotate()).forgotten).toEqual([]);
    await rotate("at-once");
    expect(await checkSigningKeys(keyturn.app.context)).toMatchObject({ state: "ok" });
    keyturn.clock.advance({ seconds: 61 });
    expect(await ready()).toBe(200);
  });

  it("are rotated by the command line, which says from when the new ones sign", async () => {
    // The command reads the machine's clock.
    keyturn.clock.set(Date.now());
    await rotate("at-once");
    const first = await runBeside(keyturn, ["keys", "rotate"]);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(/^A new RS256 key, \S+, signs from \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/m);
    const again = await runBeside(keyturn, ["keys", "rotate"]);
    expect(again.stdout).toMatch(/^The next ES256 key, \S+, is there already, and signs from .*UTC\.$/m);
    const atOnce = await runBeside(keyturn, ["keys", "rotate", "--at-once"]);
    expect(atOnce.stdout).toMatch(/^Forgotten: (\S+, ){3}\S+\.$/m);
    expect(atOnce.stdout).toContain("ID tokens that older keys signed verify no more.");
  });
});
