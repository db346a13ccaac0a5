import type { Storage } from "@graphiql/toolkit";

/** Makes a storage that is gone with the page: what is typed, passwords and codes among it, is never written to disk. */
export function createMemory(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}
