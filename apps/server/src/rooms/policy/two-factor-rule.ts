/** What the organization wants of the second factor. */
export const TwoFactorRule = {
  FORBIDDEN: "FORBIDDEN",
  OPTIONAL: "OPTIONAL",
  REQUIRED_FOR_ADMINISTRATORS: "REQUIRED_FOR_ADMINISTRATORS",
  REQUIRED: "REQUIRED",
} as const;
export type TwoFactorRule = (typeof TwoFactorRule)[keyof typeof TwoFactorRule];
