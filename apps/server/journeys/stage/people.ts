import { Secret, TOTP } from "otpauth";
import { basic, bearer, type Client } from "./client.js";
import { ADMINISTRATOR, type Keyturn } from "./keyturn.js";

/** An account that a test acts with. */
export interface Person {
  readonly id: string;
  readonly loginName: string;
  readonly password: string;
}

/** A person who is logged in. */
export interface LoggedInPerson extends Person {
  readonly client: Client;
  readonly token: string;
}

/** An authenticator app, of another make than the server's calculator. */
export interface AuthenticatorApp {
  readonly secret: string;
  /** The code that it shows now; `steps` ahead or behind. */
  code(steps?: number): string;
}

export const LOGGED_IN =
  "... on LoggedIn { sessionToken recoveryCodes recoveryCodesRemaining session { id assurance methods current } account { id loginName } }";
export const CHALLENGE = "... on TwoFactorChallenge { challenge methods expiresAt }";
const ENROLLMENT_REQUIRED =
  "... on TwoFactorEnrollmentRequired { challenge expiresAt enrollment { id otpauthUri manualKey expiresAt } }";
export const LOGIN = `${LOGGED_IN} ${CHALLENGE} ${ENROLLMENT_REQUIRED} ... on AccountLocked { lockedUntil }`;

/** Reads the authenticator app's key out of the address that the server gave. */
export function authenticatorApp({ clock }: Pick<Keyturn, "clock">, otpauthUri: string): AuthenticatorApp {
  const secret = new URL(otpauthUri).searchParams.get("secret") ?? "";
  const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period: 30 });
  return { secret, code: (steps = 0) => totp.generate({ timestamp: clock.now() + steps * 30_000 }) };
}

/** Logs in by login name and password alone. */
export async function logIn(keyturn: Keyturn, person: Omit<Person, "id">): Promise<LoggedInPerson> {
  const input = { loginName: person.loginName, password: person.password };
  const answer = await keyturn.anyone.mutate("login", input, LOGIN);
  if (answer.__typename !== "LoggedIn") throw new Error(`not logged in: ${JSON.stringify(answer)}`);
  return {
    ...person,
    id: answer.account.id,
    token: answer.sessionToken,
    client: withToken(keyturn, answer.sessionToken),
  };
}

/** The code that an app shows next: the clock is moved by one step first, so that none is used twice. */
export function nextCode({ clock }: Pick<Keyturn, "clock">, { app }: Pick<ProtectedPerson, "app">): string {
  clock.advance({ seconds: 30 });
  return app.code();
}

/** Logs in by login name, password and the next code. */
export async function logInWithCode<Someone extends Omit<Person, "id"> & Pick<ProtectedPerson, "app">>(
  keyturn: Keyturn,
  person: Someone,
): Promise<Someone & LoggedInPerson> {
  const proof = { verificationCode: nextCode(keyturn, person) };
  const input = { loginName: person.loginName, password: person.password, proof };
  const answer = await keyturn.anyone.mutate("login", input, LOGIN);
  if (answer.__typename !== "LoggedIn") throw new Error(`not logged in: ${JSON.stringify(answer)}`);
  return withSession(keyturn, { ...person, id: answer.account.id }, answer.sessionToken);
}

/** A client that sends a token as a bearer. */
export function withToken({ anyone }: Pick<Keyturn, "anyone">, token: string): Client {
  return anyone.with(bearer(token));
}

/** A client that sends a login name and a password with each request. */
export function withPassword(
  { anyone }: Pick<Keyturn, "anyone">,
  { loginName, password }: Omit<Person, "id">,
): Client {
  return anyone.with(basic(loginName, password));
}

/** Logs the first administrator in. */
export function logInAdministrator(keyturn: Keyturn): Promise<LoggedInPerson> {
  return logIn(keyturn, ADMINISTRATOR);
}

/** Makes an account by an administrator; a mail address is made of its login name. */
export async function createPerson(
  administrator: LoggedInPerson,
  loginName: string,
  more: Record<string, unknown> = {},
): Promise<Person> {
  const password = more["kind"] === "SERVICE" ? undefined : "quiet-harbor-lantern-7";
  const input = {
    loginName,
    displayName: loginName.toUpperCase(),
    emailAddress: `${loginName}@example.com`,
    password,
    ...more,
  };
  const answer = await administrator.client.mutate(
    "createAccount",
    input,
    "... on AccountCreated { account { id } }",
  );
  if (answer.__typename !== "AccountCreated") throw new Error(JSON.stringify(answer));
  return { id: answer.account.id, loginName, password: password ?? "" };
}

/** A person with two-factor on. */
export interface ProtectedPerson extends LoggedInPerson {
  readonly app: AuthenticatorApp;
  readonly recoveryCodes: string[];
}

const CONFIRMED =
  "... on TwoFactorConfirmed { sessionToken recoveryCodes sessionsRevoked authenticator { id name } account { id twoFactor { state } } }";

/** Enrolls an authenticator within a session and returns what the server gave. */
export async function enroll(
  keyturn: Keyturn,
  person: LoggedInPerson,
  name?: string,
): Promise<{ id: string; app: AuthenticatorApp }> {
  const answer = await person.client.mutate(
    "enrollTwoFactor",
    { name },
    "... on TwoFactorEnrollment { id otpauthUri }",
  );
  if (answer.__typename !== "TwoFactorEnrollment") throw new Error(JSON.stringify(answer));
  return { id: answer.id, app: authenticatorApp(keyturn, answer.otpauthUri) };
}

/** Turns two-factor on for a person who is logged in; their session goes on under its new token. */
export async function turnTwoFactorOn(keyturn: Keyturn, person: LoggedInPerson): Promise<ProtectedPerson> {
  const { app, answer, after } = await confirmNew(keyturn, person);
  return { ...after, app, recoveryCodes: answer.recoveryCodes };
}

/** An authenticator beside the first one. */
export interface FurtherAuthenticator {
  readonly id: string;
  readonly app: AuthenticatorApp;
  /** Whose it is: their session goes on under its new token. */
  readonly person: ProtectedPerson;
}

/** Adds a further authenticator to a person with two-factor on, within their session. */
export async function addAuthenticator(
  keyturn: Keyturn,
  person: ProtectedPerson,
  name?: string,
): Promise<FurtherAuthenticator> {
  const { app, answer, after } = await confirmNew(keyturn, person, name);
  return { id: answer.authenticator.id, app, person: { ...person, ...after } };
}

async function confirmNew(keyturn: Keyturn, person: LoggedInPerson, name?: string) {
  const { id, app } = await enroll(keyturn, person, name);
  const input = { enrollmentId: id, verificationCode: app.code() };
  const answer = await person.client.mutate("confirmTwoFactor", input, CONFIRMED);
  if (answer.__typename !== "TwoFactorConfirmed") throw new Error(JSON.stringify(answer));
  return { app, answer, after: withSession(keyturn, person, answer.sessionToken) };
}

/** The same person under another session, or another token of theirs. */
export function withSession<Someone extends Person>(
  keyturn: Keyturn,
  person: Someone,
  token: string,
): Someone & LoggedInPerson {
  return { ...person, token, client: withToken(keyturn, token) };
}

/** Makes a person, logs them in and turns two-factor on. */
export async function createProtectedPerson(
  keyturn: Keyturn,
  administrator: LoggedInPerson,
  loginName: string,
): Promise<ProtectedPerson> {
  const person = await createPerson(administrator, loginName);
  return await turnTwoFactorOn(keyturn, await logIn(keyturn, person));
}

/** What newcomers are made by. */
export interface Host {
  readonly keyturn: Keyturn;
  /** As they are logged in now. */
  readonly administrator: LoggedInPerson;
}

/** Makes people, each under a name of their own. */
export interface Newcomers {
  readonly newPerson: (more?: Record<string, unknown>) => Promise<Person>;
  readonly newLoggedIn: (more?: Record<string, unknown>) => Promise<LoggedInPerson>;
  readonly newProtected: () => Promise<ProtectedPerson>;
}

/** People of whom a test needs nothing but their kind; who makes them is asked for each time anew. */
export function newcomers(host: () => Host): Newcomers {
  let count = 0;
  const newName = (): string => {
    count += 1;
    return `person-${count}`;
  };
  const newPerson: Newcomers["newPerson"] = (more) => createPerson(host().administrator, newName(), more);
  return {
    newPerson,
    newLoggedIn: async (more) => logIn(host().keyturn, await newPerson(more)),
    newProtected: () => createProtectedPerson(host().keyturn, host().administrator, newName()),
  };
}
