import { equal, match, ok } from "node:assert/strict";
import type { TestOutcome } from "../../../lib/media/sound_status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import { calltestLine, calltestVerdict } from "../../../lib/terminal/views/calltest_view.ts";

const paint = createPainter(false);
const context = { say: translator("en"), paint };

Deno.test("call test: the meter shows how loud it is, and what is left", () => {
  const line = (level: number) =>
    calltestLine({ kind: "test", phase: "recording", level, left: 3100 }, context);
  equal(line(-30), "Recording [########        ] -30 dB 4 s");
  equal(line(-96), "Recording [                ] -96 dB 4 s");
  equal(line(0), "Recording [################] 0 dB 4 s");
  equal(line(5), "Recording [################] 5 dB 4 s");
});

Deno.test("call test: the meter fits a narrow screen in every language", () => {
  for (const say of LANGUAGES.map(translator)) {
    for (const phase of ["recording", "playing"] as const) {
      const line = calltestLine({ kind: "test", phase, level: -96, left: 9000 }, { say, paint });
      ok(displayWidth(line) <= 40, line);
    }
  }
});

Deno.test("call test: the verdict, and what to do", () => {
  const verdict = (outcome: TestOutcome) => calltestVerdict(outcome, context);
  match(verdict({ kind: "done", peak: -18.4 }), /works \(peak -18 dBFS\)/);
  match(verdict({ kind: "done", peak: -96 }), /muted.*\/devices$/);
  match(verdict({ kind: "done", peak: -1 }), /too loud/);
  match(verdict({ kind: "in_call" }), /\/hangup/);
  match(verdict({ kind: "interrupted" }), /\/calltest$/);
  const fault = { why: "none_found" } as const;
  match(verdict({ kind: "fault", side: "microphone", fault }), /^No microphone: .*--mic/);
});
