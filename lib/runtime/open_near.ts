import { LIMITS } from "../base/limits.ts";

/**
 * Opens the wanted port, or the next free one above it. Whether a port is free is found out by
 * trying, which is the only answer that is still true a moment later.
 *
 * @param wanted a port, or 0 for any free one
 * @param open opens one port and throws `AddrInUse` where it is taken
 * @throws {Deno.errors.AddrInUse} where none of `LIMITS.portsTried` ports is free
 */
export function openNear<T>(wanted: number, open: (port: number) => T): T {
  const last = wanted === 0 ? 0 : Math.min(65535, wanted + LIMITS.portsTried - 1);
  for (let port = wanted;; port += 1) {
    try {
      return open(port);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || port >= last) throw error;
    }
  }
}
