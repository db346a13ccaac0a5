import type { OAuthClients } from "../journeys/stage/oauth-clients.js";
import { newcomers } from "../journeys/stage/people.js";
import { bearerDoors, clientDoors, linkDoors } from "./bearer-doors.js";
import { codeDoors } from "./code-doors.js";
import { passwordDoors, shutDoors } from "./password-doors.js";
import type { SecretDoor } from "./secret-door.js";

/** Opens a door for every secret, each before an account of its own. */
export async function openDoors(stage: OAuthClients): Promise<SecretDoor[]> {
  const people = newcomers(() => stage);
  const doors = [
    ...(await passwordDoors(stage, people)),
    ...(await shutDoors(stage, people)),
    ...(await codeDoors(stage.keyturn, people)),
    ...(await linkDoors(stage.keyturn, people)),
    ...(await bearerDoors(stage, people)),
    ...(await clientDoors(stage)),
  ];
  // The codes that set everything up are used: the next ones are not.
  stage.keyturn.clock.advance({ seconds: 30 });
  return doors;
}
