const needed = ["KEYTURN_ISSUER", "CLIENT_ID", "CLIENT_SECRET"];
const missing = needed.filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(`Set ${missing.join(", ")}. README.md says where they come from.`);
  process.exit(78);
}

export const issuer = new URL(process.env.KEYTURN_ISSUER);
export const clientId = process.env.CLIENT_ID;
export const clientSecret = process.env.CLIENT_SECRET;
export const port = Number(process.env.PORT ?? 3000);
/** Where people reach this application. */
export const address = process.env.ADDRESS ?? `http://127.0.0.1:${port}`;
