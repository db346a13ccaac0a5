import { GraphQLError } from "graphql";

/**
 * Takes the values of a request out of what graphql itself says about it: one of them may be a password, a code or a
 * token that stood in the wrong place. Names, types and places stay.
 */
export function withoutValues(error: unknown, message: string): string {
  const [, start] = /^(Variable "\$\w+" got invalid value )/.exec(message) ?? [];
  if (start === undefined) return withoutLiterals(message);
  const reason = error instanceof GraphQLError ? error.originalError?.message : undefined;
  if (reason === undefined || !message.endsWith(`; ${reason}`)) return `${start.trimEnd()}.`;
  // Within the value that is left out, quotes are escaped: only the place can end like this.
  const end = message.slice(0, -`; ${reason}`.length).slice(-LONGEST_PLACE);
  const [place = ""] = /at "[^"]*"$/.exec(end) ?? [];
  return `${(start + place).trimEnd()}; ${withoutLiterals(reason)}`;
}

/** A place is made of the schema's own names; what stands before it can be 100 kB of somebody's text. */
const LONGEST_PLACE = 500;

/**
 * How graphql 16 quotes values: at the end of a sentence, but for enums; and the tokens of what does not parse. Each
 * pattern takes time in proportion to the text, whatever that is: its open parts begin at one place, or are bounded.
 */
const QUOTED: readonly (readonly [RegExp, string])[] = [
  [/( cannot represent [^:]{0,60}): [\s\S]*$/, "$1."],
  [/^Value "[\s\S]*" does not exist in/, "The value does not exist in"],
  [/^(Expected value of type "[^"]*"), found [\s\S]*$/, "$1."],
  [/^(Argument "\w+" has invalid value) [\s\S]*$/, "$1."],
  [/^(Syntax Error: [\s\S]{0,60}?(?:Name|String|BlockString|Int|Float)) "[\s\S]*"/, "$1"],
];

function withoutLiterals(message: string): string {
  return QUOTED.reduce((text, [pattern, instead]) => text.replace(pattern, instead), message);
}
