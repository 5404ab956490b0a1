import type { Random } from "../base/random.ts";

/** Makes ids that are unique in the network: UUIDv4 (RFC 9562). */
export function uuidSource(random: Random): () => string {
  const word = (): string => Math.floor(random() * 0x1_0000_0000).toString(16).padStart(8, "0");
  return () => {
    const [a, b, c, d] = [word(), word(), word(), word()];
    const variant = "89ab"[parseInt(c[0]!, 16) & 3];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
  };
}
