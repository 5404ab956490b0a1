import type { DeviceFault } from "../../media/sound_status.ts";
import { DeviceError } from "./device.ts";
import { WavError } from "./wav_header.ts";

/**
 * Asked before a file is opened, because a missing permission would otherwise be a question to the
 * person in the middle of a call.
 *
 * @throws {DeviceError} the program may not
 */
export async function demandFile(kind: "read" | "write", path: string): Promise<void> {
  const { state } = await Deno.permissions.query({ name: kind, path });
  if (state !== "granted") throw new DeviceError({ why: "permission", flag: `--allow-${kind}` });
}

/** What an error of a file that was opened, read or written means to the person. */
export function fileFault(error: unknown, path: string, kind: "read" | "write"): DeviceFault {
  if (error instanceof DeviceError) return error.fault;
  if (error instanceof WavError) return { why: "no_wav", wanted: path };
  if (error instanceof Deno.errors.NotFound) return { why: "not_found", wanted: path };
  if (error instanceof Deno.errors.NotCapable) {
    return { why: "permission", flag: `--allow-${kind}` };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { why: "failed", wanted: path, detail };
}
