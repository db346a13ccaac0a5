import cookie from "@fastify/cookie";
import fastify from "fastify";
import { askWhoItIs, beginSignIn, finishSignIn, signOut } from "./keyturn.mjs";
import { failed, home, reasonOf, welcome } from "./pages.mjs";
import { createMemory } from "./sessions.mjs";
import { address, issuer, port } from "./settings.mjs";

// A web application into which people sign in with Keyturn. It never sees a password or a code.

const signIns = createMemory("sign_in", 10 * 60);
const sessions = createMemory("session", 8 * 3600);

const app = fastify();
await app.register(cookie);
// A form has a button and no fields, so there is nothing to read.
app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, async () => null);

// No script, no style, no frame; a form goes to this application, and on to Keyturn.
const policy = `default-src 'none'; form-action 'self' ${issuer.origin}; base-uri 'none'; frame-ancestors 'none'`;
app.addHook("onRequest", async (_request, reply) => {
  reply.headers({ "content-security-policy": policy, "cache-control": "no-store" }).type("text/html");
});

app.get("/", async (request, reply) => {
  const person = sessions.find(request);
  const who = person === undefined ? null : await askWhoItIs(person);
  if (who === null) sessions.forget(request, reply);
  return who === null ? welcome() : home(who);
});

app.get("/login", async (request, reply) => {
  const signIn = await beginSignIn({ twoFactor: request.query.factors === "2" });
  signIns.keep(reply, signIn);
  return reply.redirect(signIn.url, 303);
});

app.get("/callback", async (request, reply) => {
  const signIn = signIns.find(request);
  signIns.forget(request, reply);
  const person = await finishSignIn(signIn, request.url);
  sessions.forget(request, reply);
  sessions.keep(reply, person);
  return reply.redirect("/", 303);
});

app.post("/logout", async (request, reply) => {
  // A neighbour's form, of another port or a host beside this one, would bring the cookie along.
  if (request.headers.origin !== new URL(address).origin)
    throw Object.assign(new Error("a form of another origin"), { code: "FOREIGN_FORM" });
  const person = sessions.find(request);
  sessions.forget(request, reply);
  return reply.redirect(person === undefined ? "/" : await signOut(person), 303);
});

app.setErrorHandler((error, _request, reply) => {
  const reason = reasonOf(error);
  if (reason === undefined) console.error(error);
  // Fastify forgets the type that was set before an error.
  return reply
    .code(reason === undefined ? 500 : 403)
    .type("text/html")
    .send(failed(reason));
});

await app.listen({ host: "127.0.0.1", port });
console.log(`Open ${address}`);
