import type { DeviceFault, SoundDevice } from "../../media/sound_status.ts";
import { DeviceError } from "./device.ts";

/** The library that reaches the sound cards of Windows and macOS. */
export type NativeLibrary = typeof import("decibri");

/** What the program must be started with to use it. */
export const NATIVE_FLAG = "--allow-ffi --allow-env --allow-read";

/**
 * The library, or null where there is none for this machine. It is loaded when it is first asked
 * for, and then stays. Its name is no plain text for the engine, which would otherwise fetch it, 26
 * MB, at the start of every program that has this file.
 *
 * @throws {DeviceError} the program may not load it
 */
export async function loadNativeLibrary(): Promise<NativeLibrary | null> {
  for (const name of ["ffi", "env", "read"] as const) {
    if (Deno.permissions.querySync({ name }).state !== "granted") {
      throw new DeviceError({ why: "permission", flag: NATIVE_FLAG });
    }
  }
  try {
    return (await import("decibri" as string) as { default: NativeLibrary }).default;
  } catch {
    // Not installed, not for this system, or not in a single file: no device is there then.
    return null;
  }
}

/** How the library is told which device. One without an id of its own is known by its name. */
export function nativeDevice({ id, label }: SoundDevice): { id: string } | string {
  const name = id.slice("native:".length);
  return name === label ? name : { id: name };
}

/** What an error of the library means to the person. */
export function nativeFault(device: SoundDevice, error: unknown): DeviceFault {
  const detail = error instanceof Error ? error.message : String(error);
  return { why: "failed", wanted: device.id, detail };
}
