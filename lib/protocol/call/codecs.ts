/** How sound is coded in a call, as `convite` and `resposta_ao_convite` name it. */
export type Codec = "opus/48000" | "L16/16000";

/** The codecs of this project, the preferred one first. */
export const CODECS: readonly Codec[] = ["opus/48000", "L16/16000"];

/** The codec that every program of this protocol has. `protocols/call.md`, "Audio". */
export const COMMON_CODEC: Codec = "L16/16000";

/** The codec of a name, without regard to case as with all media types, or null. */
export function codecOf(name: string): Codec | null {
  const wanted = name.toLowerCase();
  return CODECS.find((codec) => codec.toLowerCase() === wanted) ?? null;
}
