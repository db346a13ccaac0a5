import type { Socket } from "node:net";
import type { ConnectionError } from "fastify";
import { newId } from "../platform/id.js";
import { securityHeaders } from "./security-headers.js";

const UNREADABLE: Readonly<Record<string, { status: string; code: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    code: "HEADERS_TOO_LARGE",
    message: "The headers are too large.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    code: "REQUEST_TIMEOUT",
    message: "The request did not come in time.",
  },
};
const NOT_HTTP = {
  status: "400 Bad Request",
  code: "BAD_USER_INPUT",
  message: "This is not a request of HTTP.",
};

/** Answers what cannot be read as a request of HTTP: it reaches no hook and no route, but gets an id and a code too. */
export function answerUnreadable(publicUrl: URL, error: ConnectionError, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const { status, code, message } = UNREADABLE[error.code] ?? NOT_HTTP;
  const body = JSON.stringify({ message, code });
  const head = [
    `HTTP/1.1 ${status}`,
    `X-Request-Id: ${newId(Date.now())}`,
    "Cache-Control: no-store",
    ...Object.entries(securityHeaders(publicUrl)).map((header) => header.join(": ")),
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  if (socket.writable) socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.destroySoon();
}
