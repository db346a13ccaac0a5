const server = "^apps/server/src";

// Each of these imports only what stands above it, and itself.
const line = [
  "platform",
  "rooms/audit",
  "rooms/policy",
  "rooms/accounts",
  "rooms/two-factor",
  "rooms/credentials",
  "rooms/sessions",
  "rooms/api-tokens",
  "rooms/oauth",
  "rooms/settings",
  "rooms/administration",
  "http",
];

const lineRules = line.map((place, index) => ({
  name: `line-${place.replace("rooms/", "")}`,
  comment: `${place} imports only what stands to its left: ${line.slice(0, index).join(" ← ") || "nothing"}.`,
  severity: "error",
  from: { path: `${server}/${place}/` },
  to: { path: `${server}/(${line.slice(index + 1).join("|") || "$none"})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...lineRules,
    {
      name: "room-in-line",
      comment: "A room has its place in the list above, else no rule would bind it.",
      severity: "error",
      from: { path: `${server}/rooms/`, pathNot: `${server}/(${line.join("|")})/` },
      to: {},
    },
    {
      name: "root-from-above",
      comment:
        "What puts the rooms together (main, app, the list of rooms, the command) is imported by none.",
      severity: "error",
      from: { path: `${server}/(${line.join("|")}|migrations)/`, pathNot: "[.]test[.]ts$" },
      to: { path: `${server}/([^/]+[.]ts$|cli/)` },
    },
    {
      name: "nothing-imports-main",
      comment: "Importing main.ts starts a server.",
      severity: "error",
      from: {},
      to: { path: `${server}/main[.]ts$` },
    },
    {
      name: "migrations-by-platform-and-app",
      comment: "A migration keeps the schema of its day; a room that leaned on one would change history.",
      severity: "error",
      from: {
        path: `${server}/`,
        pathNot: `${server}/(platform/|prepared-database[.]ts$|cli/|migrations/|.*[.]test[.]ts$)`,
      },
      to: { path: `${server}/migrations/` },
    },
    {
      name: "migrations-know-no-room",
      comment: "A migration must do tomorrow what it did yesterday, so it leans on no code that changes.",
      severity: "error",
      from: { path: `${server}/migrations/` },
      to: { path: `${server}/(rooms|http)/` },
    },
    {
      name: "rooms-know-no-transport",
      comment: "A room is reached through any door: it knows neither Fastify nor Apollo.",
      severity: "error",
      from: { path: `${server}/rooms/` },
      to: { path: "node_modules/(fastify|@fastify|@apollo|@as-integrations)/" },
    },
    {
      name: "source-knows-no-test",
      comment: "Journeys and laws lean on the source, never the other way round.",
      severity: "error",
      from: { path: "^(apps|packages)/[^/]+/src/", pathNot: "[.]test[.]tsx?$" },
      to: { path: "(^|/)(journeys|laws)/|[.]test[.]tsx?$" },
    },
    {
      name: "no-dev-dependency-in-source",
      comment:
        "What runs in production is installed in production; the playground and the pages are built, and nothing of them is.",
      severity: "error",
      from: {
        path: "^(apps|packages)/[^/]+/src/",
        pathNot: "^apps/(playground|web)/|/src/stage/|[.]test[.]tsx?$",
      },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pages-know-the-schema-alone",
      comment: "The pages reach the server as any client does.",
      severity: "error",
      from: { path: "^apps/web/" },
      to: { path: "^(apps/(server|playground)|packages)/" },
    },
    {
      name: "parts-of-pages-know-no-room",
      comment: "Words, requests and parts serve every room: words ← graphql ← ui ← rooms.",
      severity: "error",
      from: { path: "^apps/web/src/(words|graphql|ui)/" },
      to: { path: "^apps/web/src/(rooms/|app[.]tsx$)" },
    },
    {
      name: "packages-know-no-app",
      comment: "A package serves any host.",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
    {
      name: "packages-by-their-face",
      comment: "A package is imported by its name, as its users import it.",
      severity: "error",
      from: { path: "^(?:apps|packages)/([^/]+)/" },
      to: {
        path: "^packages/",
        pathNot: ["^packages/$1/", "^packages/[^/]+/dist/(index|memory-stores)[.](js|d[.]ts)$"],
      },
    },
    {
      name: "totp-is-pure",
      comment: "The second factor without a server: no database, no network, no files, no clock of its own.",
      severity: "error",
      from: { path: "^packages/totp/src/", pathNot: "[.]test[.]ts$" },
      to: {
        path: [
          "node_modules/(fastify|@fastify|@apollo|graphql|type-graphql|typeorm|pg|better-sqlite3)/",
          "^(node:)?(fs|fs/promises|net|tls|dgram|dns|http|http2|https|timers|timers/promises|perf_hooks|process|child_process|worker_threads|cluster)$",
        ],
      },
    },
    {
      name: "oauth2-knows-no-host",
      comment: "The provider takes plain requests and gives plain answers: no database, no web framework.",
      severity: "error",
      from: { path: "^packages/oauth2/src/", pathNot: "[.]test[.]ts$|/stage/" },
      to: {
        path: [
          "node_modules/(fastify|@fastify|@apollo|graphql|type-graphql|typeorm|pg|better-sqlite3)/",
          "^(node:)?(fs|fs/promises|net|tls|dgram|dns|http|http2|https|process|child_process|worker_threads|cluster)$",
        ],
      },
    },
    {
      name: "no-circle",
      comment: "A circle has no beginning: neither part can be read, tested or moved alone.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolves",
      comment: "What cannot be found cannot be judged.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^packages/[^/]+/dist/"] },
    exclude: { path: "^(apps|packages)/[^/]+/(dist|data|coverage)/(?!index[.])" },
    tsConfig: { fileName: "tsconfig.base.json" },
    // Types count too: a room that speaks of another's types leans on it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["types", "import", "node", "default"],
      exportsFields: ["exports"],
      mainFields: ["types", "main"],
    },
  },
};
