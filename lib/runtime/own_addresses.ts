import { isLocalIp } from "../base/address.ts";

/**
 * The IPv4 addresses under which other machines can reach this one, private networks first, which
 * is where a classroom or a home is. Null where the permission `--allow-sys=networkInterfaces` is
 * missing.
 */
export function ownAddresses(): string[] | null {
  // Asked first, because a missing permission would otherwise be a question to the person.
  const permission = Deno.permissions.querySync({ name: "sys", kind: "networkInterfaces" });
  if (permission.state !== "granted") return null;
  return Deno.networkInterfaces()
    .filter(({ family, address }) => family === "IPv4" && !address.startsWith("127."))
    .map(({ address }) => address)
    .filter((address) => !address.startsWith("169.254."))
    .sort((a, b) => Number(isLocalIp(b)) - Number(isLocalIp(a)));
}
