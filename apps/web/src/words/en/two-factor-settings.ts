/** What the account settings say of the person's own two-factor authentication. */
export const twoFactorSettings = {
  title: "Two-Factor Authentication",
  enabled: "Enabled",
  disabled: "Disabled",
  dormant: "Not asked for now",
  enabledSince: (day: string): string => `Since ${day}`,
  introduction:
    "Besides your password, each login then asks for a code that an app on your phone shows. Whoever learns your password still cannot log in.",
  requiredFrom: (day: string): string =>
    `Your organization requires it from ${day}. Enable it before then, at a time that suits you; otherwise your next login after that day sets it up.`,
  unavailable: {
    NOT_ALLOWED:
      "It cannot be enabled: your organization's security policy does not allow it. If you want it, ask an administrator.",
    TRIAL_TOO_OLD:
      "It cannot be enabled: it is offered to organizations whose free trial started on or after September 8, 2019. Yours started before. An administrator sees the date under Security policy.",
    ACCOUNT_KIND:
      "It cannot be enabled: it is for people of the organization, not for guests. Choose a long password that you use nowhere else.",
  },
  noneFurther: {
    NOT_ALLOWED:
      "Your organization's security policy does not allow it now, so logins ask for no code. Your authenticators are kept, and are asked for again once the policy allows it: do not delete them from your app.",
    TRIAL_TOO_OLD:
      "Yours stays, and logins ask for its codes. But no other authenticator can be added, and once disabled it cannot be enabled again: it is offered to organizations whose free trial started on or after September 8, 2019, and yours started before.",
  },
  enable: "Enable",
  exhausted:
    "Codes from the app are no longer accepted, because too many were wrong. Use a recovery code once, and they are accepted again.",
  allExhausted:
    "Codes from the app are no longer accepted, because too many were wrong, and no recovery code remains. Ask an administrator to disable two-factor authentication for you, then enable it again.",
  authenticators: "Authenticators",
  name: "Name",
  added: (moment: string): string => `Added: ${moment}`,
  lastUsed: (moment: string): string => `Last used: ${moment}`,
  rename: "Rename",
  renameOne: (name: string): string => `Rename ${name}`,
  renameTitle: "Rename the authenticator",
  renamed: (name: string): string => `It is now called ${name}.`,
  remove: "Remove",
  removeOne: (name: string): string => `Remove ${name}`,
  removeQuestion: (name: string): string => `Remove ${name}?`,
  removeMeans:
    "Its codes stop working at once, and for good. Confirm with a code from any of your authenticators, or with a recovery code.",
  removed: (name: string): string => `${name} is removed.`,
  onlyOne:
    "This is your only one, so it cannot be removed. With a second device you can log in even when one is lost.",
  several: "A code from any of them logs you in. At most five are possible.",
  maximum: "You have five, and more are not possible. Remove one before you add another.",
  move: "Move to a new phone",
  add: "Add an authenticator",
  codesLeft: (count: number): string =>
    ({ 0: "No recovery code remains.", 1: "One recovery code remains." })[count] ??
    `${count} recovery codes remain.`,
  codesFew: "Make new ones before you run out: without your phone, they are the way in.",
  codesNone: "Make new ones: without your phone, only an administrator can let you in.",
  renew: "Make new codes",
  renewQuestion: "Make new recovery codes?",
  renewMeans: "The old ones stop working at once, those on paper too.",
  newCodes: "Keep your new recovery codes",
  renewed: "Your new recovery codes are in force. Throw the old ones away.",
  disableTitle: "Disable it",
  disableHint: "You do not need this to change phones: move to the new one instead.",
  disable: "Disable",
  disableQuestion: "Disable two-factor authentication?",
  disableMeans:
    "From then on your password alone logs in. Your authenticators and recovery codes are deleted; if you enable it again, you get a new QR code.",
  disableEnds: "Your sessions on all other devices end.",
  disabledNow: (sessions: number): string =>
    ({
      0: "Two-factor authentication is disabled.",
      1: "Two-factor authentication is disabled. One other session ended.",
    })[sessions] ?? `Two-factor authentication is disabled. ${sessions} other sessions ended.`,
  requiredByPolicy:
    "Your organization requires two-factor authentication, so you cannot disable it. To change phones, move to the new one.",
  codeOnce: "Each code works once. If you have just logged in with it, wait for the next one.",
  configureTitle: "Configure Two-Factor Authentication",
  configureIntroduction: "Three steps, on your phone and here. Nothing changes until the last one is done.",
  passwordRequests:
    "From then on, a password sent with a request is refused. Let your programs use an API token instead, OAuth or a session; or a service account.",
  addTitle: "Add an authenticator",
  addIntroduction: "Set the app up on the other device. The authenticators that you have keep working.",
  addAct: "Add",
  addedTitle: "The authenticator is added",
  addedMeans: (name: string): string => `${name} is added. Its codes log you in from now on.`,
  deviceName: "Device name",
  deviceNameHint: "To tell your devices apart, such as: My phone.",
  proveFirst: "Before a QR code is shown, prove that it is you.",
  showQrCode: "Show the QR code",
  newQrCode: "Show a new QR code",
  endBefore: "Also end older access",
  endBeforeHint:
    "This access was given while your password alone was enough. It goes on unless you end it here.",
  endApiTokens: (names: string): string => `Revoke my API tokens: ${names}`,
  endApplications: (names: string): string => `Disconnect my applications: ${names}`,
  and: ", ",
  keepCodes: "Keep your recovery codes",
  enabledNow: (sessions: number): string =>
    ({
      0: "Two-factor authentication is enabled.",
      1: "Two-factor authentication is enabled. One other session, which had no code, ended.",
    })[sessions] ??
    `Two-factor authentication is enabled. ${sessions} other sessions, which had no code, ended.`,
  finish: "Finish",
  backTo: "Back to Login Name & Password",
  moveFirst: "Move to a new phone: 1. Add the new one",
  moveIntroduction: "Have the new phone at hand. The old one keeps working until you remove it.",
  addPhone: "Add the new phone",
  moveSecond: "Move to a new phone: 2. Remove the old one",
  moveRemove:
    "Remove what you no longer use: until then, its codes log you in too. Confirm with the next code from the new phone.",
  movedTitle: "You have moved to the new phone",
  moved: "Your new phone is the only authenticator now.",
};
