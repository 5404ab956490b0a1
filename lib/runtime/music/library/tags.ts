import { LIBRARY_LIMITS } from "./limits.ts";
import { loadTagLibrary } from "./tag_library.ts";
import { WindowedFile } from "./windowed_file.ts";

/** What a music file says of itself. */
export interface Tags {
  /** Empty where it is not known, as the artist. */
  readonly title: string;
  readonly artist: string;
  /** Playing time, or null where it is not known. */
  readonly seconds: number | null;
}

const NO_TAGS: Tags = { title: "", artist: "", seconds: null };

const latin1 = /^[\0-\xff]*$/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Title, artist and playing time of an open file. One that says nothing, or is broken, or of a kind
 * that is not known, is a file all the same. Only what is needed of it is read, and never much of
 * it is held.
 *
 * @param size bytes of the file
 */
export async function readTags(file: Deno.FsFile, size: number): Promise<Tags> {
  const library = await loadTagLibrary();
  if (library === null) return NO_TAGS;
  const { tagWindow: window, tagBytes: most, tagWindowReads: reads, tagTime } = LIBRARY_LIMITS;
  const deadline = performance.now() + tagTime;
  try {
    const source = new WindowedFile(file, size, { window, most, reads, deadline });
    const { common, format } = await library.parseBlob(source, {
      duration: true,
      skipCovers: true,
    });
    const text = format.container === "WAVE" ? repaired : (words: string) => words;
    const { duration } = format;
    return {
      title: text(common.title ?? ""),
      artist: text(common.artist ?? ""),
      seconds: duration !== undefined && Number.isFinite(duration) && duration >= 0
        ? Math.round(duration * 1000) / 1000
        : null,
    };
  } catch {
    // Whatever a reader of foreign files stumbles over: the file is shared without tags.
    return NO_TAGS;
  }
}

/** A text of a WAV file: these do not say in which coding they are, and most programs write UTF-8. */
function repaired(text: string): string {
  if (!latin1.test(text)) return text;
  try {
    return utf8.decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  } catch {
    return text;
  }
}
