import { DOWNLOAD_LIMITS } from "./limits.ts";

/** What a file is called of whose name nothing is left. */
const NAMELESS = "music";
/** Controls, what is invisible or turns the direction of text, separators of lines, half pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** What some system takes for a separator, a stream, a pattern or a quote. */
const FORBIDDEN = /[/\\:*?"<>|]/g;
const LEADING = /^[.\s]+/u;
const TRAILING = /[.\s]+$/u;
/** Devices of Windows, with whatever ending. */
const RESERVED =
  /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(?:\.|$)/i;
/** Our own endings: nobody else may make a file look like a download that was not finished. */
const OWN = /^(?:part|state)$/i;
const OWN_AT_END = /\.(part|state)$/i;

const encoder = new TextEncoder();

/** A file's name in two parts. The ending has its dot, or is empty. */
export interface FileName {
  readonly stem: string;
  readonly ending: string;
}

/**
 * A name that is fit for every file system, made of somebody else's: one part of a path, in NFC, that
 * is neither hidden nor reserved nor too long, and shows what it is.
 */
export function safeFileName(name: string): FileName {
  const clean = name.replace(INVISIBLE, "").normalize("NFC")
    .replace(FORBIDDEN, "_").replace(/\s+/gu, " ").replace(LEADING, "").replace(TRAILING, "");
  const dot = clean.lastIndexOf(".");
  const ending = dot > 0 ? endingOf(clean.slice(dot + 1)) : "";
  const whole = ending === "" ? clean.replace(OWN_AT_END, "_$1") : clean.slice(0, dot);
  const kept = RESERVED.test(whole) ? `_${whole}` : whole;
  const cut = cutTo(kept, DOWNLOAD_LIMITS.nameBytes).replace(TRAILING, "");
  // The cut can lay bare an ending that was in the middle.
  if (cut !== kept && ending === "") return safeFileName(cut);
  return { stem: cut === "" ? NAMELESS : cut, ending };
}

/** The name as it is the `number`th time: 1 is the name itself, 2 has ` (2)` before its ending. */
export function numberedName({ stem, ending }: FileName, number: number): string {
  return number === 1 ? `${stem}${ending}` : `${stem} (${number})${ending}`;
}

function endingOf(text: string): string {
  const fits = text.length <= DOWNLOAD_LIMITS.endingCharacters && /^[a-z0-9]+$/i.test(text);
  return fits && !OWN.test(text) ? `.${text}` : "";
}

/** As many whole characters as fit into so many bytes. */
function cutTo(text: string, bytes: number): string {
  if (encoder.encode(text).length <= bytes) return text;
  let [cut, length] = ["", 0];
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    length += encoder.encode(segment).length;
    if (length > bytes) break;
    cut += segment;
  }
  return cut;
}
