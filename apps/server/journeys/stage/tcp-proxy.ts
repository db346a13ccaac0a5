import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that a test can cut, freeze and mend. */
export interface TcpProxy {
  /** An address of the server, by this way. */
  readonly through: (url: string) => string;
  /** Ends every connection, and refuses new ones. */
  readonly cut: () => Promise<void>;
  /** Lets nothing through any more, in either direction; new connections are taken and left alone. */
  readonly freeze: () => void;
  /** Lets everything through again; what was frozen is ended. */
  readonly mend: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a way to the server of an address, on a free port. */
export async function openTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (frozen) return;
    const upstream = keep(connect(Number(port), hostname));
    const pass = (from: Socket, to: Socket): void => {
      from.on("data", (data) => {
        if (!frozen) to.write(data);
      });
      from.once("close", () => to.destroy());
    };
    pass(client, upstream);
    pass(upstream, client);
  });
  const listen = async (on: number): Promise<void> => {
    server.listen(on, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const cut = async (): Promise<void> => {
    const closed = once(server, "close");
    server.close();
    endAll();
    await closed;
  };
  return {
    through: (url) => Object.assign(new URL(url), { hostname: "127.0.0.1", port: String(own) }).href,
    cut,
    freeze: () => {
      frozen = true;
    },
    mend: async () => {
      if (frozen) endAll();
      frozen = false;
      if (!server.listening) await listen(own);
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
