/** What is said about connected applications. */
export const applications = {
  title: "Connected applications",
  introduction: "You allowed these applications to act in your name. Withdraw what you no longer use.",
  name: "Application",
  scopes: "What it may do",
  since: "Allowed since",
  lastUsed: "Last used",
  none: "No application is connected.",
  withdraw: "Withdraw",
  withdrawOf: (name: string): string => `Withdraw: ${name}`,
  withdrawTitle: (name: string): string => `Withdraw what ${name} may do?`,
  withdrawHint: (name: string): string =>
    `${name} is refused at once, on every device where it is used. It works again only once it is allowed again.`,
  withdrawn: "The application is no longer connected.",
};
