import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An application on this machine, at its redirect URI, that takes whatever a browser brings back. */
export interface Callback {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Opens one on a free port of 127.0.0.1. */
export async function openCallback(): Promise<Callback> {
  const server = createServer((_request, response) => response.end("the application"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/callback`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
