import { inEnglish as number } from "../numbers";

/** What the page of the pending resets says. */
export const resets = {
  title: "Pending resets",
  introduction:
    "A reset disables two-factor authentication of a person who lost their phone. One administrator requests it, and a second one approves or rejects it here. A request that nobody answers expires.",
  empty: "No reset is pending.",
  emptyHint: "Resets are listed here only where the security policy asks for a second administrator.",
  of: (displayName: string, loginName: string): string => `${displayName} (${loginName})`,
  requestedBy: "Requested by",
  requestedAt: "Requested on",
  reason: "Reason",
  until: "Expires",
  ends: "What ends with it",
  endsFactor: "Two-factor authentication, with its authenticators and recovery codes",
  endsSessions: "All sessions",
  endsApplications: "Connected applications",
  endsTokens: "API tokens",
  approve: "Approve",
  approveOf: (name: string): string => `Approve the reset for ${name}`,
  approveTitle: (name: string): string => `Disable two-factor authentication of ${name}?`,
  approveMeans:
    "From then on the password alone logs in. Approve only if you know that the person lost their phone. This ends at once:",
  reject: "Reject",
  rejectOf: (name: string): string => `Reject the reset for ${name}`,
  rejectTitle: (name: string): string => `Reject the reset for ${name}?`,
  rejectMeans:
    "Nothing changes for the account, and its owner is told by email. The reset can be requested again.",
  withdraw: "Withdraw",
  withdrawOf: (name: string): string => `Withdraw the reset for ${name}`,
  withdrawTitle: (name: string): string => `Withdraw the reset for ${name}?`,
  withdrawMeans:
    "Nothing changes for the account, and its owner is told by email. You can request the reset again.",
  ownRequest: "You requested this yourself: another administrator must approve it.",
  ownAccount: "This is your own account: another administrator must approve it.",
  noSecondFactor:
    "To approve, you need two-factor authentication yourself. Enable it in your account settings.",
  notYet:
    "To approve, you must have been an administrator for 24 hours, and since before it was requested, and have logged in with two-factor authentication.",
  approved: (name: string): string => `Two-factor authentication of ${name} is disabled.`,
  sessionsEnded: (count: number): string => `Sessions ended: ${number(count)}.`,
  applicationsEnded: (count: number): string => `Applications disconnected: ${number(count)}.`,
  tokensEnded: (count: number): string => `API tokens revoked: ${number(count)}.`,
  rejected: (name: string): string => `The reset for ${name} is rejected.`,
  withdrawn: (name: string): string => `The reset for ${name} is withdrawn.`,
  moreWait: "More resets are pending. They are shown here once these are answered.",
};
