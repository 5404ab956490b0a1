import type { PayloadFormat } from "../protocol/rtp.ts";
import type { Codec } from "./codec.ts";
import { L16Codec } from "./l16_codec.ts";
import { openOpus } from "./opus_codec.ts";

/** Opens the codec that two peers agreed on by its name. */
export async function openCodec(name: PayloadFormat["name"]): Promise<Codec> {
  switch (name) {
    case "opus/48000":
      return await openOpus();
    case "L16/16000":
      return new L16Codec();
  }
}
