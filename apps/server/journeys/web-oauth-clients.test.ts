import { createHash, randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { postForm } from "./stage/oauth-application.js";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import { createPerson, type LoggedInPerson, logInAdministrator } from "./stage/people.js";
import { choose, dialogOf, field, follow, press, regionOf, says, titled } from "./stage/steps.js";
import { arrive, ORIGIN, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const CALLBACK = "http://localhost:9/callback";
const FIELDS = "id name type enabled redirectUris scopes access grantTypes serviceAccount { loginName }";

describe("OAuth clients in a browser", () => {
  let web: Web;
  let administrator: LoggedInPerson;

  const shownOnce = (page: Page) => regionOf(page, "It is not shown again");
  const clients = async () =>
    (await administrator.client.query(`{ oauthClients { nodes { ${FIELDS} } } }`)).oauthClients.nodes;
  const register = async (name: string, more: object = {}): Promise<{ id: string; secret: string }> => {
    const input = { name, redirectUris: [CALLBACK], scopes: ["openid"], ...more };
    const selection = "... on OAuthClientCreated { clientSecret client { id } }";
    const answer = await administrator.client.mutate("createOAuthClient", input, selection);
    return { id: answer.client.id, secret: answer.clientSecret };
  };
  /** Whether a secret is the client's: a code that is none is refused only after it was found right. */
  const isSecret = async (id: string, secret: string): Promise<boolean> => {
    const form = {
      grant_type: "authorization_code",
      code: "none",
      redirect_uri: CALLBACK,
      code_verifier: "v",
    };
    const response = await postForm(web.keyturn, { id, secret }, ["/oauth2/token", form]);
    return response.status !== 401;
  };

  beforeAll(async () => {
    web = await startWeb({ KEYTURN_SCOPES: "orders:read=Read your orders" });
    administrator = await logInAdministrator(web.keyturn);
    await createPerson(administrator, "ann");
    await createPerson(administrator, "robot", { kind: "SERVICE" });
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("registers one, shows its secret once, and it works for an authorization", async () => {
    const page = await web.open("/admin/clients", { as: administrator });
    await says(page, "No client is registered yet.");
    await says(page, `${ORIGIN}/.well-known/openid-configuration`);
    for (const name of ["Issuer", "Discovery address", "Authorization endpoint", "Token endpoint"])
      expect(await isInLine(page, name)).toBe(true);
    await expectNoBarriers(page);
    await follow(page, "Register a client");
    await field(page, "Name").fill("Shop & Sons");
    await field(page, "Redirect URIs").fill(`  ${CALLBACK}\n\nhttps://shop.example.com/back`);
    await page.getByText("orders:read").click();
    await page.getByRole("button", { name: "Register a client" }).dblclick();
    await titled(page, "The client is registered");
    await expectNoBarriers(page);
    const [client, ...others] = await clients();
    expect(others).toEqual([]);
    expect(client).toMatchObject({
      ...{ name: "Shop & Sons", type: "CONFIDENTIAL", scopes: ["openid", "profile", "orders:read"] },
      redirectUris: [CALLBACK, "https://shop.example.com/back"],
    });
    const secret = (await shownOnce(page).locator("code").textContent()) ?? "";
    const token = await authorize(page, { id: client.id, secret });
    expect(token).toMatchObject({ token_type: "Bearer", scope: "openid orders:read" });
  });

  /** Sends the person to the server as the application would, lets them allow it, and redeems the code. */
  const authorize = async (page: Page, { id, secret }: { id: string; secret: string }) => {
    const verifier = randomBytes(32).toString("base64url");
    const asked = new URLSearchParams({
      ...{ response_type: "code", client_id: id, redirect_uri: CALLBACK, scope: "openid orders:read" },
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    await page.route(`${CALLBACK}*`, (route) => route.fulfill({ body: "back" }));
    await page.goto(`${ORIGIN}/oauth2/authorize?${asked}`);
    await press(page, "Allow");
    await page.waitForURL(`${CALLBACK}*`);
    const code = new URL(page.url()).searchParams.get("code") ?? "";
    const form = { grant_type: "authorization_code", code, redirect_uri: CALLBACK, code_verifier: verifier };
    return await (await postForm(web.keyturn, { id, secret }, ["/oauth2/token", form])).json();
  };

  it("says at its field what is wrong, and loses nothing that was typed", async () => {
    const page = await web.open("/admin/clients/new", { as: administrator, viewport: TELEPHONE });
    await page.getByRole("link", { name: "Back to the clients" }).waitFor();
    await page.getByText("Every account.", { exact: true }).waitFor();
    const submit = () => press(page, "Register a client");
    await submit();
    await says(page, "Fill in this field.");
    await says(page, "Enter at least one address");
    expect(await focused(page)).toBe("Name");
    await field(page, "Name").fill("Plain");
    const uris = field(page, "Redirect URIs");
    await submit();
    await expect.poll(() => page.getByText("Fill in this field.").count()).toBe(0);
    expect(await focused(page)).toBe("Redirect URIs");
    await uris.fill("http://shop.example.com/callback");
    await submit();
    await says(page, "expected https; http is for localhost");
    expect(await uris.getAttribute("aria-invalid")).toBe("true");
    expect(await uris.inputValue()).toBe("http://shop.example.com/callback");
    await expectNoBarriers(page);
    expect(await field(page, "Name").inputValue()).toBe("Plain");
    await expectNoScrolling(page);
  });

  it("registers a public one without a secret, which cannot act for itself", async () => {
    const page = await web.open("/admin/clients/new", { as: administrator });
    await page.getByText("Acts for itself, without a person").click();
    await choose(page, "Public");
    expect(await page.getByText("Acts for itself, without a person").count()).toBe(0);
    await field(page, "Name").fill("Phone");
    await field(page, "Redirect URIs").fill(CALLBACK);
    await press(page, "Register a client");
    await says(page, "A public client has no secret.");
    const phone = (await clients()).find(({ name }: { name: string }) => name === "Phone");
    expect(phone).toMatchObject({ type: "PUBLIC", grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"] });
  });

  it("changes one: a list with an account that a search finds, and a service account", async () => {
    const { id } = await register("Machine");
    const page = await web.open(`/admin/clients/${id}`, { as: administrator });
    await choose(page, "Only the accounts on its list");
    await says(page, "Nobody is on the list: nobody can use the client.");
    await field(page, "Find an account to add").fill("ann");
    await press(page, "Add ANN (ann)");
    expect(await focused(page)).toBe("Find an account to add");
    await page.getByText("Acts for itself, without a person").click();
    await field(page, "Find a service account").fill("o");
    await says(page, "1 account matches.");
    await press(page, "Choose ROBOT (robot)");
    await expectNoBarriers(page);
    await press(page, "Save");
    await says(page, "The client is saved.");
    const text = `{ oauthClients { nodes { ${FIELDS} allowedAccounts { nodes { loginName } } } } }`;
    const { oauthClients } = await administrator.client.query(text);
    expect(oauthClients.nodes.find((each: { id: string }) => each.id === id)).toMatchObject({
      ...{ access: "LISTED", serviceAccount: { loginName: "robot" } },
      allowedAccounts: { nodes: [{ loginName: "ann" }] },
    });
    await page.reload();
    await page.getByRole("button", { name: "Take off ANN (ann)" }).waitFor();
    await says(page, "Every account. The list that it has is forgotten.");
    await press(page, "Save");
    await says(page, "Nothing is changed yet.");
    await press(page, "Take off ANN (ann)");
    await expect.poll(() => focused(page)).toBe("Find an account to add");
  });

  it("makes a new secret, after which the old one is dead", async () => {
    const { id, secret } = await register("Rotating");
    expect(await isSecret(id, secret)).toBe(true);
    const page = await web.open(`/admin/clients/${id}`, { as: administrator, viewport: TELEPHONE });
    await press(page, "New secret");
    const dialog = dialogOf(page, "Make a new secret for Rotating?");
    await says(dialog, "The old secret stops working at once");
    await press(dialog, "New secret");
    await shownOnce(page).getByRole("button", { name: "Copy: Secret" }).waitFor();
    for (const part of ["authorize", "openid-configuration"]) expect(await linesOf(page, part)).toBe(1);
    const renewed = (await shownOnce(page).locator("code").textContent()) ?? "";
    expect([await isSecret(id, secret), await isSecret(id, renewed)]).toEqual([false, true]);
    await page.reload();
    await titled(page, "Rotating");
    expect(await page.getByText(renewed).count()).toBe(0);
  });

  it("disables, enables and deletes one, each after a question, in Japanese", async () => {
    await administrator.client.mutate("updateProfile", { locale: "ja" });
    const { id } = await register("受注");
    const enabled = async () => (await clients()).find((each: { id: string }) => each.id === id)?.enabled;
    const page = await web.open(`/admin/clients/${id}`, { as: administrator });
    await press(page, "無効にする");
    await press(dialogOf(page), "無効にする");
    await says(page, "クライアントを無効にしました。");
    expect(await enabled()).toBe(false);
    await press(page, "有効にする");
    await press(dialogOf(page), "有効にする");
    await says(page, "クライアントを有効にしました。");
    expect(await enabled()).toBe(true);
    await press(page, "削除");
    const dialog = dialogOf(page, "受注を削除しますか?");
    await says(dialog, "元に戻すことはできません");
    await expectNoBarriers(page);
    await press(dialog, "削除");
    await arrive(page, "/admin/clients");
    expect(await enabled()).toBeUndefined();
    await page.goto(`${ORIGIN}/admin/clients/${id}`);
    await says(page, "このクライアントはありません。");
    await administrator.client.mutate("updateProfile", { locale: "en" });
  });

  it("shows them page by page, and finds one by a part of its name", async () => {
    await Promise.all(Array.from({ length: 51 }, (_, index) => register(`Client ${index}`)));
    await register("Needle & Sons");
    const total = (await administrator.client.query("{ oauthClients { totalCount } }")).oauthClients
      .totalCount;
    const page = await web.open("/admin/clients", { as: administrator });
    await page.getByText(`Clients 1–50 of ${total}`).first().waitFor();
    await press(page, "Next");
    await page.getByText(`Clients 51–${total} of ${total}`).first().waitFor();
    await page.getByRole("searchbox", { name: "Search" }).fill("needle");
    await press(page, "Find");
    await page.getByText("Clients 1–1 of 1").first().waitFor();
    await expectNoBarriers(page);
    await follow(page, "Needle & Sons");
    await titled(page, "Needle & Sons");
  });
});

/** Whether a name and what it is stand in one line, with a button that says what it copies. */
async function isInLine(page: Page, name: string): Promise<boolean> {
  const fact = page.getByRole("term").filter({ hasText: name }).locator("..");
  const places = [fact.getByRole("term"), fact.getByRole("code"), fact.getByRole("button")];
  await fact.getByRole("button", { name: `Copy: ${name}` }).waitFor();
  const middles = await Promise.all(
    places.map(async (place) => {
      const { y, height } = (await place.boundingBox()) ?? { y: 0, height: 0 };
      return y + height / 2;
    }),
  );
  return Math.max(...middles) - Math.min(...middles) < 4;
}

/** Over how many lines a part of an address goes. */
async function linesOf(page: Page, part: string): Promise<number> {
  const address = page.getByRole("code").filter({ hasText: part });
  return await address.evaluate((element, text) => {
    const walker = element.ownerDocument.createTreeWalker(element, 4);
    const range = element.ownerDocument.createRange();
    while (walker.nextNode())
      if (walker.currentNode.textContent?.includes(text) === true)
        range.selectNodeContents(walker.currentNode);
    return range.getClientRects().length;
  }, part);
}
