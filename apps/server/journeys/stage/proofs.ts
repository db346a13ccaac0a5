import type { Keyturn } from "./keyturn.js";
import {
  addAuthenticator,
  CHALLENGE,
  LOGGED_IN,
  type LoggedInPerson,
  logInAdministrator,
  logInWithCode,
  type ProtectedPerson,
  turnTwoFactorOn,
  withSession,
} from "./people.js";

/** One proof of the second factor, as a mutation takes it. */
export type Proof = { readonly verificationCode: string } | { readonly recoveryCode: string };

/** What came of a proof: the answer, and the person as they go on. */
export interface Proved {
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of the question
  readonly answer: any;
  readonly person: ProtectedPerson;
}

/** A mutation that a proof of the second factor opens. */
export interface Way {
  readonly name: string;
  /** The `__typename` of its success. */
  readonly success: string;
  readonly prove: (keyturn: Keyturn, person: ProtectedPerson, proof: Proof) => Promise<Proved>;
}

/** Every mutation that a proof of the second factor opens. */
export const WAYS: readonly Way[] = [
  { name: "login", success: "LoggedIn", prove: logInAtOnce },
  { name: "completeLogin", success: "LoggedIn", prove: completeLogin },
  { name: "stepUp", success: "SteppedUp", prove: stepUp },
  { name: "changePassword", success: "PasswordChanged", prove: changePassword },
  { name: "regenerateRecoveryCodes", success: "RecoveryCodesRegenerated", prove: regenerate },
  { name: "removeAuthenticator", success: "AuthenticatorRemoved", prove: removeFurther },
  { name: "disableTwoFactor", success: "TwoFactorDisabled", prove: disable },
];

/** Logs in by login name and password, and returns the challenge for the second factor. */
export async function challengeOf(
  { anyone }: Pick<Keyturn, "anyone">,
  { loginName, password }: Pick<ProtectedPerson, "loginName" | "password">,
  more: object = {},
): Promise<string> {
  const answer = await anyone.mutate("login", { loginName, password, ...more }, CHALLENGE);
  if (answer.__typename !== "TwoFactorChallenge") throw new Error(JSON.stringify(answer));
  return answer.challenge;
}

/** Logs in by login name, password and proof in one request. */
export async function logInAtOnce(keyturn: Keyturn, person: ProtectedPerson, proof: Proof): Promise<Proved> {
  const { loginName, password } = person;
  const answer = await keyturn.anyone.mutate("login", { loginName, password, proof }, LOGGED_IN);
  return goOn(keyturn, person, answer);
}

/** Logs in by login name and password, and then by the proof. */
export async function completeLogin(
  keyturn: Keyturn,
  person: ProtectedPerson,
  proof: Proof,
): Promise<Proved> {
  const challenge = await challengeOf(keyturn, person);
  const answer = await keyturn.anyone.mutate("completeLogin", { challenge, proof }, LOGGED_IN);
  return goOn(keyturn, person, answer);
}

/** Proves password and second factor again within the session. */
export async function stepUp(keyturn: Keyturn, person: ProtectedPerson, proof: Proof): Promise<Proved> {
  const { client, password } = person;
  const selection = "... on SteppedUp { sessionToken session { id assurance methods } }";
  return goOn(keyturn, person, await client.mutate("stepUp", { password, proof }, selection));
}

async function changePassword(keyturn: Keyturn, person: ProtectedPerson, proof: Proof): Promise<Proved> {
  const input = { currentPassword: person.password, newPassword: "violet-anchor-thistle-3", proof };
  const selection = "... on PasswordChanged { sessionToken sessionsRevoked }";
  const answer = await person.client.mutate("changePassword", input, selection);
  const password = answer.__typename === "PasswordChanged" ? input.newPassword : person.password;
  return goOn(keyturn, { ...person, password }, answer);
}

async function regenerate(_keyturn: Keyturn, person: ProtectedPerson, proof: Proof): Promise<Proved> {
  const selection = "... on RecoveryCodesRegenerated { recoveryCodes }";
  const answer = await person.client.mutate("regenerateRecoveryCodes", { proof }, selection);
  return { answer, person: { ...person, recoveryCodes: answer.recoveryCodes ?? person.recoveryCodes } };
}

/** Removes a further authenticator; adds it first where there is none. */
async function removeFurther(keyturn: Keyturn, person: ProtectedPerson, proof: Proof): Promise<Proved> {
  const { viewer } = await person.client.query("{ viewer { twoFactor { authenticators { id name } } } }");
  const further = viewer.twoFactor.authenticators.find((each: { name: string }) => each.name === "Tablet");
  const added = further === undefined ? await addAuthenticator(keyturn, person, "Tablet") : null;
  const after = added?.person ?? person;
  const input = { id: added?.id ?? further.id, proof };
  return { answer: await after.client.mutate("removeAuthenticator", input), person: after };
}

async function disable(_keyturn: Keyturn, person: ProtectedPerson, proof: Proof): Promise<Proved> {
  const selection = "... on TwoFactorDisabled { sessionsRevoked account { twoFactor { state } } }";
  return { answer: await person.client.mutate("disableTwoFactor", { proof }, selection), person };
}

function goOn(
  keyturn: Keyturn,
  person: ProtectedPerson,
  answer: { readonly sessionToken?: string | null },
): Proved {
  const token = answer.sessionToken ?? person.token;
  return { answer, person: withSession(keyturn, person, token) };
}

/** Changes the security policy by an administrator who is logged in; a conflict fails the test. */
export async function setPolicy({ client }: Pick<LoggedInPerson, "client">, change: object): Promise<void> {
  const answer = await client.mutate("updateSecurityPolicy", change);
  if (answer.__typename !== "SecurityPolicyUpdated") throw new Error(JSON.stringify(answer));
}

/** Does something under another security policy; the administrator logs in anew for each change, however late it is. */
export async function underPolicy(
  { keyturn, administrator }: { readonly keyturn: Keyturn; readonly administrator: ProtectedPerson },
  change: object,
  work: () => Promise<void>,
): Promise<void> {
  const { client } = await logInWithCode(keyturn, administrator);
  const { securityPolicy } = await client.query(`{ securityPolicy { ${Object.keys(change).join(" ")} } }`);
  await setPolicy({ client }, change);
  try {
    await work();
  } finally {
    await setPolicy(await logInWithCode(keyturn, administrator), securityPolicy);
  }
}

/** Turns two-factor on for the first administrator, who can then require it of everyone. */
export async function protectAdministrator(keyturn: Keyturn): Promise<ProtectedPerson> {
  return await turnTwoFactorOn(keyturn, await logInAdministrator(keyturn));
}
