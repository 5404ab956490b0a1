import { type Codec, codecOf, COMMON_CODEC } from "../protocol/call.ts";

/**
 * The codec of a call that is accepted: the caller's most preferred one that we have too, or the
 * one that everybody has (`protocols/call.md`: `L16/16000` always available).
 */
export function chooseCodec(offered: readonly string[], own: readonly Codec[]): Codec {
  for (const name of offered) {
    const codec = codecOf(name);
    if (codec !== null && own.includes(codec)) return codec;
  }
  return COMMON_CODEC;
}

/** The codec that a callee chose, or null where it is none that we can use. */
export function chosenCodec(name: string | undefined, own: readonly Codec[]): Codec | null {
  const codec = name === undefined ? COMMON_CODEC : codecOf(name);
  return codec === COMMON_CODEC || (codec !== null && own.includes(codec)) ? codec : null;
}
