import { isIP } from "node:net";

/**
 * Reads an IP address as proxies write it: bare, with a port (`203.0.113.6:2001`), or in brackets with or without one
 * (`[2001:db8::1]:443`, RFC 3986, section 3.2.2). The zone of a link-local address is no part of it. Null: no address.
 */
export function readIpAddress(text: string): string | null {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|([\d.]*))(?::\d{1,5})?$/.exec(text) ?? [];
  const [address = ""] = (bracketed ?? dotted ?? text).split("%", 1);
  return isIP(address) === 0 ? null : address;
}
