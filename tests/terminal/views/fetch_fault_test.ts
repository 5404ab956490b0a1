import { equal, match, ok } from "node:assert/strict";
import type { FetchFault } from "../../../lib/music/reception_contract.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { fetchFault, fetchReason, whoShares } from "../../../lib/terminal/views/fetch_fault.ts";
import { song } from "./music_fixture.ts";

const say = translator("en");
const WAYS: Readonly<Record<FetchFault, RegExp>> = {
  no_source: /\/files$/,
  no_answer: /firewall.*ask ana\. .*\/files$/,
  source_gone: /kept.*\/files$/,
  busy: /in a moment\.$/,
  not_available: /\/files$/,
  source_failed: /kept.*\/files$/,
  wrong_size: /Ask ana .*\/files$/,
  wrong_list: /Ask ana .*\/files$/,
  wrong_bytes: /Ask ana .*\/files$/,
  wrong_content: /Ask ana .*\/files$/,
  too_large: /Ask ana/,
};

Deno.test("each fault of a fetch names the song and the way out", () => {
  for (const [fault, way] of Object.entries(WAYS)) {
    const sentence = fetchFault(fault as FetchFault, song(), say);
    match(sentence, /^Bach – Suite nº 1 did not arrive: /);
    match(sentence, way);
    for (const language of LANGUAGES) {
      ok(fetchReason(fault as FetchFault, translator(language)) !== "");
    }
  }
});

Deno.test("whom to ask is who has the song, as far as that is known", () => {
  equal(whoShares(song({ nodes: ["ana", "rui"] }), say), "ana, rui");
  equal(whoShares(song({ nodes: [] }), say), "whoever shares it");
  equal(whoShares(null, say), "whoever shares it");
  match(fetchFault("busy", null, say), /^the song did not arrive/);
});
