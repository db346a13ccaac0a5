import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";

/** The names under which an operation takes a secret that somebody must know. */
const SECRET = /^(password|currentPassword|verificationCode|recoveryCode|challenge|token)$/;
/** These take a password that an administrator chooses. */
const CHOOSES = ["createAccount", "setAccountPassword"];

/** Lists every text by which an operation lets somebody prove something, such as `login.input.password`. */
export function secretStrings(schema: GraphQLSchema): string[] {
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
  return fields
    .filter(({ name }) => !CHOOSES.includes(name))
    .flatMap(({ name, args }) => args.flatMap((arg) => secretsIn(arg.type, [name, arg.name])));
}

function secretsIn(type: GraphQLInputType, path: readonly string[]): string[] {
  if (isNonNullType(type) || isListType(type)) return secretsIn(type.ofType, path);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) => secretsIn(field.type, [...path, field.name]));
  return SECRET.test(path.at(-1) ?? "") ? [path.join(".")] : [];
}
