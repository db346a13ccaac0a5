/** What the plain pages say beside the failures and refusals, which stand in the catalogue's own parts. */
export const pages = {
  logIn: "Log in",
  loginName: "Login name",
  password: "Password",
  forgotPassword: "Forgot your password?",
  fillIn: "Fill in this field.",
  secondStep: "Enter your verification code",
  secondStepHint: "Your authenticator app shows six digits, new ones every 30 seconds.",
  verificationCode: "Verification code",
  recoveryCode: "Recovery code",
  recoveryCodeHint: "One of those that you kept when two-factor authentication was set up. Each works once.",
  useRecoveryCode: "Use a recovery code instead",
  recoveryCodeAlone:
    "Verification codes are no longer accepted, because too many were wrong. Use a recovery code, or ask your administrator.",
  startOver: "Start over",
  enroll: "Set up two-factor authentication",
  enrollIntroduction:
    "Your organization requires it. From now on each login needs your password and a code from an app on your phone.",
  enrollScan: "Scan this QR code with an authenticator app, such as Google Authenticator.",
  enrollType: "If you cannot scan it, type this key into the app:",
  enrollCode: "Enter the six digits that the app shows now.",
  enrollSubmit: "Enable and log in",
  qrCode: "QR code for the authenticator app",
  clockOff: (seconds: number): string =>
    `The clock of your device seems to be ${Math.abs(seconds)} seconds ${seconds > 0 ? "fast" : "slow"}. Let it set its time by itself, then try the next code.`,
  recoveryCodes: "Keep your recovery codes",
  recoveryCodesIntroduction:
    "Two-factor authentication is enabled. Each of these codes logs you in once, in place of a code from the app, when your phone is not at hand. They are not shown again: print them, or write them down.",
  goOn: "Continue",
  stepUp: "Prove that it is you",
  stepUpIntroduction: (loginName: string): string =>
    `You are logged in as ${loginName}. What you are about to do asks for a fresh proof.`,
  stepUpSubmit: "Confirm",
  requestReset: "Get a link to set a new password",
  requestResetIntroduction:
    "Enter your login name or your email address. The link goes to the email address of the account.",
  emailAddress: "Email address",
  or: "or",
  oneOfThem: "Enter your login name or your email address.",
  requestNewLink: "Get a new link",
  requestResetSubmit: "Send the link",
  resetPassword: "Set a new password",
  resetPasswordIntroduction: "All sessions of the account end. Two-factor authentication stays as it is.",
  newPassword: "New password",
  newPasswordHint: "A few words that have nothing to do with each other are good.",
  repeatPassword: "Repeat the password",
  passwordsDiffer: "The two passwords are not the same.",
  resetPasswordSubmit: "Set the password",
  confirmEmail: "Confirm your email address",
  confirmEmailIntroduction: "Confirm to make this the email address of your account.",
  confirmEmailSubmit: "Confirm the address",
  confirmEmailAgain:
    "Your profile shows which email address your account has. If it is not the new one, enter it there once more, and a new link is sent to it.",
  toLogIn: "To the login",
  authorizationRefused:
    "The application sent you here with a request that cannot be answered safely. Nothing was allowed. Go back to it, or tell its developer what stands below.",
  consentTitle: (issuer: string): string => `Allow access to your ${issuer} account?`,
  consentAsks: (name: string, host: string): string => `${name} at ${host} asks for this:`,
  consentLasts: (seconds: number): string =>
    seconds < 86_400
      ? `It keeps this access for ${seconds / 3600} hour.`
      : `It keeps this access for up to ${seconds / 86_400} days, unless you withdraw it in your account settings.`,
  consentAs: (displayName: string, loginName: string): string =>
    `You are logged in as ${displayName} (${loginName}).`,
  allow: "Allow",
  deny: "Deny",
  notMe: "Not you? Log in as someone else",
  goingOn: "You are being sent back",
  logOut: "Log out",
  logOutAsked: "An application asks to log you out. Other applications that you allowed keep their access.",
  loggedOut: "You are logged out.",
  consentGone:
    "This request was answered, has expired after five minutes, or belongs to another browser or account. Go back to the application and start again there.",
  secondFactorMissing: "Two-factor authentication is needed",
  secondFactorAsked: (name: string): string =>
    `${name} asks for a login with two-factor authentication, which your account does not have. Enable it in your account settings, then start again in the application.`,
  toTwoFactor: "Set up two-factor authentication",
  turnBack: (name: string): string => `Back to ${name}`,
  scopes: {
    openid: "Know who you are",
    profile: "See your name, login name and language",
    email: "See your email address",
    offline_access: "Keep this access while you are away",
    "account:read": "Read your account, its sessions and tokens",
    "account:write": "Change your profile",
    "admin:read": "Read every account and the audit log, as an administrator",
    "admin:write": "Change accounts, as an administrator",
  },
  needsScript: "These pages need JavaScript. Turn it on for this address, and load them again.",
  notFoundTitle: "There is nothing at this address",
  notFound: "The address may be mistyped, or what was here is gone.",
  toAccount: "To your account",
  failed: "This did not work",
  formOld:
    "This form is no longer good, or it was sent from another site. Nothing was done. Load it again, and fill it in once more.",
  otherAccount:
    "Since this page was opened, someone logged in to this browser as another account. Nothing was done. Load the form again to go on as whoever is logged in now.",
  formUnreadable: "The form cannot be read. Nothing was done. Load it again, and fill it in once more.",
  loadAgain: "Load the form again",
};
