/** What is said about connected applications. */
export const applications = {
  title: "Connected applications",
  introduction: "You allowed these applications to act in your name. Disconnect what you no longer use.",
  name: "Application",
  scopes: "What it may do",
  since: "Allowed since",
  lastUsed: "Last used",
  none: "No application is connected.",
  disconnect: "Disconnect",
  disconnectOf: (name: string): string => `Disconnect ${name}`,
  disconnectTitle: (name: string): string => `Disconnect ${name}?`,
  disconnectHint: (name: string): string =>
    `${name} is refused at once, on every device where it is used. It works again only once it is allowed again.`,
  disconnected: "The application is disconnected.",
};
