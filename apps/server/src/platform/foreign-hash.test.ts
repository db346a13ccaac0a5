import { scryptSync } from "node:crypto";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { describe, expect, it } from "vitest";
import { phcBase64 } from "./foreign-hash.js";
import { createPasswordHasher, type PasswordHash, parsePasswordHash } from "./password-hash.js";

const hasher = createPasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 });
const bytes = (count: number): string => phcBase64(Buffer.alloc(count, 7));
const [SALT, HASH] = [bytes(16), bytes(32)];
const TAIL = "abcdefghijklmnopqrstuO".concat("abcdefghijklmnopqrstuvwxyz0123.");

/** scrypt of another make: passlib's, from its documentation. */
const PASSLIB = "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E";
/** bcrypt of another make: OpenBSD's own test vectors. */
const OPENBSD = [
  ["U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
  ["U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"],
  ["", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"],
] as const;

describe("a hash of another system", () => {
  it.each([
    `$argon2id$v=19$m=64,t=1,p=1$${SALT}$${HASH}`,
    `$argon2id$v=19$m=262144,t=4,p=1$${bytes(8)}$${bytes(64)}`,
    `$argon2id$v=19$m=16384,t=64,p=16$${bytes(48)}$${bytes(16)}`,
    `$2a$04$${TAIL}`,
    `$2b$12$${TAIL}`,
    `$2y$15$${TAIL}`,
    PASSLIB,
    `$scrypt$ln=17,r=8,p=2$${bytes(64)}$${bytes(64)}`,
    `$scrypt$ln=15,r=1,p=1$${bytes(8)}$${bytes(16)}`,
  ])("is read: %s", (text) => {
    expect(parsePasswordHash(text)).toBe(text);
  });

  it.each([
    ["nothing", ""],
    ["a password", "correct horse battery staple"],
    ["MD5", "5f4dcc3b5aa765d61d8327deb882cf99"],
    ["crypt(3) of SHA-512", "$6$rounds=5000$saltsalt$abcdefghijklmnop"],
    ["PBKDF2", `$pbkdf2-sha256$29000$${SALT}$${HASH}`],
    ["Argon2i", `$argon2i$v=19$m=64,t=1,p=1$${SALT}$${HASH}`],
    ["an older Argon2id", `$argon2id$v=16$m=64,t=1,p=1$${SALT}$${HASH}`],
    ["Argon2id of no version", `$argon2id$m=64,t=1,p=1$${SALT}$${HASH}`],
    ["Argon2id with parameters in another order", `$argon2id$v=19$t=1,m=64,p=1$${SALT}$${HASH}`],
    ["Argon2id of too much memory", `$argon2id$v=19$m=262145,t=1,p=1$${SALT}$${HASH}`],
    ["Argon2id of gigabytes", `$argon2id$v=19$m=4194304,t=1,p=1$${SALT}$${HASH}`],
    ["Argon2id of too many passes", `$argon2id$v=19$m=262144,t=5,p=1$${SALT}$${HASH}`],
    ["Argon2id of too little memory for its threads", `$argon2id$v=19$m=64,t=1,p=9$${SALT}$${HASH}`],
    ["Argon2id without passes", `$argon2id$v=19$m=64,t=0,p=1$${SALT}$${HASH}`],
    ["Argon2id with a short salt", `$argon2id$v=19$m=64,t=1,p=1$${bytes(7)}$${HASH}`],
    ["Argon2id with a short hash", `$argon2id$v=19$m=64,t=1,p=1$${SALT}$${bytes(15)}`],
    ["Argon2id with padding", `$argon2id$v=19$m=64,t=1,p=1$${SALT}==$${HASH}`],
    ["Argon2id in the other alphabet", `$argon2id$v=19$m=64,t=1,p=1$${SALT}$${"-".repeat(43)}`],
    ["Argon2id with a line end", `$argon2id$v=19$m=64,t=1,p=1$${SALT}$${HASH}\n`],
    ["bcrypt that is known to be broken", `$2x$12$${TAIL}`],
    ["bcrypt of no revision", `$2$12$${TAIL}`],
    ["bcrypt of too little", `$2b$03$${TAIL}`],
    ["bcrypt of minutes", `$2b$16$${TAIL}`],
    ["bcrypt of hours", `$2b$31$${TAIL}`],
    ["bcrypt that is cut", `$2b$12$${TAIL.slice(1)}`],
    ["bcrypt with a spare bit", `$2b$12$${TAIL.slice(0, -1)}/`],
    ["scrypt of too much memory", `$scrypt$ln=19,r=8,p=1$${SALT}$${HASH}`],
    ["scrypt of too much work", `$scrypt$ln=16,r=8,p=5$${SALT}$${HASH}`],
    ["scrypt of endless work", `$scrypt$ln=63,r=8,p=1$${SALT}$${HASH}`],
    ["scrypt against its RFC", `$scrypt$ln=16,r=1,p=1$${SALT}$${HASH}`],
    ["scrypt with N written out", `$scrypt$n=65536,r=8,p=1$${SALT}$${HASH}`],
    ["scrypt with a short salt", `$scrypt$ln=14,r=8,p=1$${bytes(7)}$${HASH}`],
  ])("is refused: %s", (_, text) => {
    expect(parsePasswordHash(text)).toBeNull();
  });
});

describe("a password of another system", () => {
  const right = (hash: string, password: string): Promise<{ right: boolean; renew: boolean }> =>
    hasher.verify(hash as PasswordHash, password);
  const RIGHT = { right: true, renew: true };
  const WRONG = { right: false, renew: false };

  it.each(OPENBSD)("is right by bcrypt, and its hash is to be renewed: %j", async (password, hash) => {
    expect(await right(hash, password)).toEqual(RIGHT);
    expect(await right(hash, `${password}!`)).toEqual(WRONG);
  });

  it.each(["2a", "2b", "2y"] as const)("is right by bcrypt of revision %s", async (version) => {
    const hash = await bcrypt("wide green river", 4);
    const revised = `$${version}${hash.slice(3)}`;
    expect(parsePasswordHash(revised)).toBe(revised);
    expect(await right(revised, "wide green river")).toEqual(RIGHT);
    expect(await right(revised, "wide green River")).toEqual(WRONG);
  });

  it("is right by scrypt of passlib", async () => {
    expect(await right(PASSLIB, "password")).toEqual(RIGHT);
    expect(await right(PASSLIB, "passwore")).toEqual(WRONG);
  });

  it.each([
    { ln: 15, r: 1, p: 1 },
    { ln: 10, r: 16, p: 99 },
    { ln: 18, r: 8, p: 1 },
  ])("is right by scrypt of the cost %j", async ({ ln, r, p }) => {
    const salt = Buffer.from("another make");
    const key = scryptSync("wide green river", salt, 32, { N: 2 ** ln, r, p, maxmem: 2 ** 30 });
    const hash = `$scrypt$ln=${ln},r=${r},p=${p}$${phcBase64(salt)}$${phcBase64(key)}`;
    expect(parsePasswordHash(hash)).toBe(hash);
    expect(await right(hash, "wide green river")).toEqual(RIGHT);
  });

  it.each([
    ["what comes after 72 bytes", "x".repeat(72), `${"x".repeat(72)}y`],
    ["what comes after 72 bytes of several each", "界".repeat(24), `${"界".repeat(24)}y`],
    ["what repeats after a zero", "river", "river\0river"],
  ])("is verified whole, though bcrypt leaves out %s", async (_, password, longer) => {
    const hash = await bcrypt(password, 4);
    expect(await right(hash, password)).toEqual(RIGHT);
    expect(await right(hash, longer)).toEqual(WRONG);
    expect(await right(await bcrypt(longer, 4), longer)).toEqual(WRONG);
  });

  it("waits in the same queue as every other", async () => {
    const small = createPasswordHasher(
      { memoryCost: 64, timeCost: 1, parallelism: 1 },
      { concurrency: 1, waiting: 0 },
    );
    const both = [1, 2].map(() => small.verify(OPENBSD[0][1] as PasswordHash, "U*U"));
    const states = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(states).toEqual(["fulfilled", "rejected"]);
  });
});
