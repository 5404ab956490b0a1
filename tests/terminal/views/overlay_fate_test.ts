import { deepEqual, equal, ok } from "node:assert/strict";
import type { Outcome, SendFault } from "../../../lib/overlay/reports.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { sending, shown } from "./overlay_context.ts";

function fate(outcome: Outcome, to = "bia@UnB") {
  return { kind: "fate", tag: 1, id: "m1", to, outcome } as const;
}

Deno.test("fate: delivered, by which way and in which time", () => {
  deepEqual(shown(fate({ kind: "delivered", via: null, hops: 1, ms: 20 })), [
    "✓ bia@UnB: delivered directly in 20 ms",
  ]);
  const relayed = fate({ kind: "delivered", via: "rui@Giga", hops: 2, ms: 1543 });
  deepEqual(shown(relayed), ["✓ bia@UnB: delivered via rui@Giga (2 hops) in 1.5 s"]);
  deepEqual(shown(relayed, { say: translator("pt") }), [
    "✓ bia@UnB: entregue via rui@Giga (2 saltos) em 1,5 s",
  ]);
});

Deno.test("fate: published to how many, and how many missed it", () => {
  deepEqual(shown(fate({ kind: "published", neighbours: 1, refused: 0 }, "#UnB")), [
    "✓ #UnB: published to 1 neighbour",
  ]);
  deepEqual(shown(fate({ kind: "published", neighbours: 2, refused: 1 }, "*")), [
    "✓ *: published to 2 neighbours",
    "1 more neighbour did not get it, because too much is waiting for it.",
  ]);
});

Deno.test("fate: handed over without an acknowledgement does not look like delivered", () => {
  for (const via of [null, "rui@Giga"]) {
    const [line] = shown(fate({ kind: "unacknowledged", via }));
    ok(line!.includes("not known") && !line!.includes("✓"), line);
    equal(line!.includes("rui@Giga"), via !== null);
  }
});

const FAULTS: Readonly<Record<SendFault, RegExp>> = {
  no_route: /no way .* \/peers \* .*\/connect bia@UnB/,
  ack_timeout: /nobody confirmed it.* send it again/,
  ttl_expired: /too many relays.*\/connect bia@UnB/,
  busy: /again in a moment/,
  too_long: /in parts/,
  no_neighbours: /connected to nobody.*\/connect <name@ns>/,
  own_id: /that is you\. \/peers \*/,
  bad_target: /\/help msg/,
  relay_failed: /a relay could not.*another way/,
  quitting: /is ending/,
};

Deno.test("fate: every fault has its sentence with the way out, and the text is not lost", () => {
  for (const [fault, words] of Object.entries(FAULTS) as [SendFault, RegExp][]) {
    const report = fate({ kind: "not_delivered", fault, detail: "rui@Giga: x" });
    const [why, text] = shown(report, { asked: sending("olá\x07") });
    ok(why!.startsWith("Not delivered to bia@UnB: ") && words.test(why!), why);
    equal(text, "Your text: olá␇");
    for (const language of LANGUAGES) {
      equal(shown(report, { say: translator(language) }).length, 1, fault);
    }
  }
});
