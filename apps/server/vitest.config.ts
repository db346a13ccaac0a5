import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    // Vite would take graphql's ESM build and Node, for the packages that use it, the CommonJS one: two copies,
    // whose types refuse each other ("another module or realm").
    alias: [{ find: /^graphql$/, replacement: require.resolve("graphql") }],
  },
  test: {
    include: ["src/**/*.test.ts", "journeys/**/*.test.ts", "laws/**/*.test.ts", "*.test.ts"],
    globalSetup: ["journeys/stage/postgres.ts"],
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
