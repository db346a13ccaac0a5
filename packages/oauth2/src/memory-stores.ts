import type { SigningKey, SigningKeyStore } from "./signing-keys.js";
import type {
  Authorization,
  Claims,
  NewToken,
  NewTokens,
  OAuthClient,
  OAuthStores,
  OAuthTransaction,
} from "./stores.js";

/** An account of the memory's. */
export interface MemoryAccount {
  readonly active: boolean;
  readonly claims: Claims;
}

interface Family {
  readonly authorization: Authorization;
  readonly code: { readonly digest: string; readonly expiresAt: number };
  isRedeemed: boolean;
}

type KeptToken = Omit<NewTokens, "tokens" | "isFirst"> & NewToken & { isSpent: boolean };

/** At most so many families for a client and an account. */
const MAXIMUM_FAMILIES = 10;

/** What a provider keeps, in the memory of one process: for tests, and as the example of a host's stores. */
export interface MemoryStores extends OAuthStores {
  readonly clients: Map<string, OAuthClient>;
  readonly accounts: Map<string, MemoryAccount>;
  readonly keys: SigningKeyStore;
}

/** Makes stores that forget everything with the process. One transaction comes after the other. */
export function createMemoryStores(): MemoryStores {
  const clients = new Map<string, OAuthClient>();
  const accounts = new Map<string, MemoryAccount>();
  const keys: SigningKey[] = [];
  let families = new Map<string, Family>();
  let tokens = new Map<string, KeptToken>();
  let taken = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  const usable = (clientId: string, subject: string): boolean =>
    clients.has(clientId) && accounts.get(subject)?.active === true;
  const mayActFor = (clientId: string, subject: string): boolean => {
    const { serviceAccountId, grantTypes } = clients.get(clientId) ?? {
      serviceAccountId: null,
      grantTypes: [],
    };
    return serviceAccountId === subject && grantTypes.includes("client_credentials");
  };
  const begin = (): (() => void) => {
    const before = { families: copy(families), tokens: copy(tokens), taken: new Set(taken) };
    return () => {
      ({ families, tokens, taken } = before);
    };
  };
  const statements = (): OAuthTransaction => createStatements({ families, tokens, taken, usable, mayActFor });
  return {
    ...{ clients, accounts },
    keys: {
      list: async () => [...keys],
      listRetired: async () => [],
      add: async (key) => void keys.push(key),
    },
    findClient: async (id) => clients.get(id) ?? null,
    findServiceScopes: async ({ id, serviceAccountId, scopes }) =>
      serviceAccountId !== null && usable(id, serviceAccountId) ? scopes : null,
    findClaims: async (subject) => accounts.get(subject)?.claims ?? {},
    transaction(work) {
      const run = last.then(async () => {
        const rollBack = begin();
        try {
          return await work(statements());
        } catch (fault) {
          rollBack();
          throw fault;
        }
      });
      last = run.catch(() => undefined);
      return run;
    },
  };
}

function copy<Row extends object>(rows: ReadonlyMap<string, Row>): Map<string, Row> {
  return new Map([...rows].map(([key, row]) => [key, { ...row }]));
}

interface Memory {
  readonly families: Map<string, Family>;
  readonly tokens: Map<string, KeptToken>;
  /** The requests that were answered; a database forgets them when they expire. */
  readonly taken: Set<string>;
  readonly usable: (clientId: string, subject: string) => boolean;
  /** Whether a client may act by itself, for that account. */
  readonly mayActFor: (clientId: string, subject: string) => boolean;
}

function createStatements(memory: Memory): OAuthTransaction {
  return { ...authorizationStatements(memory), ...tokenStatements(memory) };
}

function end({ families, tokens }: Memory, id: string): void {
  families.delete(id);
  for (const [digest, token] of tokens) if (token.authorizationId === id) tokens.delete(digest);
}

/** Of the families as of the codes that wait, the newest ones stay. */
function endOldest(
  memory: Memory,
  { clientId, subject, isRedeemed }: { clientId: string; subject: string; isRedeemed: boolean },
): void {
  const same = [...memory.families.values()].filter(
    ({ authorization: each, isRedeemed: was }) =>
      each.clientId === clientId && each.subject === subject && was === isRedeemed,
  );
  for (const { authorization } of same.slice(0, -MAXIMUM_FAMILIES)) end(memory, authorization.id);
}

function authorizationStatements(
  memory: Memory,
): Pick<OAuthTransaction, "takeRequest" | "addAuthorization" | "redeemCode" | "endAuthorization"> {
  const { families, taken, usable } = memory;
  return {
    async takeRequest(id) {
      const isFirst = !taken.has(id);
      taken.add(id);
      return isFirst;
    },
    async addAuthorization(authorization, code) {
      const { clientId, subject } = authorization;
      if (!usable(clientId, subject)) return false;
      families.set(authorization.id, { authorization, code, isRedeemed: false });
      endOldest(memory, { clientId, subject, isRedeemed: false });
      return true;
    },
    async redeemCode(digest) {
      const family = [...families.values()].find(({ code }) => code.digest === digest);
      if (family === undefined) return null;
      const { authorization, code, isRedeemed } = family;
      family.isRedeemed = true;
      const { clientId, subject } = authorization;
      return {
        authorization,
        expiresAt: code.expiresAt,
        isReplay: isRedeemed,
        usable: usable(clientId, subject),
      };
    },
    endAuthorization: async (id) => end(memory, id),
  };
}

function tokenStatements(
  memory: Memory,
): Omit<OAuthTransaction, keyof ReturnType<typeof authorizationStatements>> {
  const { families, tokens, usable, mayActFor } = memory;
  return {
    async findToken(digest) {
      const token = tokens.get(digest);
      if (token === undefined) return null;
      const { clientId, subject, authorizationId } = token;
      const authorization = families.get(authorizationId ?? "")?.authorization ?? null;
      const mayAct = authorizationId !== null || mayActFor(clientId, subject);
      return { ...token, authorization, usable: mayAct && usable(clientId, subject) };
    },
    async spendRefreshToken(digest) {
      const token = tokens.get(digest);
      if (token === undefined || token.kind !== "refresh" || token.isSpent) return false;
      token.isSpent = true;
      return true;
    },
    async addTokens({ tokens: added, isFirst, ...shared }) {
      if (shared.authorizationId !== null && !families.has(shared.authorizationId)) return false;
      if (isFirst) endOldest(memory, { ...shared, isRedeemed: true });
      for (const token of added) tokens.set(token.digest, { ...shared, ...token, isSpent: false });
      return true;
    },
    endAccessToken: async (digest) => void tokens.delete(digest),
  };
}
