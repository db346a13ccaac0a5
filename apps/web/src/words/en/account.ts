/** What the account settings say. */
export const account = {
  profile: "Profile",
  nameAndLanguage: "Name and language",
  displayName: "Display name",
  displayNameHint: "The name that others see.",
  language: "Language",
  languageHint: "For these pages and the emails to you.",
  emailAddress: "Email address",
  currentEmailAddress: "Current address",
  noEmailAddress: "None",
  newEmailAddress: "New email address",
  newEmailAddressHint:
    "A link is sent to the new address. The change takes effect once you open it and confirm the address there. Your current address is notified at once.",
  emailAddressRule: "Enter an email address, such as name@example.com.",
  sendLink: "Send the link",
  loginNameAndPassword: "Login Name & Password",
  loginNameHint:
    "You log in with it. When it changes, your password and two-factor authentication stay as they are.",
  loginNameRule: "Enter 1 to 128 characters, without a colon or invisible characters.",
  changeLoginName: "Change the login name",
  loginNameChanged: (loginName: string): string => `From now on you log in as ${loginName}.`,
  loginNameSame: (loginName: string): string => `Nothing was changed: you log in as ${loginName} already.`,
  passwordEnds:
    "A new password ends your sessions on all other devices. API tokens and connected applications keep working.",
  currentPassword: "Current password",
  newPassword: "New password",
  newPasswordHint: (minimum: number): string =>
    `At least ${minimum} characters. A few words that have nothing to do with each other are good.`,
  changePassword: "Change the password",
  passwordChanged: (sessions: number): string =>
    ({ 0: "Your password is changed.", 1: "Your password is changed. One other session ended." })[sessions] ??
    `Your password is changed. ${sessions} other sessions ended.`,
};
