import { afterAll, beforeAll, expect, it } from "vitest";
import { importAccounts } from "../src/rooms/administration/command-line/import-accounts.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { readRows } from "./stage/counters.js";
import { runBeside } from "./stage/command-line.js";

describeOnBoth("import attack", (kind) => {
  let keyturn: Keyturn;
  beforeAll(async () => { keyturn = await startKeyturn(kind); });
  afterAll(() => keyturn.close());
  const run = async (buffer: Buffer): Promise<any[]> => {
    const out: any[] = [];
    const source = (async function* () { yield buffer; })();
    for await (const b of importAccounts(keyturn.app.context, { id: "x", ipAddress: null, userAgent: null }, source)) out.push(...b);
    return out;
  };
  const PW = "quiet-harbor-lantern-7";
  it("hostile lines", async () => {
    const H = "$2b$04$abcdefghijklmnopqrstuOabcdefghijklmnopqrstuvwxyz0123.";
    const lines = [
      JSON.stringify({ loginName: "k0", displayName: "k", kind: null, password: PW, otpauthUri: "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" }),
      JSON.stringify({ loginName: "k1", displayName: "k", "\u009b31mRED\u202e\u001b[2J": 1, password: PW }),
      "[".repeat(60000), "{\"a\":".repeat(10000), 
      `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":1`).join(",")}}`,
      `{"loginName":"dup","loginName":"dup2","displayName":"a","displayName":"b","password":"${PW}"}`,
      JSON.stringify({ loginName: "a".repeat(60000), displayName: "x", password: PW }),
      JSON.stringify({ loginName: "l\ud800", displayName: "x", password: PW }),
      `{"loginName":"s1","displayName":"x\\ud800","password":"${PW}"}`,
      `{"loginName":"s2","displayName":"x\\u0000","password":"${PW}"}`,
      `{"loginName":"s3","displayName":"x","locale":"en\\u0000","password":"${PW}"}`,
      `{"loginName":"s4","displayName":"x","emailAddress":"a\\u0000@b.c","password":"${PW}"}`,
      `{"loginName":"s5","displayName":"x","password":"${PW}\\u0000"}`,
      `{"loginName":"s6","displayName":"x","password":"${"p".repeat(129)}"}`,
      `{"loginName":"s7","displayName":"x","password":""}`,
      `{"loginName":"s8","displayName":"x","password":"${"é".repeat(20000)}"}`,
      `{"loginName":"s9","displayName":"x","passwordHash":"${H}\\n"}`,
      `{"loginName":"s10","displayName":"x","passwordHash":"${H}"}`,
      `{"loginName":"s11","displayName":"${"\u202e"}gnp.exe","passwordHash":"${H}"}`,
      `{"loginName":"s12","displayName":"x","passwordHash":"$argon2id$v=19$m=262144,t=4,p=1$c2FsdHNhbHRzYWx0$${Buffer.alloc(32, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s13","displayName":"x","passwordHash":"$argon2id$v=19$m=792,t=1,p=99$c2FsdHNhbHRzYWx0$${Buffer.alloc(32, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s14","displayName":"x","passwordHash":"$argon2id$v=19$m=8,t=9999,p=1$c2FsdHNhbHRzYWx0$${Buffer.alloc(64, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s15","displayName":"x","passwordHash":"$scrypt$ln=18,r=8,p=1$c2FsdHNhbHRzYWx0$${Buffer.alloc(32, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s16","displayName":"x","passwordHash":"$scrypt$ln=14,r=99,p=1$c2FsdHNhbHRzYWx0$${Buffer.alloc(32, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s17","displayName":"x","passwordHash":"$scrypt$ln=1,r=1,p=99$c2FsdHNhbHRzYWx0$${Buffer.alloc(64, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s18","displayName":"x","passwordHash":"$argon2id$v=19$m=64,t=1,p=1$${Buffer.alloc(48, 7).toString("base64").replace(/=/g, "")}$${Buffer.alloc(64, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s19","displayName":"x","passwordHash":"$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0$${Buffer.alloc(16, 7).toString("base64").replace(/=/g, "")}"}`,
      `{"loginName":"s20","displayName":"x","passwordHash":"$2b$15$abcdefghijklmnopqrstuOabcdefghijklmnopqrstuvwxyz0123."}`,
      `{"loginName":"${ADMINISTRATOR.loginName.toUpperCase()}","displayName":"x","password":"${PW}","role":"USER"}`,
      `{"loginName":"ok","displayName":"x","password":"${PW}","otpauthUri":"otpauth://totp/x?secret=gezd%20gnbv gy3t+qojq%0Agezdgnbvgy3tqojq%3D%3D&algorithm=sha1"}`,
    ];
    const out = await run(Buffer.from(lines.join("\n")));
    for (const o of out) console.log(JSON.stringify(o).slice(0, 260));
    for (const name of ["s12","s13","s14","s15","s16","s17","s18","s19","s20","s10"]) {
      const t = performance.now();
      const alive = setInterval(() => 0, 10); let worst = 0, last = performance.now();
      const tick = setInterval(() => { const n = performance.now(); worst = Math.max(worst, n - last); last = n; }, 5);
      const a = await keyturn.anyone.send("mutation($i: LoginInput!) { login(input: $i) { __typename } }", { i: { loginName: name, password: `${PW}\0${"é".repeat(100)}` } });
      clearInterval(alive); clearInterval(tick);
      console.log(name, a.status, JSON.stringify(a.body).slice(0, 150), Math.round(performance.now() - t), "ms; loop", Math.round(worst));
    }
    console.log(keyturn.logged().split("\n").filter((l) => l.includes("\"level\":50")).map((l) => l.slice(0, 400)).join("\n"));
    const list = await runBeside(keyturn, ["accounts", "list"]);
    console.log(JSON.stringify(list.stdout).slice(0, 4000));
  }, 120_000);
  it("two reversed imports", async () => {
    const lines = Array.from({ length: 600 }, (_, i) => JSON.stringify({ loginName: `rev-${i}`, displayName: "r", passwordHash: "$2b$04$abcdefghijklmnopqrstuOabcdefghijklmnopqrstuvwxyz0123." }));
    const r = await Promise.allSettled([run(Buffer.from(lines.join("\n"))), run(Buffer.from([...lines].reverse().join("\n"))), run(Buffer.from(lines.join("\n")))]);
    console.log(r.map((x) => x.status === "rejected" ? `REJ ${x.reason} ${JSON.stringify(x.reason?.driverError ?? x.reason)}` : x.value.filter((o: any) => o.outcome === "created").length).join(" | "));
    console.log(await readRows(keyturn, "SELECT count(*) AS count FROM accounts WHERE login_name LIKE 'rev-%'"));
  }, 120_000);
});
