/** Whom an account is for. */
export const AccountKind = { PERSON: "PERSON", SERVICE: "SERVICE", GUEST: "GUEST" } as const;
export type AccountKind = (typeof AccountKind)[keyof typeof AccountKind];

/** What an account may do beyond itself. */
export const Role = { USER: "USER", ADMINISTRATOR: "ADMINISTRATOR" } as const;
export type Role = (typeof Role)[keyof typeof Role];
