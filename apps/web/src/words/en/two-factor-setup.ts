/** What is said while an authenticator app is set up, and beside recovery codes. */
export const twoFactorSetup = {
  install: "Install an authenticator app on your phone, if you have none yet.",
  apps: "Google Authenticator, Microsoft Authenticator, 2FAS, Aegis and 1Password work, as do others that show six digits.",
  scan: "Scan this QR code with the app.",
  picture: "QR code for the authenticator app. The same key stands below as text, to be typed.",
  typeKey: "If you cannot scan it, type this key into the app:",
  copyKey: "Copy the key",
  openApp: "Open an app on this device",
  code: "Verification code",
  codeHint: "Enter the six digits that the app shows now.",
  clockFast: (seconds: number): string =>
    `The clock of your device seems to be ${seconds} seconds fast. Let it set its time by itself, then try the next code.`,
  clockSlow: (seconds: number): string =>
    `The clock of your device seems to be ${seconds} seconds slow. Let it set its time by itself, then try the next code.`,
  codes: "Recovery codes",
  codesHint:
    "Each of these codes works once in place of a code from the app, when your phone is not at hand. They are not shown again.",
  sheet: (issuer: string, loginName: string): string => `${issuer}: recovery codes of ${loginName}`,
  fileName: "recovery-codes.txt",
  download: "Download",
  print: "Print",
  kept: "I have kept these codes where I find them without my phone.",
  goOn: "Continue",
  leaveTitle: "Leave without your recovery codes?",
  leave: "Leave",
  leaveMeans:
    "You have not confirmed that you kept them, and they are not shown again. You can make new ones later, as long as you have your phone.",
};
