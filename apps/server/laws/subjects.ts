import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isObjectType,
} from "graphql";
import { contract, printed } from "./contract.js";
import { ANOTHERS_ID, INPUTS } from "./inputs.js";

/** Who may use a field, as the contract's `@access` says it. */
export interface Access {
  readonly to: "PUBLIC" | "VIEWER" | "ADMINISTRATOR";
  readonly credentials?: readonly string[];
  readonly scope?: string;
  readonly maxAge?: number;
}

/** A query or a mutation. */
export interface Operation {
  readonly name: string;
  readonly access: Access;
}

/** A field with an `@access` of its own, below a query or a mutation. */
export interface GuardedField extends Operation {
  readonly type: string;
}

/** What is tried: an operation by itself, or a guarded field on a way through one. */
export interface Subject {
  readonly title: string;
  readonly operation: Operation;
  readonly document: string;
  readonly variables: object;
  /** Where the guarded field stands in the answer, and who may see it there. */
  readonly guarded: { readonly path: readonly string[]; readonly access: Access } | null;
}

/** Lists every query and mutation that is built. */
export function everyOperation(): Operation[] {
  return rootTypes().flatMap((type) =>
    Object.keys(type.getFields()).map((name) => {
      const access = accessOf(type.name, name);
      if (access === null) throw new Error(`${name} declares no access`);
      return { name, access };
    }),
  );
}

/** Lists every field below the roots that is built and has an `@access` of its own. */
export function everyGuardedField(): GuardedField[] {
  const types = Object.values(printed.getTypeMap()).filter(isObjectType);
  const fields = types
    .filter((type) => !rootTypes().includes(type))
    .flatMap((type) => Object.keys(type.getFields()).map((name) => ({ type: type.name, name })));
  return fields.flatMap((field) => {
    const access = accessOf(field.type, field.name);
    return access === null ? [] : [{ ...field, access }];
  });
}

/** How an account is reached, one's own and another's: each through an operation of another scope. */
const WAYS = [
  { whose: "one's own", name: "viewer", path: ["viewer"], variables: {} },
  { whose: "one's own", name: "updateProfile", path: ["updateProfile", "account"], variables: { input: {} } },
  { whose: "another's", name: "account", path: ["account"], variables: { id: ANOTHERS_ID } },
  {
    whose: "another's",
    name: "unlockAccount",
    path: ["unlockAccount", "account"],
    variables: { input: { accountId: ANOTHERS_ID } },
  },
] as const;

/** What the contract asks for where the account is another's. */
const ANOTHERS = { to: "ADMINISTRATOR", scope: "admin:read" } as const;

/** Where a type with guarded fields hangs below an account. */
export const PLACES: Readonly<Record<string, readonly string[]>> = { Account: [], TwoFactor: ["twoFactor"] };

/** Everything that is tried. */
export function everySubject(): Subject[] {
  const operations = everyOperation();
  const bare = operations.map((operation) => subjectOf(operation, INPUTS[operation.name] ?? {}, null));
  const guarded = everyGuardedField().flatMap((field) =>
    WAYS.flatMap(({ name, path: way, whose, variables }) => {
      const operation = operations.find((each) => each.name === name);
      const place = PLACES[field.type];
      if (operation === undefined || place === undefined) return [];
      const access = whose === "one's own" ? field.access : { ...field.access, ...ANOTHERS };
      return [subjectOf(operation, variables, { path: [...way, ...place, field.name], access })];
    }),
  );
  return [...bare, ...guarded];
}

function subjectOf(operation: Operation, variables: object, guarded: Subject["guarded"]): Subject {
  const title = guarded?.path.join(".") ?? operation.name;
  return { title, operation, document: documentOf(operation.name, guarded?.path), variables, guarded };
}

function rootTypes(): GraphQLObjectType[] {
  return [printed.getQueryType(), printed.getMutationType()].filter((type) => type != null);
}

/** The contract's word on a field; that of the server where the contract does not know the field. */
function accessOf(type: string, field: string): Access | null {
  return accessIn(contract, type, field) ?? accessIn(printed, type, field);
}

function accessIn(schema: GraphQLSchema, typeName: string, name: string): Access | null {
  const type = schema.getType(typeName);
  const node = isObjectType(type) ? type.getFields()[name]?.astNode : undefined;
  const directive = schema.getDirective("access");
  if (node == null || directive == null) return null;
  return (getDirectiveValues(directive, node) as Access | undefined) ?? null;
}

/** Writes the document of one operation, with the variables of its input, down to a field at a path. */
export function documentOf(name: string, path: readonly string[] = []): string {
  const type = rootTypes().find((root) => root.getFields()[name] !== undefined);
  const field = type?.getFields()[name];
  if (type === undefined || field === undefined) throw new Error(`there is no operation ${name}`);
  const given = field.args.filter((argument) => argument.name in (INPUTS[name] ?? {}));
  const variables = given.map((argument) => `$${argument.name}: ${argument.type}`).join(", ");
  const values = given.map((argument) => `${argument.name}: $${argument.name}`).join(", ");
  const kind = type === printed.getMutationType() ? "mutation" : "query";
  const selection = selectionOf(field, path.slice(1));
  return `${kind} ${parenthesized(variables)} { ${name}${parenthesized(values)} ${selection} }`;
}

const parenthesized = (text: string): string => (text === "" ? "" : `(${text})`);

/** Selects what stands at a path, whatever unions lie on the way; every object on the way shows its type too. */
function selectionOf({ type }: GraphQLField<unknown, unknown>, [next, ...rest]: readonly string[]): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return "";
  const members = isObjectType(named) ? [named] : printed.getPossibleTypes(named);
  const inside = members.flatMap((member) => {
    const field = next === undefined ? undefined : member.getFields()[next];
    return field === undefined ? [] : [`... on ${member.name} { ${next} ${selectionOf(field, rest)} }`];
  });
  return `{ __typename ${inside.join(" ")} }`;
}
