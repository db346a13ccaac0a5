/** What is said behind "Forgot your password?" and behind links in mails. */
export const passwordReset = {
  requestTitle: "Get a link to set a new password",
  requestIntroduction:
    "Enter your login name or your mail address. The link goes to the address of the account.",
  emailAddress: "Mail address",
  or: "or",
  oneOfThem: "Enter your login name or your mail address.",
  sendLink: "Send the link",
  toLogin: "To the login",
  resetTitle: "Set a new password",
  resetIntroduction: "All sessions of the account end. Two-factor authentication stays as it is.",
  newPassword: "New password",
  repeat: "The same once more",
  different: "The two are not the same.",
  setPassword: "Set the password",
  confirmTitle: "Confirm your mail address",
  confirmIntroduction: "Confirm, and this address becomes that of your account.",
  confirm: "Confirm the address",
  confirmAgain:
    "Your profile shows which address your account has. If it is not the new one, enter it there once more, and a new link is mailed to it.",
};
