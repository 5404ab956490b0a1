import { join } from "node:path";
import { sha256 } from "./digest.ts";

/** The file of checksums, beside the files it is about. */
export const CHECKSUMS_FILE = "SHA256SUMS";

/**
 * Writes `SHA256SUMS` in `folder`, for every file there of which `isOurs(name)` holds, as
 * `sha256sum -c` reads it: also for those of earlier builds, which are still there to be published.
 *
 * @returns the names it covers, sorted
 */
export async function writeChecksums(
  folder: string,
  isOurs: (name: string) => boolean,
): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && isOurs(entry.name)) names.push(entry.name);
  }
  names.sort();
  let lines = "";
  for (const name of names) {
    lines += `${await sha256(await Deno.readFile(join(folder, name)))}  ${name}\n`;
  }
  await Deno.writeTextFile(join(folder, CHECKSUMS_FILE), lines);
  return names;
}
