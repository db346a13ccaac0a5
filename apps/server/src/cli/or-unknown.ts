import { Refusal } from "../platform/problem.js";
import { CommandError } from "./command-error.js";

/** Does what is done to one account; says so where there is none of that login name. */
export async function orUnknown<Result>(loginName: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "NOT_FOUND") throw error;
    const sentence = `There is no account with the login name ${JSON.stringify(loginName)}.`;
    throw new CommandError(sentence, { cause: error });
  }
}
