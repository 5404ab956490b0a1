import { dirname } from "node:path";
import { type FileTrouble, fileTrouble } from "../../base/file_trouble.ts";
import type { DeviceFault, SoundSide } from "../../media/sound_status.ts";
import { refusedPath } from "../refused_path.ts";
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

/** Whether a file can be a microphone or a speaker, as far as that is seen without opening it. */
export async function lookAtFile(side: SoundSide, path: string): Promise<DeviceFault | null> {
  const kind = side === "microphone" ? "read" : "write";
  try {
    await demandFile(kind, path);
    const folder = dirname(path);
    if (side === "microphone") {
      if (!(await Deno.stat(path)).isFile) throw new WavError("no regular file");
    } else if (await mayLook(path) && await mayLook(folder)) {
      if ((await Deno.stat(folder)).isFile) return trouble(path, "no_folder");
      const there = await Deno.stat(path).catch(() => null);
      if (there?.isDirectory) return trouble(path, "is_folder");
    }
    return null;
  } catch (error) {
    return fileFault(error, path, kind);
  }
}

async function mayLook(path: string): Promise<boolean> {
  return (await Deno.permissions.query({ name: "read", path })).state === "granted";
}

function trouble(wanted: string, trouble: FileTrouble): DeviceFault {
  return { why: "file", wanted, trouble };
}

/** What an error of a file that was opened, read or written means to the person. */
export function fileFault(thrown: unknown, path: string, kind: "read" | "write"): DeviceFault {
  const error = refusedPath(thrown, path, kind);
  if (error instanceof DeviceError) return error.fault;
  if (error instanceof WavError) return { why: "no_wav", wanted: path };
  if (error instanceof Deno.errors.NotCapable) {
    return { why: "permission", flag: `--allow-${kind}` };
  }
  const known = fileTrouble(error);
  // What is to be written need not be there, but where it is to be.
  const missing = kind === "write" && known === "not_found";
  if (known !== null) return trouble(path, missing ? "no_folder" : known);
  const detail = error instanceof Error ? error.message : String(error);
  return { why: "failed", wanted: path, detail };
}
