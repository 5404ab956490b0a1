import { type IpPort, isLocalIp } from "../base/address.ts";

/** Whether two addresses are the same socket. */
export function sameAddress(one: IpPort, two: IpPort): boolean {
  return one.ip === two.ip && one.port === two.port;
}

/**
 * Where to send what is for somebody whose message came from `from` and claims that it receives at
 * `claimed`: there, if that is where the message came from or if both are private or loopback, else
 * back to `from` (`protocols/call.md`). So nobody can have packets sent to a stranger.
 */
export function answerAddress(claimed: Partial<IpPort>, from: IpPort): IpPort {
  const { ip = from.ip, port = from.port } = claimed;
  return isLocalIp(ip) && isLocalIp(from.ip) ? { ip, port } : from;
}

/**
 * Whether an answer from `from` can be that of a callee who was invited at `invited`: from the same
 * machine, whose NAT may have changed the port, or both in a local network, where a machine has
 * several addresses. The call's id, which only the invited know, must be right as well.
 */
export function mayAnswer(invited: IpPort, from: IpPort): boolean {
  return invited.ip === from.ip || (isLocalIp(invited.ip) && isLocalIp(from.ip));
}
