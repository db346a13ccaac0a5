import { request } from "node:http";
import { connect } from "node:net";
import type { Answer } from "./client.js";

/** A request exactly as it goes over the wire: a header may come twice. */
export interface WireRequest {
  readonly method?: string;
  /** With its query; it may be broken. */
  readonly path?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Buffer;
}

/** Sends a request that `fetch` would refuse to send, or would tidy up first. Its body is parsed where it is JSON. */
export function sendRaw(address: string, asked: WireRequest): Promise<Answer> {
  const {
    method = "POST",
    path = "/graphql",
    headers = [["content-type", "application/json"]],
    body,
  } = asked;
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, agent: false, insecureHTTPParser: true });
    const names = new Set(headers.map(([name]) => name.toLowerCase()));
    for (const name of names)
      sent.setHeader(
        name,
        headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value),
      );
    if (body !== undefined) sent.setHeader("content-length", Buffer.byteLength(body));
    sent.once("error", reject);
    sent.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const received = new Headers();
        for (const [name, value] of Object.entries(response.headersDistinct))
          for (const each of value ?? []) received.append(name, each);
        resolve({ status: response.statusCode ?? 0, headers: received, text, body: parsed(text) });
      });
    });
    sent.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends bytes that no client of HTTP would, and returns everything that comes back until the server hangs up. */
export function sendBytes(address: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(address).port), "127.0.0.1");
    let received = "";
    socket.on("data", (data) => {
      received += data;
    });
    socket.once("close", () => resolve(received));
    socket.once("error", reject);
    socket.write(bytes);
  });
}
