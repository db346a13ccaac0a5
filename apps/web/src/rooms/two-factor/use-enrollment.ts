import { useCallback, useEffect, useState } from "react";
import { EnrollTwoFactor, type EnrollTwoFactorMutation } from "../../generated/own-two-factor";
import type { Refusal } from "../../graphql/refusal";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";

type Answer = EnrollTwoFactorMutation["enrollTwoFactor"];

/** A fresh secret of the person's own, which waits for its first code. */
export type Enrollment = Extract<Answer, { __typename: "TwoFactorEnrollment" }>;

/** An enrollment on its way. */
export interface Enrolling {
  /** Null until there is one, and where there is none. */
  readonly enrollment: Enrollment | null;
  /** Why there is none. */
  readonly error: string | null;
  readonly refusal: Refusal | null;
  readonly isPending: boolean;
  /** A proof was asked for on the way, and not given. */
  readonly isTurnedBack: boolean;
  /** Begins anew: with another secret. */
  readonly begin: () => void;
}

interface Wanted {
  /** What the device is to be called; empty: as usual. */
  readonly name: string;
  /** Whether it begins when the page appears, or by a press. */
  readonly isAtOnce: boolean;
}

/** Begins an enrollment; a proof that it takes is asked for on the way. */
export function useEnrollment({ name, isAtOnce }: Wanted): Enrolling {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [hasEnded, setEnded] = useState(false);
  const { run, isPending, refusal } = useAction(async () => {
    try {
      const { enrollTwoFactor } = await send(EnrollTwoFactor, { input: name.trim() === "" ? {} : { name } });
      setAnswer(enrollTwoFactor);
    } finally {
      setEnded(true);
    }
  });
  const begin = useCallback(() => void run(), [run]);
  useEffect(() => {
    if (isAtOnce) begin();
  }, [isAtOnce, begin]);
  const isThere = answer?.__typename === "TwoFactorEnrollment";
  return {
    enrollment: isThere ? answer : null,
    error: answer === null || isThere ? null : answer.message,
    isPending: isPending || (isAtOnce && !hasEnded),
    isTurnedBack: hasEnded && answer === null && refusal === null,
    ...{ refusal, begin },
  };
}
