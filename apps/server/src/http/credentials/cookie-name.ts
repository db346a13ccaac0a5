/**
 * The name of a cookie of ours. Over plain http (a loopback address) a browser takes no `__Host-` cookie. Cookies know
 * no ports (RFC 6265, section 8.5): with its port in the name an installation shares none with its neighbours.
 */
export function cookieName({ protocol, port }: URL, purpose: "session" | "form"): string {
  const name = port === "" ? `keyturn_${purpose}` : `keyturn_${purpose}_${port}`;
  return protocol === "https:" ? `__Host-${name}` : name;
}
