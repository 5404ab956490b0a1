import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { CallStatus } from "../../../lib/call/status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { type Language, LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { callLines } from "../../../lib/terminal/views/call_view.ts";

/** 03:04:05 by the clock of the machine that runs the test. */
const AT = new Date(2026, 0, 2, 3, 4, 5).getTime();
const address = { ip: "192.168.0.121", port: 6050 };
const name = "Maria José";

function shown(status: CallStatus, language: Language = "en", halfDuplex = false): string[] {
  const context = { say: translator(language), paint: createPainter(false), halfDuplex };
  return callLines(status, { ...context, registry: "10.0.0.1:5000" }, AT);
}

function line(status: CallStatus, language: Language = "en", halfDuplex = false): string {
  const lines = shown(status, language, halfDuplex);
  equal(lines.length, 1, status.kind);
  return lines[0]!;
}

Deno.test("registered: where one is called, with the UDP port", () => {
  match(line({ kind: "registered", name, address, again: false }), /UDP 192\.168\.0\.121:6050/);
  const six = { ip: "2001:db8::5", port: 6000 };
  match(line({ kind: "registered", name, address: six, again: true }), /\[2001:db8::5\]:6000/);
});

Deno.test("a refused name: what it means and the way out, for every word of the registry", () => {
  const words = {
    nome_em_uso: /: it is in use\./,
    nome_invalido: /such a name/,
    porta_invalida: /such a port/,
    ip_invalido: /such an IP/,
    "novo\x1b[2J": /novo␛\[2J/,
  };
  for (const [fault, said] of Object.entries(words)) {
    const refused = line({ kind: "name_refused", name, fault, held: false });
    match(refused, said);
    match(refused, /Nobody can call you.*--name$/);
  }
  match(line({ kind: "name_refused", name, fault: "x", held: true }), /^While .* goes on.*--name$/);
  match(line({ kind: "registry_full" }), /nobody right now.* It is tried again\.$/);
});

Deno.test("the registry is away: at the start with what to check, later with what goes on", () => {
  const refused = "Connection refused (os error 111)";
  const first = line({ kind: "server_away", first: true, reason: refused });
  match(first, /10\.0\.0\.1:5000.*nobody listens there.*--registry-port/);
  match(line({ kind: "server_away", first: false, reason: "no_answer" }), /no answer in time/);
});

Deno.test("a call of ours, from the question to its end", () => {
  equal(
    line({ kind: "who", name, address }),
    'Maria José takes calls at 192.168.0.121:6050. To call: /call "Maria José"',
  );
  equal(line({ kind: "calling", name }), "Looking for Maria José…");
  equal(
    line({ kind: "inviting", name, address }, "pt"),
    "Chamando Maria José (192.168.0.121:6050)… Para desistir: /hangup",
  );
  const connected = {
    kind: "connected",
    name,
    codec: "opus/48000",
    address,
    confirmed: true,
  } as const;
  equal(
    line({ ...connected, outbound: true, crossing: false }),
    "Maria José answered. You are talking (opus/48000, full duplex). To hang up: /hangup",
  );
  match(line({ ...connected, outbound: false, crossing: false }, "en", true), /half duplex/);
  match(line({ ...connected, outbound: false, crossing: true }), /called each other at once/);
  equal(
    line({ kind: "ended", name, confirmed: true, why: "their_hang_up", duration: 67_000 }, "pt"),
    "Maria José desligou. A ligação durou 1:07.",
  );
  match(
    line({ kind: "ended", name, confirmed: true, why: "hung_up", duration: 0 }),
    /^You hung up.*0:00\.$/,
  );
  match(
    line({ kind: "ended", name, confirmed: true, why: "lost", duration: 1000 }),
    /\/call "Maria José"$/,
  );
});

Deno.test("a call that came to nothing: the seed's words where the other is busy", () => {
  const failed = (why: (CallStatus & { kind: "call_failed" })["why"], language: Language = "en") =>
    line({ kind: "call_failed", name, why }, language);
  equal(failed("rejected", "pt"), "usuário destino ocupado");
  equal(failed("rejected"), "usuário destino ocupado (the person is busy or said no)");
  match(failed("no_answer"), /firewall.*\/call "Maria José"$/);
  match(failed("given_up"), /You gave up/);
  match(failed("their_end"), /\/call "Maria José"$/);
  match(failed("no_codec"), /\/chat "Maria José"$/);
});

Deno.test("a call of somebody: when, who, from where, and how to answer", () => {
  equal(
    line({ kind: "invited", name, from: address }, "pt"),
    "03:04:05 Maria José está ligando para você (192.168.0.121:6050). Para atender: /accept. Para recusar: /reject",
  );
  match(line({ kind: "missed", name, confirmed: true }), /^03:04:05 .*\/call "Maria José"$/);
  match(line({ kind: "rejected", name, confirmed: true }), /You turned down/);
});

Deno.test("each refusal says the way out", () => {
  const refusals = {
    in_call: /\/hangup$/,
    no_call: /\/call <name>$/,
    no_invitation: /\/call <name>$/,
    self: /\/list/,
    no_server: /Try again/,
    unknown_user: /\/list/,
    quitting: /ending/,
  } as const;
  for (const [why, words] of Object.entries(refusals)) {
    const refusal = { why: why as keyof typeof refusals, name };
    match(line({ kind: "refused", refusal }), words);
  }
});

Deno.test("what only the log is told has no lines", () => {
  deepEqual(shown({ kind: "left" }), []);
  deepEqual(shown({ kind: "remote_error", code: "bad_reply" }), []);
});

const EVIL = "M\x1b[2J\u202e\n";

Deno.test("nothing of others reaches the terminal raw", () => {
  const statuses: CallStatus[] = [
    { kind: "name_refused", name: EVIL, fault: EVIL, held: false },
    { kind: "server_away", first: false, reason: EVIL },
    { kind: "who", name: EVIL, address },
    { kind: "calling", name: EVIL },
    { kind: "inviting", name: EVIL, address },
    { kind: "invited", name: EVIL, from: address },
    {
      kind: "connected",
      name: EVIL,
      codec: "L16/16000",
      address,
      confirmed: true,
      outbound: true,
      crossing: false,
    },
    { kind: "rejected", name: EVIL, confirmed: true },
    { kind: "missed", name: EVIL, confirmed: true },
    { kind: "call_failed", name: EVIL, why: "no_codec" },
    { kind: "call_failed", name: EVIL, why: "given_up" },
    { kind: "ended", name: EVIL, confirmed: true, why: "lost", duration: 1 },
    { kind: "refused", refusal: { why: "unknown_user", name: EVIL } },
    { kind: "refused", refusal: { why: "no_server", name: EVIL } },
  ];
  for (const status of statuses) {
    for (const language of LANGUAGES) {
      // deno-lint-ignore no-control-regex
      ok(!/[\x00-\x1f\u202e]/.test(line(status, language)), status.kind);
    }
  }
});

Deno.test("call view: who is not confirmed has the mark of such names, and why is told", () => {
  const told = ["other_address", "not_registered", "no_answer"] as const;
  for (const doubt of told) {
    const text = line({ kind: "caller_checked", name: "Maria", doubt }, "pt");
    match(text, /^\?Maria não foi confirmado pelo registro de ligações.* Não confie no nome\.$/);
  }
  deepEqual(shown({ kind: "caller_checked", name: "Maria", doubt: null }), []);
  const stranger = { name: "Maria", confirmed: false } as const;
  match(line({ kind: "missed", ...stranger }), / \?Maria called, and gave up\.$/);
  match(line({ kind: "rejected", ...stranger }), /of \?Maria\.$/);
  match(line({ kind: "ended", ...stranger, why: "lost", duration: 1 }), /\?Maria.*after 0:00\.$/);
  const call = { codec: "opus/48000", address, outbound: false, crossing: false } as const;
  match(line({ kind: "connected", ...stranger, ...call }), /talking to \?Maria /);
});
