import DataLoader from "dataloader";
import type { RequestFacts } from "./context.js";
import { BadInput } from "./problem.js";

/** Reads something for many keys at once, in the order of the keys. */
export type LoadMany<Value> = (keys: readonly string[]) => Promise<readonly Value[]>;

/** Of so many accounts one request reads the same thing; a page of audit events names 200. */
const MAXIMUM = 300;

interface Loading {
  readonly loader: DataLoader<string, unknown>;
  asked: number;
}

type Loaders = Map<unknown, Loading>;

const LOADERS = new WeakMap<RequestFacts, Loaders>();

/**
 * Reads something for one key, together with what the same request asks of its kind at the same moment: a list within
 * a list costs one statement. The first caller's `load` serves them all.
 *
 * @throws Refusal BAD_USER_INPUT where a request asks it of too many: with aliases the answer would have no end
 */
export async function loadTogether<Value>(
  request: RequestFacts,
  { kind, key }: { kind: unknown; key: string },
  load: LoadMany<Value>,
): Promise<Value> {
  const loaders = LOADERS.get(request) ?? new Map<unknown, Loading>();
  LOADERS.set(request, loaders);
  const loading = loaders.get(kind) ?? { loader: new DataLoader(load, { cache: false }), asked: 0 };
  loaders.set(kind, loading);
  loading.asked += 1;
  if (loading.asked > MAXIMUM) throw new BadInput(["first"], { rule: "accountsAtOnce", maximum: MAXIMUM });
  return (await loading.loader.load(key)) as Value;
}
