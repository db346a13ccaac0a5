import { BlockList, isIP } from "node:net";
import { readIpAddress } from "../platform/ip-address.js";

/** Says whether an address is that of a proxy whose forwarded headers count. */
export type ProxyTrust = (address: string | undefined) => boolean;

/** Makes the one judge of `KEYTURN_TRUSTED_PROXIES`, for addresses and CIDR ranges of both families. */
export function createProxyTrust(proxies: readonly string[]): ProxyTrust {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = "", prefix] = proxy.split("/");
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return (text = "") => {
    const address = readIpAddress(text);
    return address !== null && list.check(address, familyOf(address));
  };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
