import { deepEqual, equal, ok } from "node:assert/strict";
import { MessageTrace, type PeerMessage } from "../../lib/terminal/message_trace.ts";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";

/** 03:04:05 by the clock of the machine that runs the test. */
const AT = new Date(2026, 0, 2, 3, 4, 5).getTime();
const INVITATION = '{"type":"convite","call_id":"1","nome":"João"}';

function trace(on = true): MessageTrace {
  return new MessageTrace({ say: translator("pt"), paint: createPainter(false), on });
}

function message(changes: Partial<PeerMessage> = {}): PeerMessage {
  const remote = { name: null, ip: "192.168.0.121", port: 6050 };
  return { direction: "out", ...remote, text: INVITATION, ...changes };
}

Deno.test("trace: time, direction, remote and the whole message", () => {
  deepEqual(trace().lines(message(), AT), [
    `03:04:05 → 192.168.0.121:6050  ${INVITATION}`,
  ]);
  const bytes = new TextEncoder().encode('{"type":"encerrar_ligação"}');
  deepEqual(trace().lines(message({ direction: "in", name: "Zé", text: bytes }), AT), [
    '03:04:05 ← Zé 192.168.0.121:6050  {"type":"encerrar_ligação"}',
  ]);
});

Deno.test("trace: a message that is sent again is short, and counted", () => {
  const seen = trace();
  seen.lines(message(), AT);
  deepEqual(seen.lines(message(), AT), ["03:04:05 → 192.168.0.121:6050  convite (de novo, 2)"]);
  deepEqual(seen.lines(message(), AT), ["03:04:05 → 192.168.0.121:6050  convite (de novo, 3)"]);
});

Deno.test("trace: the same from or to another remote, or after another message, is shown whole", () => {
  const seen = trace();
  const whole = (shown: string[]) => ok(shown[0]!.endsWith(INVITATION), shown[0]);
  whole(seen.lines(message(), AT));
  whole(seen.lines(message({ direction: "in" }), AT));
  whole(seen.lines(message({ port: 6051 }), AT));
  seen.lines(message({ text: '{"type":"encerrar_ligação"}' }), AT);
  whole(seen.lines(message(), AT));
});

Deno.test("trace: what others send is printable, and may be anything", () => {
  const seen = trace();
  const texts = ['{"type":"a\\u001b[2J"}', '{"type":7}', "null", "{", "\x1b[2J\u202e", "[]"];
  for (const text of texts) {
    for (let i = 0; i < 2; i++) {
      const [line] = seen.lines(message({ text, name: "\x1b[31m" }), AT);
      // deno-lint-ignore no-control-regex
      ok(!/[\x00-\x1f\u202e]/.test(line!), line);
    }
  }
  seen.lines(message({ text: new Uint8Array([0xff, 0xfe]) }), AT);
});

Deno.test("trace: shows nothing while it is off", () => {
  const seen = trace(false);
  deepEqual(seen.lines(message(), AT), []);
  seen.on = true;
  equal(seen.lines(message(), AT).length, 1);
});

Deno.test("trace: remotes are forgotten when there are many", () => {
  const seen = trace();
  seen.lines(message(), AT);
  for (let port = 1; port <= 64; port++) seen.lines(message({ port }), AT);
  ok(seen.lines(message(), AT)[0]!.endsWith(INVITATION));
});
