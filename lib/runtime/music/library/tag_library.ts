import process from "node:process";

/** What reads the tags of music files. */
export type TagLibrary = typeof import("music-metadata");

let loading: Promise<TagLibrary | null> | null = null;

/**
 * The library, loaded when it is first asked for, or null where it is not installed.
 *
 * One of its parts looks through the whole environment while it is loaded, for a wish to write
 * traces. Where the program may not see the environment, it is shown an empty one for that moment.
 */
export function loadTagLibrary(): Promise<TagLibrary | null> {
  return loading ??= load();
}

async function load(): Promise<TagLibrary | null> {
  const seen = Deno.permissions.querySync({ name: "env" }).state === "granted";
  const own = Object.getOwnPropertyDescriptor(process, "env");
  const hides = !seen && own?.configurable === true;
  if (hides) Object.defineProperty(process, "env", { ...own, value: {} });
  try {
    return await import("music-metadata");
  } catch {
    return null;
  } finally {
    if (hides) Object.defineProperty(process, "env", own);
  }
}
