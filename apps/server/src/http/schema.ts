import {
  DirectiveLocation,
  defaultFieldResolver,
  GraphQLDirective,
  GraphQLEnumType,
  type GraphQLField,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { type AccessRule, forgottenIn } from "../platform/access.js";
import { ownerOf } from "../rooms/accounts/account.graphql.js";
import { judgeAccess, ruleForOwner } from "../rooms/credentials/access.policy.js";
import type { Caller } from "../rooms/credentials/viewer.js";

/** Builds the whole schema of the rooms, with `@access` compiled into every field that declares it. */
export function buildSchema(resolvers: NonEmptyArray<new () => object>): GraphQLSchema {
  return finish(buildSchemaSync({ resolvers, validate: false }));
}

/** The rule of a field, as `@access` declared it. */
export function accessOf(field: {
  readonly extensions: Readonly<Record<string, unknown>>;
}): AccessRule | undefined {
  return field.extensions["access"] as AccessRule | undefined;
}

/** What type-graphql cannot say: the directive's definition, enums that no field uses, and `isOneOf`. */
function finish(built: GraphQLSchema): GraphQLSchema {
  const config = built.toConfig();
  for (const type of config.types)
    if (type instanceof GraphQLInputObjectType && type.extensions["oneOf"] === true) type.isOneOf = true;
  const directives = [...config.directives, accessDirective(built)];
  const schema = new GraphQLSchema({
    ...config,
    types: [...config.types, ACCESS_LEVEL, REFUSAL_CODE],
    directives,
  });
  const roots = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) guard(field as AnyField, roots.includes(type));
  }
  return schema;
}

type AnyField = GraphQLField<unknown, Caller>;

function guard(field: AnyField, isRoot: boolean): void {
  const rule = accessOf(field);
  if (rule === undefined) {
    if (isRoot) throw new Error(`${field.name} declares no access`);
    return;
  }
  const forgotten = forgottenIn(rule);
  if (forgotten !== null) throw new Error(`the access of ${field.name} ${forgotten}`);
  const owned = field.extensions["owned"] === true;
  const next = field.resolve ?? defaultFieldResolver;
  field.resolve = (...asked) => {
    const [source, , { viewer, app }] = asked;
    const binding = owned ? ruleForOwner(rule, viewer, ownerOf(source as Owned)) : rule;
    const refusal = judgeAccess(binding, viewer, app.now());
    if (refusal !== null) throw refusal;
    return next(...asked);
  };
}

type Owned = Parameters<typeof ownerOf>[0];

const ACCESS_LEVEL = new GraphQLEnumType({
  name: "AccessLevel",
  values: { PUBLIC: {}, VIEWER: {}, ADMINISTRATOR: {} },
});

const REFUSAL_CODE = new GraphQLEnumType({
  name: "RefusalCode",
  description: "extensions.code of a top-level error.",
  values: {
    UNAUTHENTICATED: { description: "No credential was sent, and the field needs one." },
    INVALID_CREDENTIALS: {
      description: "A credential was sent, and it is wrong, expired or revoked. HTTP 401.",
    },
    CREDENTIAL_NOT_ACCEPTED: {
      description:
        "The credential is good but not accepted here. extensions: presented, accepted, reason (TWO_FACTOR_ENABLED, TWO_FACTOR_REQUIRED, OPERATION, OTHER_ACCOUNT).",
    },
    FORBIDDEN: {
      description:
        "The account's role, or the token's scopes, do not allow it. extensions: requiredRole or requiredScope.",
    },
    STEP_UP_REQUIRED: {
      description:
        "Prove the factors again with `stepUp`, then repeat. extensions: maxAge, methods (PASSWORD; with a second factor also TOTP, RECOVERY_CODE).",
    },
    RATE_LIMITED: {
      description: "Too many attempts. extensions: retryAfterSeconds; null: ask an administrator.",
    },
    NOT_FOUND: { description: "The id names nothing that this viewer may see." },
    BAD_USER_INPUT: { description: "The input breaks a rule of form. extensions: path." },
    UNAVAILABLE: {
      description:
        "A part that Keyturn depends on does not answer; nothing was changed. extensions: retryAfterSeconds; null: it is not known whether it was.",
    },
    INTERNAL: { description: "A fault of ours. extensions: requestId." },
  },
});

function accessDirective(built: GraphQLSchema): GraphQLDirective {
  const credentialType = built.getType("CredentialType");
  if (!(credentialType instanceof GraphQLEnumType)) throw new Error("CredentialType is missing");
  return new GraphQLDirective({
    name: "access",
    description: ACCESS_DESCRIPTION,
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: {
      to: { type: new GraphQLNonNull(ACCESS_LEVEL) },
      credentials: { type: new GraphQLList(new GraphQLNonNull(credentialType)) },
      scope: { type: GraphQLString },
      maxAge: { type: GraphQLInt },
    },
  });
}

const ACCESS_DESCRIPTION = `Who may use a field: declared on every query and mutation, and on fields that need more
than the way to them; enforced in one place. \`credentials\` lists the credential types that
the field accepts; an account's own two-factor state can rule out more (a password alone
never stands for an account with two-factor authentication). Where \`credentials\` is absent
the operation reads no credential: a cookie, dead or alive, bars nothing (\`login\` and
\`completeLogin\` look at it after their success, to end the session that it names); a wrong
header still fails the request. \`scope\` is what an API token or an OAuth token needs. \`maxAge\`: the
session must have proven all factors of its account within so many seconds.`;
