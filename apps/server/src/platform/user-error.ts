import { Field, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import type { MessageLocale } from "./locale.js";
import type { Words } from "./words/en.js";
import { words } from "./words/index.js";

/** Codes of failures that are part of the story: they come as members of a mutation's union. */
export const UserErrorCode = {
  INVALID_LOGIN: "INVALID_LOGIN",
  ACCOUNT_LOCKED: "ACCOUNT_LOCKED",
  INVALID_VERIFICATION_CODE: "INVALID_VERIFICATION_CODE",
  TWO_FACTOR_UNREADABLE: "TWO_FACTOR_UNREADABLE",
  CHALLENGE_EXPIRED: "CHALLENGE_EXPIRED",
  ENROLLMENT_EXPIRED: "ENROLLMENT_EXPIRED",
  TWO_FACTOR_UNAVAILABLE: "TWO_FACTOR_UNAVAILABLE",
  TWO_FACTOR_NOT_ENABLED: "TWO_FACTOR_NOT_ENABLED",
  TWO_FACTOR_REQUIRED_BY_POLICY: "TWO_FACTOR_REQUIRED_BY_POLICY",
  LAST_AUTHENTICATOR: "LAST_AUTHENTICATOR",
  LOGIN_NAME_TAKEN: "LOGIN_NAME_TAKEN",
  WEAK_PASSWORD: "WEAK_PASSWORD",
  WRONG_PASSWORD: "WRONG_PASSWORD",
  INVALID_MAIL_TOKEN: "INVALID_MAIL_TOKEN",
  LAST_ADMINISTRATOR: "LAST_ADMINISTRATOR",
  SELF_RESET: "SELF_RESET",
  APPROVAL_UNKNOWN: "APPROVAL_UNKNOWN",
  APPROVER_NOT_ELIGIBLE: "APPROVER_NOT_ELIGIBLE",
  POLICY_CONFLICT: "POLICY_CONFLICT",
  INVALID_REDIRECT_URI: "INVALID_REDIRECT_URI",
  UNKNOWN_SCOPE: "UNKNOWN_SCOPE",
  LIMIT_REACHED: "LIMIT_REACHED",
} as const;
export type UserErrorCode = (typeof UserErrorCode)[keyof typeof UserErrorCode];
registerEnumType(UserErrorCode, { name: "UserErrorCode" });

/** What every failure that is part of the story tells. */
@InterfaceType({ resolveType: (value: { __typename: string }) => value.__typename })
export abstract class UserError {
  @Field(() => UserErrorCode) code!: UserErrorCode;
  @Field(() => String) message!: string;
  @Field(() => [String], { nullable: true }) path!: readonly string[] | null;
}

type PascalCase<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Capitalize<Lowercase<Head>>}${PascalCase<Tail>}`
  : Capitalize<Lowercase<Text>>;

/** One failure, as a union of a mutation holds it. */
export interface Failure<Code extends UserErrorCode = UserErrorCode> {
  readonly __typename: PascalCase<Code>;
  readonly code: Code;
  readonly message: string;
  readonly path: readonly string[] | null;
}

type Sentence<Code extends UserErrorCode> = Words["failures"][Code];
type Details<Code extends UserErrorCode> =
  Sentence<Code> extends (details: infer Detail) => string ? [details: Detail] : [];

/** Makes a failure in the reader's language; some sentences need details. */
export function failure<Code extends UserErrorCode>(
  code: Code,
  locale: MessageLocale,
  ...details: Details<Code>
): Failure<Code> {
  const sentence = words(locale).failures[code] as string | ((...details: unknown[]) => string);
  const message = typeof sentence === "string" ? sentence : sentence(...details);
  return { __typename: typeNameOf(code), code, message, path: null };
}

/** Makes the GraphQL type of a failure that tells no more than every other. */
export function failureType(code: UserErrorCode, description?: string): new () => UserError {
  class Type extends UserError {}
  const options = { implements: UserError, simpleResolvers: true };
  ObjectType(typeNameOf(code), description === undefined ? options : { ...options, description })(Type);
  return Type;
}

function typeNameOf<Code extends UserErrorCode>(code: Code): PascalCase<Code> {
  const parts = code.split("_").map((part) => part.charAt(0) + part.slice(1).toLowerCase());
  return parts.join("") as PascalCase<Code>;
}
