import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Sees what a client sends before it goes on to the server; where it answers true, it goes no further. */
export type Meddle = (data: Buffer, ends: { readonly client: Socket; readonly upstream: Socket }) => boolean;

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
  /** Lets somebody meddle with what clients send, until it is told otherwise. */
  readonly meddleBy: (meddle: Meddle | null) => void;
  readonly close: () => Promise<void>;
}

/** Opens a way to the server of an address, on a free port. */
export async function openTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;
  let meddle: Meddle | null = null;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (frozen) return;
    const upstream = keep(connect(Number(port), hostname));
    const mayPass = (data: Buffer): boolean => !frozen && meddle?.(data, { client, upstream }) !== true;
    pass(client, upstream, mayPass);
    pass(upstream, client, () => !frozen);
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
    meddleBy: (next) => {
      meddle = next;
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

function pass(from: Socket, to: Socket, mayPass: (data: Buffer) => boolean): void {
  from.on("data", (data) => {
    if (mayPass(data)) to.write(data);
  });
  from.once("close", () => to.destroy());
}
