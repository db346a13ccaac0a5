import type { CompleteLoginMutation, LogInMutation } from "../../generated/login";

type Answer = LogInMutation["login"];

/** A login whose password was right, and whose second factor is awaited. */
export type Challenge = Extract<Answer, { __typename: "TwoFactorChallenge" }>;

/** A login whose password was right, and that asks to set a second factor up. */
export type EnrollmentRequired = Extract<Answer, { __typename: "TwoFactorEnrollmentRequired" }>;

/** A login that is complete. */
export type LoggedIn = Extract<CompleteLoginMutation["completeLogin"], { __typename: "LoggedIn" }>;
