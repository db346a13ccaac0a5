/** What is said behind "Forgot your password?" and behind links in mails. */
export const passwordReset = {
  requestTitle: "Get a link to set a new password",
  requestIntroduction:
    "Enter your login name or your email address. The link goes to the email address of the account.",
  emailAddress: "Email address",
  or: "or",
  oneOfThem: "Enter your login name or your email address.",
  newLink: "Get a new link",
  sendLink: "Send the link",
  toLogin: "To the login",
  resetTitle: "Set a new password",
  resetIntroduction: "All sessions of the account end. Two-factor authentication stays as it is.",
  newPassword: "New password",
  newPasswordHint: "A few words that have nothing to do with each other are good.",
  repeat: "Repeat the password",
  different: "The two passwords are not the same.",
  setPassword: "Set the password",
  confirmTitle: "Confirm your email address",
  confirmIntroduction: "Confirm to make this the email address of your account.",
  confirm: "Confirm the address",
  confirmAgain:
    "Your profile shows which email address your account has. If it is not the new one, enter it there once more, and a new link is sent to it.",
};
