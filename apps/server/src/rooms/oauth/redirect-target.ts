/** What a person is shown of where they go back to: the host, or the scheme that an application on their device has. */
export function shownTarget(redirectUri: string): string {
  const { host, protocol } = new URL(redirectUri);
  return host === "" ? protocol.slice(0, -1) : host;
}

/** The same as a Content-Security-Policy names it. */
export function policySource(redirectUri: string): string {
  const { host, origin, protocol } = new URL(redirectUri);
  return host === "" ? protocol : origin;
}
