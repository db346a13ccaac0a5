import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { mutation } from "./stage/client.js";
import { countersOf, failLogins } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator } from "./stage/people.js";

describeOnBoth("settings that change in the same moment", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  let people = 0;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    people += 1;
    ann = await logIn(keyturn, await createPerson(await logInAdministrator(keyturn), `ann-${people}`));
  });

  it("lose none of two fields of a profile that come apart", async () => {
    for (const round of [1, 2, 3, 4, 5, 6]) {
      const [displayName, locale] = [`Ann ${round}`, round % 2 === 0 ? "en" : "ja"];
      await Promise.all([
        ann.client.mutate("updateProfile", { displayName }),
        ann.client.mutate("updateProfile", { locale }),
      ]);
      const { viewer } = await ann.client.query("{ viewer { displayName locale } }");
      expect(viewer).toEqual({ displayName, locale });
    }
  });

  it("leave one pending enrollment of twenty, and no fault", async () => {
    const enrollments = await Promise.all(
      Array.from({ length: 20 }, () =>
        ann.client.mutate("enrollTwoFactor", {}, "... on TwoFactorEnrollment { id }"),
      ),
    );
    expect(new Set(enrollments.map(({ __typename }) => __typename))).toEqual(
      new Set(["TwoFactorEnrollment"]),
    );
    const confirmed = await Promise.all(
      enrollments.map(({ id }) =>
        ann.client.mutate("confirmTwoFactor", { enrollmentId: id, verificationCode: "000000" }),
      ),
    );
    const alive = confirmed.filter(({ __typename }) => __typename === "InvalidVerificationCode");
    expect(alive).toHaveLength(1);
  });

  it("leave no attempt undecided where the session ends while its password is compared", async () => {
    const verify = keyturn.app.context.hasher.verify;
    const slow = vi
      .spyOn(keyturn.app.context.hasher, "verify")
      .mockImplementationOnce(async (hash, password) => {
        await ann.client.mutate("logout", {});
        return await verify(hash, password);
      });
    const { body } = await ann.client.send(mutation("stepUp"), { input: { password: ann.password } });
    slow.mockRestore();
    expect(body.errors[0].extensions.code).toBe("INVALID_CREDENTIALS");
    expect((await countersOf(keyturn, ann.loginName)).undecided).toBe("");
  });

  it("hash no new password for an account that is locked, and record that it was refused", async () => {
    await failLogins(keyturn, ann.loginName, 10);
    const hash = vi.spyOn(keyturn.app.context.hasher, "hash");
    const input = { currentPassword: ann.password, newPassword: "seven-quiet-lanterns" };
    const answer = await ann.client.mutate("changePassword", input);
    expect(answer.__typename).toBe("AccountLocked");
    expect(hash).not.toHaveBeenCalled();
    hash.mockRestore();
    const refused = await keyturn.events("proof.failed");
    expect(
      refused.filter(({ subject, details }) => subject === ann.loginName && details["at"] === "LOCK"),
    ).toHaveLength(1);
  });

  it("take no password of half characters, which has no other to be told from", async () => {
    const half = {
      currentPassword: ann.password,
      newPassword: "\ud800\ud801\ud802\ud803\ud804\ud805\ud806\ud807",
    };
    expect(await ann.client.refusal("changePassword", half)).toBe("BAD_USER_INPUT");
    const login = { loginName: ann.loginName, password: "\udc00" };
    expect(await keyturn.anyone.refusal("login", login)).toBe("BAD_USER_INPUT");
  });
});
