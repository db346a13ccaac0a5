import { basic } from "../journeys/stage/client.js";
import { openFormBrowser } from "../journeys/stage/forms.js";
import { mayPass } from "../journeys/stage/forward-auth.js";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import type { OAuthClients } from "../journeys/stage/oauth-clients.js";
import type { Newcomers, Person } from "../journeys/stage/people.js";
import { CHOSEN, codeOf, mutationDoor, type SecretDoor, type Verdict, verdictOf } from "./secret-door.js";

/** Logins, proofs within a session, and requests by a password. */
export async function passwordDoors({ keyturn }: OAuthClients, people: Newcomers): Promise<SecretDoor[]> {
  const [ann, bob, cid, dan] = [
    await people.newPerson(),
    await people.newProtected(),
    await people.newProtected(),
    await people.newPerson(),
  ];
  const withCode = mutationDoor(keyturn.anyone, "login.input.password", {
    input: (password) => ({ loginName: bob.loginName, password, proof: codeOf(bob) }),
    right: () => bob.password,
  });
  const changes = await people.newProtected();
  return [
    mutationDoor(keyturn.anyone, "login.input.password", {
      input: (password) => ({ loginName: ann.loginName, password }),
      right: () => ann.password,
    }),
    { ...withCode, title: "the password of a login with a code" },
    mutationDoor(cid.client, "stepUp.input.password", {
      input: (password) => ({ password, proof: codeOf(cid) }),
      right: () => cid.password,
    }),
    mutationDoor(changes.client, "changePassword.input.currentPassword", {
      input: (currentPassword) => ({ currentPassword, newPassword: CHOSEN, proof: codeOf(changes) }),
      right: () => changes.password,
    }),
    ...headerDoors(keyturn, dan),
    await formDoor(keyturn, await people.newPerson()),
  ];
}

/** Logins that no text opens. */
export async function shutDoors(
  { keyturn, administrator }: OAuthClients,
  people: Newcomers,
): Promise<SecretDoor[]> {
  const suspended = await people.newPerson();
  await administrator.client.mutate("suspendAccount", { accountId: suspended.id, reason: "a test" });
  const names = {
    nobody: "nobody",
    "a program": (await people.newPerson({ kind: "SERVICE" })).loginName,
    "somebody without a password": (await people.newPerson({ password: undefined })).loginName,
    "somebody suspended": suspended.loginName,
  };
  return Object.entries(names).map(([who, loginName]) => {
    const input = (password: string): object => ({ loginName, password });
    const door = mutationDoor(keyturn.anyone, "login.input.password", { input, right: null });
    return { ...door, title: `the password of a login of ${who}` };
  });
}

function headerDoors(keyturn: Keyturn, { loginName, password }: Person): SecretDoor[] {
  const cybozu = (typed: string): Record<string, string> => {
    const { authorization = "" } = basic(loginName, typed);
    return { "x-cybozu-authorization": authorization.replace("Basic ", "") };
  };
  const graphql = async (headers: Record<string, string>): Promise<Verdict> =>
    verdictOf(await keyturn.anyone.send("{ viewer { id } }", {}, headers));
  const right = (): string => password;
  return [
    { title: "HTTP Basic", right, type: (typed) => graphql(basic(loginName, typed)) },
    { title: "X-Cybozu-Authorization", right, type: (typed) => graphql(cybozu(typed)) },
    {
      title: "HTTP Basic at forward authentication",
      right,
      type: async (typed) => verdictOf(await mayPass(keyturn, { headers: basic(loginName, typed) })),
    },
  ];
}

async function formDoor(keyturn: Keyturn, { loginName, password }: Person): Promise<SecretDoor> {
  const browser = openFormBrowser(keyturn);
  let page = await browser.get("/login");
  return {
    title: "the password in the form of the login",
    right: () => password,
    type: async (typed) => {
      // What is refused as no password at all is answered without the form.
      if (page.input("password") === null) await browser.get("/login");
      page = await browser.submit({ loginName, password: typed });
      const { status, headers, html: text } = page;
      return verdictOf({ status, headers, text, body: {} });
    },
  };
}
