/** What the pages of the login say. */
export const login = {
  title: "Log in",
  loginName: "Login name",
  password: "Password",
  submit: "Log in",
  startOver: "Start over",
  forgotPassword: "Forgot your password?",
  codeTitle: "Enter your verification code",
  code: "Verification code",
  codeHint: "Your authenticator app shows six digits, new ones every 30 seconds.",
  recoveryCode: "Recovery code",
  recoveryCodeHint: "One of those that you kept when two-factor authentication was set up. Each works once.",
  useRecoveryCode: "Use a recovery code instead",
  useCode: "Use a code from the app instead",
  recoveryCodeAlone:
    "Verification codes are no longer accepted, because too many were wrong. Use a recovery code, or ask your administrator.",
  codeWrong: "The verification code is not valid. Enter the one that the app shows now: each works once.",
  recoveryCodeTitle: "Enter a recovery code",
  recoveryCodeWrong: "The recovery code is not valid. Each works once.",
  nothingAtHand:
    "Neither your phone nor a recovery code at hand? An administrator can disable two-factor authentication for you.",
  codesLeftTitle: "You are logged in",
  codesLeft: (left: number): string => {
    if (left === 0) return "That was your last recovery code.";
    return left === 1 ? "You have 1 recovery code left." : `You have ${left} recovery codes left.`;
  },
  fewCodesLeft: "Make new ones in your account settings, under two-factor authentication.",
  enrollTitle: "Set up two-factor authentication",
  enrollIntroduction:
    "Your organization requires it. From now on each login needs your password and a code from an app on your phone.",
  enrollSubmit: "Enable and log in",
  keepCodes: "Keep your recovery codes",
  enrolled: "Two-factor authentication is enabled.",
  passwordSet: "Your password is set. Log in with it.",
};
