import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it } from "vitest";
import { startKeyturn } from "./stage/keyturn.js";

function open(address: string): Promise<Socket> {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  return once(socket, "connect").then(() => socket);
}

it("neither a connection that is kept alive nor one that never said a word holds the stop up", async () => {
  const keyturn = await startKeyturn("sqlite");
  const kept = await open(keyturn.address);
  kept.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(kept, "data");
  const silent = await open(keyturn.address);
  // By the time a later connection was answered, the server has taken the silent one.
  expect((await fetch(`${keyturn.address}/livez`)).status).toBe(200);
  const began = performance.now();
  const hungUp = Promise.all([once(kept, "close"), once(silent, "close")]);
  await keyturn.close();
  expect(performance.now() - began).toBeLessThan(5_000);
  await hungUp;
});

it.each([
  ["its headers", "GET /livez HTTP/1.1\r\nHost: loc"],
  [
    "its body",
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"que',
  ],
])("a request that stops in the middle of %s does not hold the stop up", async (_what, half) => {
  const keyturn = await startKeyturn("sqlite");
  const stopped = await open(keyturn.address);
  stopped.on("error", () => undefined).write(half);
  expect((await fetch(`${keyturn.address}/livez`)).status).toBe(200);
  const began = performance.now();
  const hungUp = once(stopped, "close");
  await keyturn.close();
  expect(performance.now() - began).toBeLessThan(5_000);
  await hungUp;
});

it("whose headers do not come is answered within seconds, and hung up on", { timeout: 20_000 }, async () => {
  const keyturn = await startKeyturn("sqlite");
  const slow = await open(keyturn.address);
  slow.write("GET /livez HTTP/1.1\r\nHost: loc");
  const [answer] = await once(slow, "data");
  expect(String(answer)).toMatch(/^HTTP\/1.1 408 /);
  await keyturn.close();
});
