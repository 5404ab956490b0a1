import assert from "node:assert/strict";
import { chooseCodec, chosenCodec } from "../../lib/call/codec_choice.ts";
import { CODECS } from "../../lib/protocol/call.ts";

Deno.test("codec: the caller's most preferred one that both have", () => {
  assert.equal(chooseCodec(["opus/48000", "L16/16000"], CODECS), "opus/48000");
  assert.equal(chooseCodec(["L16/16000", "opus/48000"], CODECS), "L16/16000");
  assert.equal(chooseCodec(["PCMU/8000", "OPUS/48000"], CODECS), "opus/48000");
  assert.equal(chooseCodec(["opus/48000", "L16/16000"], ["L16/16000"]), "L16/16000");
});

Deno.test("codec: with nothing in common, or nothing offered, the one that everybody has", () => {
  assert.equal(chooseCodec(["PCMU/8000"], CODECS), "L16/16000");
  assert.equal(chooseCodec([], CODECS), "L16/16000");
});

Deno.test("codec: the callee's choice has to be one of ours", () => {
  assert.equal(chosenCodec("Opus/48000", CODECS), "opus/48000");
  assert.equal(chosenCodec(undefined, CODECS), "L16/16000");
  assert.equal(chosenCodec("opus/48000", ["L16/16000"]), null);
  assert.equal(chosenCodec("PCMU/8000", CODECS), null);
});
