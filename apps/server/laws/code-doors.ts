import type { Client } from "../journeys/stage/client.js";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import { addAuthenticator, enroll, type Newcomers, type ProtectedPerson } from "../journeys/stage/people.js";
import { challengeOf } from "../journeys/stage/proofs.js";
import { CHOSEN, mutationDoor, type SecretDoor } from "./secret-door.js";

/** Every proof of the second factor, by either kind of code. */
export async function codeDoors(keyturn: Keyturn, people: Newcomers): Promise<SecretDoor[]> {
  const doors: SecretDoor[] = [];
  for (const name of ["login", "completeLogin", "stepUp", "changePassword", ...WITHIN])
    for (const kind of ["verificationCode", "recoveryCode"] as const) {
      const person = await people.newProtected();
      const { client, more } = await beforeCode(keyturn, name, person);
      doors.push(
        mutationDoor(client, `${name}.input.proof.${kind}`, {
          input: (text) => ({ ...more, proof: { [kind]: text } }),
          right: () => (kind === "verificationCode" ? person.app.code() : (person.recoveryCodes[0] ?? "")),
        }),
      );
    }
  const newcomer = await people.newLoggedIn();
  const enrolled = await enroll(keyturn, newcomer);
  const confirm = mutationDoor(newcomer.client, "confirmTwoFactor.input.verificationCode", {
    input: (verificationCode) => ({ enrollmentId: enrolled.id, verificationCode }),
    right: () => enrolled.app.code(),
  });
  return [...doors, confirm];
}

const WITHIN = ["disableTwoFactor", "regenerateRecoveryCodes", "removeAuthenticator"];

/** What a mutation asks for beside the code. */
async function beforeCode(
  keyturn: Keyturn,
  name: string,
  person: ProtectedPerson,
): Promise<{ client: Client; more: object }> {
  const { loginName, password, client } = person;
  switch (name) {
    case "login":
      return { client: keyturn.anyone, more: { loginName, password } };
    case "completeLogin":
      return { client: keyturn.anyone, more: { challenge: await challengeOf(keyturn, person) } };
    case "stepUp":
      return { client, more: { password } };
    case "changePassword":
      return { client, more: { currentPassword: password, newPassword: CHOSEN } };
    case "removeAuthenticator": {
      const added = await addAuthenticator(keyturn, person, "Tablet");
      return { client: added.person.client, more: { id: added.id } };
    }
    default:
      return { client, more: {} };
  }
}
