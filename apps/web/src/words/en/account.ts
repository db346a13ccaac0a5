/** What the account settings say. */
export const account = {
  profile: "Profile",
  nameAndLanguage: "Name and language",
  displayName: "Display name",
  displayNameHint: "What others see of you.",
  language: "Language",
  languageHint: "Of these pages, and of the mails to you.",
  emailAddress: "Mail address",
  currentEmailAddress: "Your address",
  noEmailAddress: "None",
  newEmailAddress: "New mail address",
  newEmailAddressHint:
    "A link goes to the new address. The change takes effect once you follow it. Your present address is told at once.",
  emailAddressRule: "Enter a mail address, such as name@example.com.",
  sendLink: "Send the link",
  loginNameAndPassword: "Login Name & Password",
  loginNameHint: "You log in with it. Your password and two-factor authentication stay as they are.",
  loginNameRule: "Enter 1 to 128 characters, without a colon or invisible characters.",
  changeLoginName: "Change the login name",
  loginNameChanged: (loginName: string): string => `From now on you log in as ${loginName}.`,
  passwordEnds:
    "A new password ends your sessions on all other devices. API tokens and connected applications go on.",
  currentPassword: "Current password",
  newPassword: "New password",
  newPasswordHint: (minimum: number): string =>
    `At least ${minimum} characters. A few words that do not belong together are good.`,
  changePassword: "Change the password",
  passwordChanged: (sessions: number): string =>
    ({ 0: "Your password is changed.", 1: "Your password is changed. One other session ended." })[sessions] ??
    `Your password is changed. ${sessions} other sessions ended.`,
};
