import regexp from "eslint-plugin-regexp";
import typescript from "typescript-eslint";

const tests = ["**/*.test.{ts,tsx}", "**/stage/**", "apps/server/{journeys,laws}/**"];
const answered = ["apps/server/{journeys,laws}/**", "packages/oauth2/src/{*.test.ts,stage/**}"];

// Rules that Biome has no equal of: those that need types, and those that look into regular expressions.
export default [
  { ignores: ["**/dist/", "**/generated/"] },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: {
      parser: typescript.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "@typescript-eslint": typescript.plugin, regexp },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-redundant-type-constituents": "error",
      "@typescript-eslint/no-unnecessary-condition": "error",
      "@typescript-eslint/no-unsafe-argument": "error",
      "@typescript-eslint/no-unsafe-assignment": "error",
      "@typescript-eslint/no-unsafe-call": "error",
      "@typescript-eslint/no-unsafe-enum-comparison": "error",
      "@typescript-eslint/no-unsafe-member-access": "error",
      "@typescript-eslint/no-unsafe-return": "error",
      "@typescript-eslint/no-unsafe-unary-minus": "error",
      "@typescript-eslint/strict-boolean-expressions": "error",
    },
  },
  {
    // What strangers send is matched by these; tests match what they wrote themselves.
    ignores: tests,
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    // An answer has the shape of its question: what a test asserts of it is its type.
    files: answered,
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
];
