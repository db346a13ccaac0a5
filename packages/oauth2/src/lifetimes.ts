/** An authorization request waits so long for its person. */
export const REQUEST_LIFETIME = 5 * 60_000;
/** A code lives so long. */
export const CODE_LIFETIME = 60_000;
/** An access token lives so long, in milliseconds. */
export const ACCESS_TOKEN_LIFETIME = 60 * 60_000;
/** A refresh token dies after so long without use. */
export const REFRESH_TOKEN_LIFETIME = 30 * 24 * 60 * 60_000;
/** A family of refresh tokens ends after so long, in milliseconds, however often it was used. */
export const FAMILY_LIFETIME = 365 * 24 * 60 * 60_000;
