/** What is said where an application asks for access. */
export const consent = {
  title: (issuer: string): string => `Allow access to your ${issuer} account?`,
  asks: (name: string, host: string): string => `${name} at ${host} asks for this:`,
  lasts: (seconds: number): string =>
    seconds < 86_400
      ? `It keeps this access for ${seconds / 3600} hour.`
      : `It keeps this access for up to ${seconds / 86_400} days, unless you withdraw it in your account settings.`,
  as: (displayName: string, loginName: string): string =>
    `You are logged in as ${displayName} (${loginName}).`,
  allow: "Allow",
  deny: "Deny",
  notMe: "Not you? Log in as someone else",
  goneTitle: "This did not work",
  gone: "This request was answered, has expired after five minutes, or belongs to another browser or account. Go back to the application and start again there.",
};
