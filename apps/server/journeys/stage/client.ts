/** What came back, with nothing hidden. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Each test knows what it asked for.
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of the question
  readonly body: any;
}

/** A client of one server that sends the same credential with each request. */
export interface Client {
  /** Sends a document as it is. */
  send(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a query and returns its data; errors fail the test. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of the question
  query(query: string, variables?: object): Promise<any>;
  /** Sends one mutation and returns its result with `__typename`, and what failed; top-level errors fail the test. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of the question
  mutate(name: string, input: object, selection?: string): Promise<any>;
  /** Sends one mutation and returns the code of its top-level error; the test fails where there is none. */
  refusal(name: string, input: object): Promise<string>;
  /** The same client with headers of its own. */
  with(headers: Record<string, string>): Client;
}

/** Makes a client that sends no credential. */
export function createClient(address: string, headers: Record<string, string> = {}): Client {
  const send: Client["send"] = async (query, variables = {}, more = {}) => {
    const response = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers, ...more },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  };
  const query: Client["query"] = async (text, variables) => dataOf(await send(text, variables));
  const mutate: Client["mutate"] = async (name, input, selection) =>
    dataOf(await send(mutation(name, selection), { input }))[name];
  const refusal: Client["refusal"] = async (name, input) => {
    const { body, text } = await send(mutation(name), { input });
    const code = body.errors?.[0]?.extensions?.code;
    if (typeof code !== "string") throw new Error(`no refusal: ${text}`);
    return code;
  };
  return { send, query, mutate, refusal, with: (more) => createClient(address, { ...headers, ...more }) };
}

/** The header of HTTP Basic. */
export function basic(loginName: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${loginName}:${password}`).toString("base64")}` };
}

/** The header of a bearer. */
export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** The document of one mutation; every failure comes with its code and message. */
export function mutation(name: string, selection = ""): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const failures = "... on UserError { code message path }";
  return ["logout", "revokeOtherSessions"].includes(name)
    ? `mutation { ${name} { __typename ${selection} } }`
    : `mutation($input: ${type}!) { ${name}(input: $input) { __typename ${hasFailures(name) ? failures : ""} ${selection} } }`;
}

const NEVER_FAIL = [
  ...["revokeSession", "renameAuthenticator", "updateProfile", "changeEmailAddress", "requestPasswordReset"],
  ...["revokeApiToken", "unlockAccount", "reinstateAccount", "changeAccountEmailAddress"],
  ...["revokeAccountSessions", "revokeAuthorizedApplication", "rotateOAuthClientSecret", "deleteOAuthClient"],
];

function hasFailures(name: string): boolean {
  return !NEVER_FAIL.includes(name);
}

function dataOf({ body, text }: Answer): Record<string, unknown> {
  if (body.errors !== undefined) throw new Error(`refused: ${text}`);
  return body.data;
}
