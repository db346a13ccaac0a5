import DataLoader from "dataloader";
import type { RequestFacts } from "./context.js";

/** Reads something for many keys at once, in the order of the keys. */
export type LoadMany<Value> = (keys: readonly string[]) => Promise<readonly Value[]>;

type Loaders = Map<unknown, DataLoader<string, unknown>>;

const LOADERS = new WeakMap<RequestFacts, Loaders>();

/**
 * Reads something for one key, together with what the same request asks of its kind at the same moment: a list within
 * a list costs one statement. The first caller's `load` serves them all.
 */
export async function loadTogether<Value>(
  request: RequestFacts,
  { kind, key }: { kind: unknown; key: string },
  load: LoadMany<Value>,
): Promise<Value> {
  const loaders: Loaders = LOADERS.get(request) ?? new Map();
  LOADERS.set(request, loaders);
  const loader = loaders.get(kind) ?? new DataLoader<string, unknown>(load, { cache: false });
  loaders.set(kind, loader);
  return (await loader.load(key)) as Value;
}
