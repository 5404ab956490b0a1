import { KIB } from "../../base/units.ts";
import type { ExecutableKind } from "./targets.ts";

/** Bytes at the start of a file that are enough to tell. */
export const HEAD_LENGTH = 4 * KIB;

/**
 * What the executable that starts with `head` is made for, or null if it is none of the targets'.
 * Reads the magic number and the machine field of ELF, 64-bit Mach-O and PE files; `HEAD_LENGTH`
 * bytes of a file are enough.
 */
export function executableKind(head: Uint8Array): ExecutableKind | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.byteLength < 64) return null;
  if (view.getUint32(0) === 0x7f454c46) {
    return machineOf("elf", view.getUint16(18, true), 0x3e, 0xb7);
  }
  if (view.getUint32(0, true) === 0xfeedfacf) {
    return machineOf("macho", view.getUint32(4, true), 0x01000007, 0x0100000c);
  }
  if (view.getUint16(0) === 0x4d5a) {
    const header = view.getUint32(0x3c, true);
    if (header + 6 > view.byteLength || view.getUint32(header) !== 0x50450000) return null;
    return view.getUint16(header + 4, true) === 0x8664 ? "pe-x86_64" : null;
  }
  return null;
}

function machineOf(
  format: "elf" | "macho",
  machine: number,
  x86: number,
  arm: number,
): ExecutableKind | null {
  if (machine === x86) return `${format}-x86_64`;
  if (machine === arm) return `${format}-aarch64`;
  return null;
}
