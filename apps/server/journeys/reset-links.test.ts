import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logInAdministrator } from "./stage/people.js";

describeOnBoth("links that are mailed to set a password", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it("go to each account's own address, also where two addresses differ in case alone", async () => {
    await createPerson(administrator, "mallory", { emailAddress: "Mike@example.com" });
    await createPerson(administrator, "mike", { emailAddress: "mike@example.com" });
    await keyturn.anyone.mutate("requestPasswordReset", { emailAddress: "mike@example.com" });
    const toMike = await keyturn.mailbox.next(({ to }) => to === "mike@example.com");
    const toMallory = await keyturn.mailbox.next(({ to }) => to === "Mike@example.com");
    expect(toMike.text).toContain("mike: ");
    expect(toMike.text).not.toContain("mallory: ");
    expect(toMallory.text).not.toContain("mike: ");
  });

  it("end no invitation when anyone asks for a reset", async () => {
    const input = { loginName: "nora", displayName: "Nora", emailAddress: "nora@example.com" };
    await administrator.client.mutate("createAccount", input);
    const invitation = await keyturn.mailbox.next(({ to }) => to === "nora@example.com");
    await keyturn.anyone.mutate("requestPasswordReset", { loginName: "nora" });
    await keyturn.mailbox.next(({ to }) => to === "nora@example.com");
    const [, token] = /reset-password\/(\S+)/.exec(invitation.text) ?? [];
    const set = { token, newPassword: "seven-quiet-lanterns" };
    expect((await keyturn.anyone.mutate("resetPassword", set)).__typename).toBe("PasswordReset");
  });
});
