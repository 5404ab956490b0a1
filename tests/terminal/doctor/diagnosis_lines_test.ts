import assert from "node:assert/strict";
import type { CannotTell, Finding, Reach, ServerFault } from "../../../lib/doctor/findings.ts";
import { diagnose } from "../../../lib/doctor/mark.ts";
import { diagnosisLines } from "../../../lib/terminal/doctor/diagnosis_lines.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";

const plain = createPainter(false);

function lines(finding: Finding, language: "en" | "pt" = "en", columns = Infinity): string[] {
  return diagnosisLines(diagnose(finding), { say: translator(language), paint: plain, columns });
}

const headset = { backend: "pulse", id: "pulse:h", label: "Headset", card: null } as const;

function reach(result: Reach, more: Partial<Finding & { kind: "reach" }> = {}): Finding {
  return {
    kind: "reach",
    which: "listen",
    port: 45_000,
    result,
    behindNat: false,
    lasting: true,
    ...more,
  };
}

function server(why: ServerFault, reason = ""): Finding {
  return { kind: "server", which: "chat", port: 10_000, result: { kind: "fault", why, reason } };
}

function clock(ahead: number, uncertainty = 10): Finding {
  return { kind: "clock", estimate: { ahead, uncertainty } };
}

const SHOWN: readonly (readonly [Finding, readonly string[]])[] = [
  [{ kind: "terminal", terminal: { columns: 80, colour: true, utf8: true } }, [
    "✓ Terminal: 80 columns, colours, UTF-8",
  ]],
  [{ kind: "terminal", terminal: { columns: 80, colour: false, utf8: false } }, [
    "! Terminal: 80 columns, no colours, not UTF-8",
    "  → Set the terminal to UTF-8, or letters with accents come out wrong.",
  ]],
  [{ kind: "terminal", terminal: null }, ["✓ Terminal: none, so plain lines without colours"]],
  [{ kind: "permissions", missing: [] }, ["✓ Permissions: nothing is missing"]],
  [{
    kind: "permissions",
    missing: [
      { use: "files", flag: "--allow-read" },
      { use: "files", flag: "--allow-write" },
    ],
  }, [
    "! Permissions: missing for music, downloads and logs",
    "  → Start the program with --allow-read --allow-write",
  ]],
  [{ kind: "permissions", missing: [{ use: "sound", flag: "--allow-run=parec" }] }, [
    "! Permissions: missing for microphone and speaker",
    "  → Start the program with --allow-run=parec – and if you did, install pulseaudio-utils or alsa-utils.",
  ]],
  [{ kind: "permissions", missing: [{ use: "network", flag: "--allow-net" }] }, [
    "✗ Permissions: missing for the network",
    "  → Start the program with --allow-net",
  ]],
  [{ kind: "addresses", ips: ["192.168.0.7", "203.0.113.7"] }, [
    "✓ Addresses of this machine: 192.168.0.7, 203.0.113.7",
  ]],
  [{ kind: "addresses", ips: [] }, [
    "! Addresses of this machine: none",
    "  → Connect it to a network; until then only programs on this machine reach you.",
  ]],
  [{ kind: "port", which: "call", wanted: 6000, got: 6000 }, ["✓ Calls: UDP 6000 is free"]],
  [{ kind: "port", which: "listen", wanted: 0, got: 41_234 }, ["✓ Chat: TCP 41234 is free"]],
  [{ kind: "port", which: "music", wanted: 7000, got: 7001 }, [
    "! Music: UDP 7000 is taken, so UDP 7001 is used",
    "  → A peer that runs already may have it, which does no harm; where a firewall lets only one port in, choose it with --music-port",
  ]],
  [{ kind: "port", which: "listen", wanted: 80, got: null }, [
    "✗ Chat: TCP 80 cannot be had",
    "  → Choose another port with --listen",
  ]],
  [{ kind: "udp", works: true }, ["✓ UDP on this machine: works"]],
  [{ kind: "udp", works: false }, [
    "✗ UDP on this machine: does not get through",
    "  → Let the firewall or the security program of this machine allow UDP; calls and music need it.",
  ]],
  [{
    kind: "device",
    side: "microphone",
    device: headset,
    preferred: true,
    result: { kind: "heard", level: -41.6 },
  }, ["✓ Microphone “Headset”: gives sound (-42 dBFS at its loudest)"]],
  [{
    kind: "device",
    side: "microphone",
    device: headset,
    preferred: true,
    result: { kind: "silence" },
  }, [
    "! Microphone “Headset”: gives nothing but silence",
    "  → Turn it on or up in the system, or see whether its plug is in; then try /calltest.",
  ]],
  [{
    kind: "device",
    side: "speaker",
    device: headset,
    preferred: true,
    result: { kind: "played" },
  }, ["✓ Speaker “Headset”: takes sound"]],
  [{
    kind: "device",
    side: "speaker",
    device: headset,
    preferred: true,
    result: { kind: "slow" },
  }, [
    "! Speaker “Headset”: is too slow",
    "  → End other programs that use it or that keep the machine busy, then try /calltest.",
  ]],
  [{
    kind: "device",
    side: "speaker",
    device: { ...headset, label: "Bell\x07" },
    preferred: false,
    result: { kind: "fault", fault: { why: "failed", wanted: "pulse:h", detail: "busy\x1b[2J" } },
  }, [
    "! Speaker “Bell␇”: does not work (busy␛[2J)",
    "  → End other programs that use it, or choose another device with --speaker",
  ]],
  [{ kind: "no_device", side: "microphone" }, [
    "! Microphone: none was found",
    "  → Plug one in, or nobody hears you in calls; --mic file:PATH speaks a recording.",
  ]],
  [{ kind: "name", host: "casa", ip: "192.168.0.10" }, [
    "✓ Server, name: casa is 192.168.0.10",
  ]],
  [{ kind: "name", host: "caza", ip: null }, [
    "✗ Server, name: caza is not known",
    "  → Check how it is spelled, or give the server's IP address instead.",
  ]],
  [{
    kind: "server",
    which: "registry",
    port: 5000,
    result: { kind: "directory", madeIn: 1.25, answeredIn: 12.4 },
  }, ["✓ Server, registry (TCP 5000): answers (connected in 1.2 ms, round trip 12 ms)"]],
  [server("refused"), [
    "✗ Server, chat (TCP 10000): nobody listens there",
    "  → Start the server there, or give the port that it has with --chat-port",
  ]],
  [server("no_answer"), [
    "✗ Server, chat (TCP 10000): no answer in time",
    "  → Check the address; if it is right, have TCP 10000 opened in the firewalls on the way.",
  ]],
  [server("unreachable"), [
    "✗ Server, chat (TCP 10000): no way there",
    "  → Check the address, and whether this machine is in a network.",
  ]],
  [server("another_service"), [
    "✗ Server, chat (TCP 10000): something else answers there",
    "  → Give the port of a prosa server with --chat-port",
  ]],
  [server("silent"), [
    "✗ Server, chat (TCP 10000): takes connections and says nothing",
    "  → Check with whoever runs the server that it works, and that its port is the one of --chat-port",
  ]],
  [server("closed", "closed without an answer"), [
    "✗ Server, chat (TCP 10000): closed without an answer",
    "  → Try again; if it stays so, a firewall on the way cuts the connection, or the server is full.",
  ]],
  [{ kind: "seen", observedIp: "192.0.2.7", localIp: "192.0.2.7" }, [
    "✓ Seen from outside: 192.0.2.7, this machine's own address",
  ]],
  [{ kind: "seen", observedIp: "203.0.113.7", localIp: "192.168.0.7" }, [
    "! Seen from outside: 203.0.113.7, while this machine has 192.168.0.7 (NAT)",
    "  → A router stands between you and others: what it does not forward reaches you only in your own network or through a VPN.",
  ]],
  [{ kind: "outside", why: "unknown_request" }, [
    "? Reached from outside: cannot be told",
    "  → This server does not know the question; ask one of this program's own, or somebody who calls you.",
  ]],
  [reach("reached"), ["✓ Chat: TCP 45000 is reached from outside"]],
  [reach("no_answer"), [
    "✗ Chat: TCP 45000 is not reached from outside",
    "  → Until the firewalls of this machine and of its network let TCP 45000 in, you can begin conversations, but nobody from outside can begin one with you.",
  ]],
  [reach("refused", { which: "call", port: 6000, behindNat: true }), [
    "✗ Calls: UDP 6000 is refused before it gets here",
    "  → Until the router forwards UDP 6000 to this machine (or all are in one VPN), nobody from outside can call you, and calls that you make may stay silent.",
  ]],
  [reach("another_machine", { lasting: false }), [
    "✗ Chat: at TCP 45000 another machine answers in your place",
    "  → Start with --listen 45000, so that the port stays, and have the router or firewall let it in: until then you can begin conversations, but nobody from outside can begin one with you.",
  ]],
  [reach("low_port", { port: 80 }), [
    "? Chat: whether TCP 80 is reached cannot be told",
    "  → The server tries only ports from 1024 on; choose one with --listen",
  ]],
  [clock(3), ["✓ Clock: as the server's, to within 10 ms"]],
  [clock(0, 0.2), ["✓ Clock: as the server's, to within 1 ms"]],
  [clock(0.8, 0.5), ["✓ Clock: as the server's, to within 1 ms"]],
  [clock(-900), ["✓ Clock: 900 ms ahead of the server's (± 10 ms)"]],
  [clock(3_700_000), [
    "! Clock: 1 h behind the server's (± 10 ms)",
    "  → Let the system set its clock by itself (NTP), or times of messages and of logs do not fit those of others.",
  ]],
];

for (const [finding, shown] of SHOWN) {
  Deno.test(`doctor: ${shown[0]}`, () => assert.deepEqual(lines(finding), shown));
}

Deno.test("doctor: every fault and every reason not to know has a line and something to do", () => {
  const faults: ServerFault[] = ["unresolved", "not_permitted", "given_up", "other", "broken"];
  const reasons: CannotTell[] = [
    "same_machine",
    "unknown_request",
    "busy",
    "no_server",
    "low_port",
  ];
  const findings: Finding[] = [
    ...faults.map((why) => server(why, "os error 5")),
    server("too_long"),
    ...reasons.map((why): Finding => ({ kind: "outside", why })),
    ...reasons.map((why) => reach(why)),
    reach("no_answer", { which: "music", port: 7000 }),
  ];
  for (const language of ["en", "pt"] as const) {
    for (const finding of findings) {
      const [line, toDo, ...more] = lines(finding, language);
      assert.match(line!, /^[✗?] \S/, JSON.stringify(finding));
      assert.match(toDo!, /^ {2}→ \S/, JSON.stringify(finding));
      assert.deepEqual(more, []);
    }
  }
});

Deno.test("doctor: at any width nothing is wider, and nothing is lost", () => {
  for (const language of ["en", "pt"] as const) {
    for (const columns of [8, 13, 20, 40, 60, 81, 200]) {
      for (const [finding] of SHOWN) {
        const shown = lines(finding, language, columns);
        for (const line of shown) assert.ok(displayWidth(line) <= columns, `${columns}: ${line}`);
        const squeezed = (all: readonly string[]) => all.join("").replace(/\s+/g, "");
        assert.equal(squeezed(shown), squeezed(lines(finding, language)));
      }
    }
  }
});

Deno.test("doctor: colours are on the mark alone", () => {
  const page = { say: translator("en"), paint: createPainter(true), columns: 80 };
  assert.deepEqual(diagnosisLines(diagnose({ kind: "udp", works: true }), page), [
    "\x1b[32m✓\x1b[39m UDP on this machine: works",
  ]);
});
