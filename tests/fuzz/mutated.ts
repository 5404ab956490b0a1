import type { Random } from "../../lib/base/random.ts";

/** A line with a few of its bytes changed, dropped, doubled or cut off, or random bytes alone. */
export function mutated(line: Uint8Array, random: Random): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  if (random() < 0.1) return Uint8Array.from({ length: below(40) }, () => below(256));
  let bytes = [...line];
  for (let n = below(4); n > 0; n--) {
    const at = below(bytes.length + 1);
    switch (below(5)) {
      case 0:
        bytes[at] = below(256);
        break;
      case 1:
        bytes.splice(at, 1);
        break;
      case 2:
        bytes.splice(at, 0, below(256));
        break;
      case 3:
        bytes.splice(at, 0, ...bytes.slice(at, at + below(8)));
        break;
      default:
        bytes = bytes.slice(0, at);
    }
  }
  return Uint8Array.from(bytes);
}
