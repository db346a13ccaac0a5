import { say } from "../../words/say";
import type { OwnTwoFactor } from "./own-two-factor";

/** So many authenticators an account can have. */
export const MAXIMUM_AUTHENTICATORS = 5;

/** Why the person cannot set up an authenticator now, and what to do; null where they can. */
export function obstacleOf({ viewer }: OwnTwoFactor): string | null {
  if (viewer === null) return null;
  const { availability, state, authenticators } = viewer.twoFactor;
  const count = authenticators?.length ?? 0;
  if (availability === "AVAILABLE")
    return count < MAXIMUM_AUTHENTICATORS ? null : say.twoFactorSettings.maximum;
  return state === "DISABLED" || availability === "ACCOUNT_KIND"
    ? say.twoFactorSettings.unavailable[availability]
    : say.twoFactorSettings.noneFurther[availability];
}
