import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OAuthClients, startOAuthClients } from "../journeys/stage/oauth-clients.js";
import { type AnonymousDoor, anonymousDoors } from "./anonymous-doors.js";

/** What the server's own patterns look for, again and again, and what grows when it is folded, escaped or decoded. */
const UNITS = [
  ...[" cannot represent ", 'at "', 'Name "', "a.", "://a:", "kt_a", "otpauth://"],
  ...[",", "=", "&a=", ";q=0.", "%", "a b ", "\\", '"', "<", "\n"],
  ...["{", "[", "@", "İ", "ﷺ", "\u200b"],
] as const;
const TIMES = 10;

/** What one request costs: characters of its answer, and SQL statements. */
interface Cost {
  readonly characters: number;
  readonly statements: number;
}

describe("a stranger's text", () => {
  let stage: OAuthClients;
  let doors: readonly AnonymousDoor[];
  beforeAll(async () => {
    stage = await startOAuthClients("sqlite");
    doors = anonymousDoors(stage);
  });
  afterAll(() => stage.keyturn.close());

  const costOf = async ({ knock }: AnonymousDoor, text: string): Promise<Cost> => {
    const { keyturn } = stage;
    keyturn.takeStatements();
    const answer = await knock(text);
    await keyturn.settle();
    expect(answer.status, answer.text.slice(0, 200)).not.toBe(500);
    return { characters: answer.text.length, statements: keyturn.takeStatements().length };
  };

  it("costs at most ten times what a harmless one of its length costs, through every door", async () => {
    const dear: string[] = [];
    for (const door of doors) {
      const harmless = await costOf(door, "a".repeat(door.limit));
      const most = {
        characters: TIMES * Math.max(harmless.characters, 1000),
        statements: TIMES * Math.max(harmless.statements, 1),
      };
      for (const unit of UNITS) {
        const cost = await costOf(door, unit.repeat(door.limit / unit.length));
        if (cost.characters > most.characters || cost.statements > most.statements)
          dear.push(`${door.title}, ${JSON.stringify(unit)}: ${JSON.stringify({ cost, harmless })}`);
      }
    }
    expect(dear).toEqual([]);
  });

  it("is at most answered ten times over where it is a document full of faults", async () => {
    const many = (part: (index: number) => string): string =>
      Array.from({ length: 300 }, (_, index) => part(index)).join(" ");
    const long = "a".repeat(40_000);
    const aliases = Array.from({ length: 15 }, (_, index) => `a${index}: __schema { ...F }`).join(" ");
    const documents: [string, object?][] = [
      [`{ ${aliases} } fragment F on __Schema { types { name description fields { name description } } }`],
      [`{ ${many((index) => `viwer${index}`)} }`],
      [`{ ${long} }`],
      [`{ viewer { ${many(() => `${"a".repeat(100)}`)} } }`],
      [`{ viewer { ${many(() => "id")} } }`],
      [`query(${many((index) => `$v${index}: Nothing`)}) { viewer { id } }`],
      [`{ ${many((index) => `...F${index}`)} }`],
      [`{ account(id: { ${many((index) => `k${index}: 1`)} }) { id } }`],
      [
        "query($f: AccountFilter) { accounts(filter: $f) { totalCount } }",
        {
          f: Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`${"k".repeat(90)}${index}`, 1])),
        },
      ],
      [
        "mutation($i: CreateApiTokenInput!) { createApiToken(input: $i) { __typename } }",
        { i: { name: long, scopes: Array.from({ length: 500 }, () => 1) } },
      ],
      [
        "mutation($i: LoginInput!) { login(input: $i) { __typename } }",
        { i: { loginName: [long], password: { [long]: 1 } } },
      ],
    ];
    for (const [document, variables = {}] of documents) {
      const { status, text } = await stage.keyturn.anyone.send(document, variables);
      const sent = document.length + JSON.stringify(variables).length;
      expect(status, document.slice(0, 80)).toBeLessThan(500);
      expect(text.length / sent, document.slice(0, 80)).toBeLessThan(TIMES);
    }
  });
});
