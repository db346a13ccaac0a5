import type { ListTwoFactorResetsQuery } from "../../../generated/two-factor-resets";

/** A reset that waits for a second administrator. */
export type Reset = ListTwoFactorResetsQuery["twoFactorResetRequests"]["nodes"][number];

/** A reset, and how it is decided. */
export interface WaitingResetProps {
  readonly reset: Reset;
  /** Told of what was decided. */
  readonly onDecided: (message: string) => void;
  /** Told that it does not wait any more, where somebody else was faster. */
  readonly onGone: (message: string) => void;
}
