import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { CallStatus } from "../../lib/call/status.ts";
import type { SoundReport } from "../../lib/media/sound_status.ts";
import { CallDialogue, type CallDialogueOptions } from "../../lib/terminal/call_dialogue.ts";
import { parseInput } from "../../lib/terminal/commands/parse_input.ts";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";

const address = { ip: "10.0.0.2", port: 6050 };

function dialogue(changes: Partial<CallDialogueOptions> = {}): CallDialogue {
  return new CallDialogue({
    say: translator("en"),
    paint: createPainter(false),
    registry: "10.0.0.1:5000",
    columns: () => 80,
    interactive: true,
    halfDuplex: false,
    quiet: false,
    ...changes,
  });
}

function typed(person: CallDialogue, line: string) {
  const known = { active: [], open: [], peers: [], neighbours: [], namespaces: [] };
  const input = parseInput(line, { ...known, callable: person.names });
  ok(input.kind === "command" && input.system === "call", line);
  return person.command(input);
}

/** Types a line that is then answered, and tells whether the person waits after each. */
function waits(line: string, ...statuses: CallStatus[]): boolean[] {
  const person = dialogue();
  typed(person, line);
  return [
    person.busy,
    ...statuses.map((status) => {
      person.lines(status, 0);
      return person.busy;
    }),
  ];
}

const connected: CallStatus = {
  kind: "connected",
  name: "Ana",
  codec: "opus/48000",
  address,
  confirmed: true,
  outbound: true,
  crossing: false,
};

Deno.test("dialogue: a question is busy until it is answered", () => {
  deepEqual(waits("/who Ana", { kind: "who", name: "Ana", address }), [true, false]);
  const refusal = { why: "unknown_user", name: "Ana" } as const;
  deepEqual(waits("/who Ana", { kind: "refused", refusal }), [true, false]);
  deepEqual(waits("/who Ana", { kind: "who", name: "Zé", address }), [true, true]);
});

Deno.test("dialogue: a call is busy until it is connected or came to nothing", () => {
  const calling: CallStatus = { kind: "calling", name: "Ana" };
  const inviting: CallStatus = { kind: "inviting", name: "Ana", address };
  deepEqual(waits("/call Ana", calling, inviting, connected), [true, true, true, false]);
  for (const why of ["rejected", "no_answer", "given_up", "their_end", "no_codec"] as const) {
    deepEqual(waits("/call Ana", inviting, { kind: "call_failed", name: "Ana", why }), [
      true,
      true,
      false,
    ]);
  }
  for (const why of ["unknown_user", "no_server", "self", "in_call"] as const) {
    deepEqual(waits("/call Ana", { kind: "refused", refusal: { why, name: "Ana" } }), [
      true,
      false,
    ]);
  }
  deepEqual(waits("/call Ana", { kind: "refused", refusal: { why: "quitting" } }), [true, false]);
  deepEqual(waits("/call Ana", { kind: "left" }), [true, false]);
});

Deno.test("dialogue: what is answered at once, or never, is not waited for", () => {
  for (const line of ["/accept", "/reject", "/hangup"]) deepEqual(waits(line), [false]);
});

Deno.test("dialogue: sound is busy until the report that answers", () => {
  const status = { kind: "stats", status: null } as const;
  const device = { why: "none_found" } as const;
  const devices = { kind: "devices", microphones: [], speakers: [] } as const;
  const answers: readonly (readonly [string, SoundReport])[] = [
    ["/mute", { kind: "muted", on: true }],
    ["/volume", { kind: "volume", percent: 100 }],
    ["/half-duplex on", { kind: "half_duplex", on: true }],
    ["/devices", { ...devices, microphone: device, speaker: device }],
    ["/calltest", { kind: "test_ended", outcome: { kind: "done", peak: -20 } }],
    ["/stats", status],
  ];
  for (const [line, answer] of answers) {
    const person = dialogue();
    typed(person, line);
    person.soundLines({ kind: "sound_back" }, 0);
    person.soundLines({ kind: "test", phase: "recording", level: -20, left: 1 }, 0);
    equal(person.busy, true, line);
    person.soundLines(answer, 0);
    equal(person.busy, false, line);
  }
});

Deno.test("dialogue: names to complete are of those who had to do with calls", () => {
  const person = dialogue();
  person.lines({ kind: "who", name: "Ana Maria", address }, 0);
  person.lines({ kind: "invited", name: "Zé", from: address }, 0);
  person.lines({ kind: "inviting", name: "Ana Maria", address }, 0);
  person.lines({ kind: "refused", refusal: { why: "unknown_user", name: "Ninguém" } }, 0);
  deepEqual([...person.names], ["Zé", "Ana Maria"]);
  for (let i = 0; i < 9999; i++) person.lines({ kind: "invited", name: `p${i}`, from: address }, 0);
  equal([...person.names].length, 4096);
});

Deno.test("dialogue: half duplex is what was asked for at the start, then what sound said last", () => {
  const person = dialogue({ halfDuplex: true });
  match(person.lines(connected, 0)[0]!, /half duplex/);
  person.soundLines({ kind: "half_duplex", on: false }, 0);
  match(person.lines(connected, 0)[0]!, /full duplex/);
});

Deno.test("dialogue: the port to let in is the registered one", () => {
  const person = dialogue();
  person.lines({ kind: "registered", name: "Eu", address, again: false }, 0);
  match(person.soundLines({ kind: "no_sound", packets: false }, 0)[2]!, /UDP 6050/);
});

Deno.test("dialogue: where there is no terminal the meter is printed now and then", () => {
  const person = dialogue({ interactive: false });
  const lines = (phase: "recording" | "playing", at: number) =>
    person.soundLines({ kind: "test", phase, level: -20, left: 1000 }, at).length;
  equal(lines("recording", 10_000), 2);
  equal(lines("recording", 10_999), 0);
  equal(lines("recording", 11_000), 1);
  equal(lines("playing", 11_001), 2);
  equal(lines("playing", 11_002), 0);
  equal(person.meter, null);
  person.soundLines({ kind: "test_ended", outcome: { kind: "interrupted" } }, 20_000);
  equal(lines("playing", 11_003), 2);
});

Deno.test("dialogue: at a terminal the meter moves in the prompt", () => {
  const person = dialogue({ interactive: true });
  const lines = (left: number) =>
    person.soundLines({ kind: "test", phase: "recording", level: -20, left }, 0).length;
  equal(person.meter, null);
  equal(lines(2000), 1, "what to do is said once");
  match(person.meter!, /\[#+ +\] -20 dB 2 s/);
  equal(lines(900), 0);
  match(person.meter!, /1 s$/);
  person.soundLines({ kind: "test_ended", outcome: { kind: "done", peak: -20 } }, 0);
  equal(person.meter, null);
});

Deno.test("dialogue: messages are shown unless that is not wanted", () => {
  const message = { direction: "in", name: null, ip: "10.0.0.1", port: 5000, text: "{}" } as const;
  const person = dialogue({ quiet: true });
  equal(person.messageLines(message, 0).length, 0);
  person.watch(true);
  equal(person.messageLines(message, 0).length, 1);
  person.watch(false);
  equal(person.messageLines(message, 0).length, 0);
  equal(dialogue().messageLines(message, 0).length, 1);
});

Deno.test("dialogue: /stats while it rings says that there is no call yet, and not that there is none", () => {
  const person = dialogue();
  const stats = () => person.soundLines({ kind: "stats", status: null }, 0).join("\n");
  match(stats(), /^There is no call\./);
  for (
    const status of [{ kind: "calling", name: "Ana" }, {
      kind: "invited",
      name: "Ana",
      from: address,
    }]
  ) {
    person.lines(status as CallStatus, 0);
    match(stats(), /^You are not talking to Ana yet\./);
  }
  person.lines({ kind: "missed", name: "Ana", confirmed: true }, 0);
  match(stats(), /^There is no call\./);
  person.lines({ kind: "calling", name: "Zé" }, 0);
  person.lines({ kind: "refused", refusal: { why: "unknown_user", name: "Zé" } }, 0);
  match(stats(), /^There is no call\./);
});

Deno.test("dialogue: messages of a flood that are not shown are counted, where messages are shown", () => {
  deepEqual(dialogue().hiddenLines(1), ["+1 message that was not shown"]);
  deepEqual(dialogue({ say: translator("pt") }).hiddenLines(7), ["+7 mensagens não mostradas"]);
  deepEqual(dialogue({ quiet: true }).hiddenLines(7), []);
});
