import { createRequire } from "node:module";
import { configDefaults, defineConfig } from "vitest/config";

const require = createRequire(import.meta.url);
// It puts something in place of a module of Node, which others must not have loaded before it.
const MOCKING = "src/platform/secret-keys.test.ts";

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve: {
          // Vite would take graphql's ESM build and Node, for the packages that use it, the CommonJS one: two copies,
          // whose types refuse each other ("another module or realm").
          alias: [{ find: /^graphql$/, replacement: require.resolve("graphql") }],
        },
        test: {
          name: "server",
          include: ["src/**/*.test.ts", "journeys/**/*.test.ts", "laws/**/*.test.ts", "*.test.ts"],
          exclude: [...configDefaults.exclude, MOCKING],
          globalSetup: ["journeys/stage/postgres.ts"],
          // A worker loads the server once, and not again for every file.
          isolate: false,
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      { test: { name: "mocking", include: [MOCKING] } },
    ],
  },
});
