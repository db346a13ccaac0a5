/** What is said about sessions. */
export const sessions = {
  title: "Sessions",
  introduction:
    "You are logged in on these devices. End what you do not recognize, then change your password.",
  device: "Device",
  address: "IP address",
  lastUsed: "Last used",
  loggedIn: "Logged in",
  provenBy: "Proven by",
  proofs: {
    password: "Password",
    code: "Password and verification code",
    recoveryCode: "Password and recovery code",
  },
  thisSession: "This session",
  unknownDevice: "Unknown device",
  browserOn: (browser: string, system: string): string => `${browser} on ${system}`,
  none: "There is no session.",
  nowhereElse: "You are logged in nowhere else.",
  end: "End",
  endOf: (device: string): string => `End the session: ${device}`,
  endTitle: "End this session?",
  endHint: (device: string, lastUsed: string): string =>
    `${device}, last used ${lastUsed}, is logged out at once. What is not saved there is lost.`,
  ended: "The session has ended.",
  endOthers: "End all others",
  endOthersTitle: "End all other sessions?",
  endOthersHint:
    "You are logged out everywhere but here, at once. API tokens and connected applications keep working.",
  othersEnded: (count: number): string =>
    count === 1 ? "One session has ended." : `${count} sessions have ended.`,
};
