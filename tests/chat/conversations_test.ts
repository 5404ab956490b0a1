import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import type { ChatStatus, Partner } from "../../lib/chat/status.ts";
import { CALLER_IP, LonePeer } from "./lone_peer.ts";

const bruno: Partner = { label: "Bruno", name: "Bruno", verified: true };
const doubtful: Partner = { label: "?Bruno", name: "Bruno", verified: false };

/** What a person sees, in short. */
function seen(statuses: readonly ChatStatus[]): string[] {
  return statuses.map((status) => {
    switch (status.kind) {
      case "opened":
        return `opened ${status.partner.label}${status.active ? " active" : ""}`;
      case "closed":
        return `closed ${status.partner.label} ${status.ending}`;
      case "message":
        return `${status.partner.label}: ${status.text}`;
      case "sent":
        return `to ${status.partner.label}: ${status.text}`;
      case "switched":
        return `switched ${status.partner.label}`;
      case "not_sent":
        return `not sent ${status.name}: ${status.text}`;
      case "refused":
        return `refused ${status.refusal.why}`;
      case "remote_error":
        return `error ${status.code}`;
      default:
        return status.kind;
    }
  });
}

Deno.test("who calls sends USER first, and then what was written before", () => {
  const lone = LonePeer.registered();
  lone.does({ kind: "to", name: "Bruno", text: "one" });
  lone.does({ kind: "to", name: "Bruno", text: "two" });
  assert.deepEqual(lone.sent(lone.server), ["ADDR Bruno", "LIST"], "it is asked for once");
  lone.serverSays("ADDR 10.0.0.7:21500", "LIST Bruno");
  const link = lone.server + 2;
  lone.does({ kind: "to", name: "Bruno", text: "three" });
  assert.deepEqual(lone.statuses(), []);
  lone.give({ kind: "connected", link });
  assert.deepEqual(lone.sent(link), ["USER Ana", "one", "two", "three"]);
  assert.deepEqual(seen(lone.statuses()), [
    "opened Bruno active",
    "to Bruno: one",
    "to Bruno: two",
    "to Bruno: three",
  ]);
});

Deno.test("what was sent last and never answered may not have arrived, and that is said", () => {
  for (
    const [says, unheard] of [
      [[], false],
      [["say"], true],
      [["say", "hear"], false],
      [["hear", "say"], true],
    ] as const
  ) {
    const lone = LonePeer.registered();
    const link = lone.calling("Bruno");
    for (const step of says) {
      if (step === "say") lone.does({ kind: "say", text: "oi" });
      else lone.hears(link, "oi");
    }
    lone.statuses();
    lone.loses(link, "reset");
    const [closed] = lone.statuses();
    assert.ok(closed?.kind === "closed");
    assert.equal(closed.unheard ?? false, unheard, says.join());
  }
});

Deno.test("a call that does not come about says what was not sent", async (t) => {
  await t.step("the user is not active", () => {
    const lone = LonePeer.registered();
    lone.does({ kind: "to", name: "Bruno", text: "hi" }).serverSays("LIST ");
    assert.deepEqual(seen(lone.statuses()), ["refused not_active", "not sent Bruno: hi"]);
  });
  await t.step("the connection cannot be made", () => {
    const lone = LonePeer.registered();
    lone.does({ kind: "to", name: "Bruno", text: "hi" }).serverSays("ADDR 10.0.0.7:1", "LIST ");
    lone.give({ kind: "unreachable", link: lone.server + 2, reason: "timed out" });
    assert.deepEqual(lone.statuses(), [
      { kind: "refused", refusal: { why: "unreachable", name: "Bruno", reason: "timed out" } },
      { kind: "not_sent", name: "Bruno", text: "hi" },
    ]);
  });
  await t.step("the person gives it up, before and after the address is known", () => {
    for (const replies of [[], ["ADDR 10.0.0.7:1", "LIST "]]) {
      const lone = LonePeer.registered();
      lone.does({ kind: "to", name: "Bruno", text: "hi" }).serverSays(...replies);
      lone.does({ kind: "bye", name: "Bruno" });
      assert.deepEqual(seen(lone.statuses()), ["not sent Bruno: hi", "closed Bruno bye"]);
      assert.ok(lone.done(lone.server + 2).includes("close"));
      if (replies.length === 0) lone.serverSays("ADDR 10.0.0.7:1", "LIST ");
      assert.deepEqual([lone.statuses(), lone.peer.partners], [[], []]);
    }
  });
  await t.step("the program is left", () => {
    const lone = LonePeer.registered();
    lone.does({ kind: "to", name: "Bruno", text: "hi" }).does({ kind: "exit" });
    assert.deepEqual(seen(lone.statuses()), ["not sent Bruno: hi", "closed Bruno bye", "left"]);
  });
  await t.step("it is a call to oneself", () => {
    const lone = LonePeer.registered();
    lone.does({ kind: "chat", name: "Ana" });
    lone.does({ kind: "to", name: "Ana", text: "hi" });
    assert.deepEqual(seen(lone.statuses()), ["refused self", "refused self", "not sent Ana: hi"]);
    assert.deepEqual(lone.effects(), []);
  });
});

Deno.test("a caller is asked about, and verified by the address that the server knows", () => {
  const lone = LonePeer.registered();
  const link = lone.accepts("10.0.0.7");
  lone.hears(link, "USER Bruno");
  assert.deepEqual(lone.sent(lone.server), ["ADDR Bruno", "LIST"]);
  lone.hears(link, "early");
  assert.deepEqual(lone.statuses(), [], "nothing is shown before it is known who says it");
  lone.serverSays("ADDR 10.0.0.7:21500", "LIST Bruno");
  assert.deepEqual(lone.statuses(), [
    { kind: "opened", partner: bruno, outbound: false, active: true, doubt: null },
    { kind: "message", partner: bruno, text: "early" },
  ]);
});

Deno.test("a caller that the server does not confirm stays marked to the end", async (t) => {
  const cases = [
    ["other_address", (lone: LonePeer) => lone.serverSays("ADDR 10.0.0.66:21500", "LIST Bruno")],
    ["not_active", (lone: LonePeer) => lone.serverSays("LIST ")],
    ["no_answer", (lone: LonePeer) => lone.passes(LIMITS.chatVerification)],
    ["no_answer", (lone: LonePeer) => lone.loses(lone.server)],
  ] as const;
  for (const [doubt, answer] of cases) {
    await t.step(doubt, () => {
      const lone = LonePeer.registered();
      const link = lone.accepts();
      lone.hears(link, "USER Bruno");
      answer(lone);
      assert.deepEqual(lone.statuses().filter(({ kind }) => kind !== "server_away"), [
        { kind: "opened", partner: doubtful, outbound: false, active: true, doubt },
      ]);
      lone.serverSays("ADDR 10.0.0.9:21500", "LIST Bruno");
      lone.hears(link, "hi").does({ kind: "say", text: "who?" }).hears(link, "DISC");
      assert.deepEqual(
        lone.statuses().filter(({ kind }) => kind !== "remote_error"),
        [
          { kind: "message", partner: doubtful, text: "hi" },
          { kind: "sent", partner: doubtful, text: "who?", parts: 1 },
          { kind: "closed", partner: doubtful, ending: "their_bye" },
        ],
      );
    });
  }
});

Deno.test("a caller who leaves before the verdict was here all the same", async (t) => {
  const endings = [
    ["their_bye", (lone: LonePeer, link: number) => lone.hears(link, "DISC")],
    ["lost", (lone: LonePeer, link: number) => lone.loses(link)],
    [
      "line_too_long",
      (lone: LonePeer, link: number) => lone.give({ kind: "line_too_long", link, limit: 8192 }),
    ],
  ] as const;
  for (const [ending, leave] of endings) {
    await t.step(ending, () => {
      const lone = LonePeer.registered();
      const link = lone.accepts();
      lone.hears(link, "USER Bruno", "one", "two");
      leave(lone, link);
      lone.hears(link, "after the end");
      assert.deepEqual(seen(lone.statuses()).filter((line) => !line.startsWith("error")), []);
      // A close answers a goodbye, and says that everything before it was shown.
      if (ending === "their_bye") assert.deepEqual(lone.done(link), []);
      lone.serverSays(`ADDR ${CALLER_IP}:21500`, "LIST Bruno");
      assert.ok(lone.done(link).includes("close"));
      assert.deepEqual(seen(lone.statuses()), [
        "opened Bruno active",
        "Bruno: one",
        "Bruno: two",
        `closed Bruno ${ending}`,
      ]);
      assert.deepEqual([lone.peer.active, lone.peer.partners], [null, []]);
    });
  }
});

Deno.test("lines before the verdict are kept up to a cap, and then shown unverified", () => {
  const lone = LonePeer.registered();
  const link = lone.accepts();
  lone.hears(link, "USER Bruno");
  const lines = Array.from({ length: LIMITS.chatLinesBeforeVerified + 5 }, (_, at) => `line ${at}`);
  lone.hears(link, ...lines);
  assert.deepEqual(seen(lone.statuses()), [
    "opened ?Bruno active",
    ...lines.map((line) => `?Bruno: ${line}`),
  ]);
});

Deno.test("a first line that is not USER closes, and only the log is told", () => {
  for (const line of ["hello", "USER", "USER ", "user Bruno", "DISC", `USER ${"x".repeat(65)}`]) {
    const lone = LonePeer.registered();
    const link = lone.accepts();
    lone.hears(link, line);
    assert.deepEqual(lone.done(link), ["close"], line);
    assert.deepEqual(seen(lone.statuses()), ["error bad_greeting"], line);
  }
});

Deno.test("a caller who says nothing for ten seconds is closed", () => {
  const lone = LonePeer.registered();
  const link = lone.accepts();
  lone.passes(LIMITS.chatGreeting - 1);
  assert.deepEqual(lone.done(link), []);
  lone.passes(1);
  assert.deepEqual(lone.done(link), ["close"]);
  assert.deepEqual(seen(lone.statuses()), ["error no_user_in_time"]);
});

Deno.test("a caller who goes, or overflows, before USER leaves no trace", () => {
  const lone = LonePeer.registered();
  lone.loses(lone.accepts());
  const link = lone.accepts();
  lone.give({ kind: "line_too_long", link, limit: LIMITS.chatLineBytes });
  assert.deepEqual(seen(lone.statuses()), ["error no_user_end_of_file", "error line_too_long"]);
  assert.deepEqual(lone.done(link), ["close"]);
});

Deno.test("what a person types is never an instruction", () => {
  const lone = LonePeer.registered();
  const link = lone.calledBy("Bruno");
  lone.effects();
  for (const text of ["DISC", "USER Eva", "DISC ", " DISC", "LIST", "KEEP", "disc"]) {
    lone.does({ kind: "say", text });
  }
  assert.deepEqual(lone.sent(link), [
    "DISC ",
    "USER Eva",
    "DISC ",
    " DISC",
    "LIST",
    "KEEP",
    "disc",
  ]);
  lone.statuses();
  lone.hears(link, "USER Eva", "DISC ", "LIST", "", "disc");
  assert.deepEqual(seen(lone.statuses()), [
    "Bruno: USER Eva",
    "Bruno: DISC ",
    "Bruno: LIST",
    "Bruno: ",
    "Bruno: disc",
  ]);
});

Deno.test("a line break makes two messages, and a typed DISC between them stays text", () => {
  const lone = LonePeer.registered();
  const link = lone.calledBy("Bruno");
  lone.effects();
  lone.statuses();
  lone.does({ kind: "say", text: "one\nDISC\r\nthree\rfour" });
  assert.deepEqual(lone.sent(link), ["one", "DISC ", "three", "four"]);
  assert.deepEqual(lone.statuses(), [
    { kind: "sent", partner: bruno, text: "one\nDISC\r\nthree\rfour", parts: 4 },
  ]);
  lone.effects();
  lone.does({ kind: "say", text: "\n" }).does({ kind: "say", text: "" });
  assert.deepEqual([lone.effects(), lone.statuses()], [[], []], "nothing is nothing");
});

Deno.test("text over the line limit goes out in parts, each within it", () => {
  const lone = LonePeer.registered();
  const link = lone.calledBy("Bruno");
  lone.effects();
  const text = "é".repeat(10_000);
  lone.does({ kind: "say", text });
  const sent = lone.sent(link);
  assert.equal(sent.join(""), text);
  assert.deepEqual(sent.map((line) => new TextEncoder().encode(line).length), [8192, 8192, 3616]);
});

Deno.test("bytes that are no UTF-8 are shown as such, and end nothing", () => {
  const lone = LonePeer.registered();
  const link = lone.calledBy("Bruno");
  lone.statuses();
  lone.give({ kind: "line", link, bytes: new Uint8Array([0x61, 0xff, 0x62]) });
  assert.deepEqual(seen(lone.statuses()), ["Bruno: a\ufffdb"]);
  const other = lone.accepts();
  lone.give({ kind: "line", link: other, bytes: new Uint8Array([0x55, 0xff]) });
  assert.deepEqual(seen(lone.statuses()), ["error bad_utf8"]);
});

Deno.test("the end without DISC is said to be one, and either end closes the connection", () => {
  for (
    const [reason, ending] of [
      ["end_of_file", "lost"],
      ["reset", "lost"],
      ["stalled", "not_reading"],
    ] as const
  ) {
    const lone = LonePeer.registered();
    const link = lone.calledBy("Bruno");
    lone.statuses();
    lone.loses(link, reason);
    assert.deepEqual(seen(lone.statuses()), [`closed Bruno ${ending}`]);
    lone.does({ kind: "say", text: "hello?" });
    assert.deepEqual(seen(lone.statuses()), ["refused none_active"]);
  }
  const lone = LonePeer.registered();
  const link = lone.calledBy("Bruno");
  lone.give({ kind: "line_too_long", link, limit: LIMITS.chatLineBytes });
  assert.deepEqual(seen(lone.statuses()).slice(1), [
    "error line_too_long",
    "closed Bruno line_too_long",
  ]);
  assert.deepEqual(lone.done(link), ["close"]);
});

Deno.test("several conversations: one is active, others are written to without switching", () => {
  const lone = LonePeer.registered();
  const first = lone.calledBy("Bruno");
  const second = lone.calledBy("Camila", "verified", "10.0.0.8");
  assert.deepEqual(seen(lone.statuses()), ["opened Bruno active", "opened Camila"]);
  lone.effects();
  lone.does({ kind: "say", text: "to b" }).does({ kind: "to", name: "Camila", text: "to c" })
    .does({ kind: "say", text: "b again" });
  assert.deepEqual(lone.sent(first), ["to b", "b again"]);
  assert.deepEqual(lone.sent(second), ["to c"]);
  lone.statuses();
  lone.hears(second, "from c");
  assert.deepEqual(seen(lone.statuses()), ["Camila: from c"]);
  assert.equal(lone.peer.active?.label, "Bruno", "what arrives switches nothing");

  lone.does({ kind: "switch", name: "Camila" }).does({ kind: "say", text: "c" });
  assert.deepEqual(seen(lone.statuses()), ["switched Camila", "to Camila: c"]);
  lone.does({ kind: "chat", name: "Bruno" });
  assert.deepEqual(seen(lone.statuses()), ["switched Bruno"], "who is there is not called again");
  lone.does({ kind: "switch", name: "Eva" });
  assert.deepEqual(lone.statuses(), [{
    kind: "refused",
    refusal: { why: "no_conversation", name: "Eva", open: ["Bruno", "Camila"] },
  }]);
  lone.does({ kind: "peers" });
  const camila = { label: "Camila", name: "Camila", verified: true };
  assert.deepEqual(lone.statuses(), [
    { kind: "conversations", partners: [bruno, camila], active: bruno },
  ]);

  lone.does({ kind: "bye", name: "Camila" });
  assert.equal(lone.peer.active?.label, "Bruno");
  lone.does({ kind: "bye", name: null });
  assert.equal(lone.peer.active, null);
  assert.deepEqual(seen(lone.statuses()), ["closed Camila bye", "closed Bruno bye"]);
});

Deno.test("the end of the active conversation makes no other one active by itself", () => {
  const lone = LonePeer.registered();
  const first = lone.calledBy("Bruno");
  lone.calledBy("Camila", "verified", "10.0.0.8");
  lone.hears(first, "DISC");
  lone.statuses();
  lone.does({ kind: "say", text: "for Bruno only" });
  assert.deepEqual(lone.statuses(), [
    { kind: "refused", refusal: { why: "none_active", open: ["Camila"] } },
  ]);
});

Deno.test("whoever shares a name is told apart by what to type", () => {
  const lone = LonePeer.registered();
  lone.calledBy("Bruno");
  const second = lone.calledBy("Bruno", "not_active");
  const third = lone.calledBy("Bruno", "not_active");
  assert.deepEqual(lone.peer.partners.map(({ label }) => label), ["Bruno", "?Bruno", "?Bruno~2"]);
  lone.effects();
  lone.does({ kind: "to", name: "?Bruno~2", text: "x" });
  assert.deepEqual(lone.sent(third), ["x"]);
  lone.does({ kind: "bye", name: "?Bruno" });
  assert.deepEqual(lone.sent(second), ["DISC"]);
  lone.calledBy("Bruno", "not_active");
  assert.deepEqual(lone.peer.partners.map(({ label }) => label), ["Bruno", "?Bruno~2", "?Bruno"]);
});

Deno.test("an unverified caller is not who the person means by the bare name", () => {
  const lone = LonePeer.registered();
  const stranger = lone.calledBy("Bruno", "not_active");
  lone.effects();
  lone.does({ kind: "to", name: "Bruno", text: "secret" });
  assert.deepEqual(lone.sent(stranger), []);
  assert.deepEqual(lone.sent(lone.server), ["ADDR Bruno", "LIST"]);
});

Deno.test("a 65th silent caller costs the oldest its place, and speakers keep theirs", () => {
  const lone = LonePeer.registered();
  const speaker = lone.calledBy("Bruno");
  const silent = Array.from({ length: LIMITS.chatGreetings }, () => lone.accepts());
  lone.effects();
  lone.statuses();
  const late = lone.accepts();
  assert.deepEqual(lone.done(silent[0]!), ["close"]);
  assert.deepEqual(seen(lone.statuses()), ["error too_many_greetings"]);
  lone.hears(late, "USER Camila").hears(speaker, "hi");
  assert.deepEqual(seen(lone.statuses()), ["Bruno: hi"]);
});

Deno.test("conversations are capped, whoever begins them", () => {
  const lone = LonePeer.registered();
  for (let count = 0; count < LIMITS.chatConversations; count += 1) {
    lone.calledBy(`user ${count}`, "verified", `10.1.${count >> 8}.${count & 255}`);
  }
  assert.equal(lone.peer.partners.length, LIMITS.chatConversations);
  lone.statuses();
  const link = lone.accepts();
  assert.deepEqual(lone.done(link), ["abort"]);
  lone.does({ kind: "chat", name: "Eva" });
  assert.deepEqual(seen(lone.statuses()), ["error too_many_conversations", "refused too_many"]);
  lone.does({ kind: "bye", name: "user 7" }).does({ kind: "chat", name: "Eva" });
  assert.deepEqual(seen(lone.statuses()), ["closed user 7 bye"]);
});

Deno.test("where there is no room, the oldest unverified conversation makes it", () => {
  const lone = LonePeer.registered();
  const doubtful = lone.calledBy("Eva", "not_active", "10.9.9.9");
  for (let count = 1; count < LIMITS.chatConversations; count += 1) {
    lone.calledBy(`user ${count}`, "verified", `10.1.${count >> 8}.${count & 255}`);
  }
  lone.statuses();
  lone.effects();
  lone.calledBy("Bruno", "verified", "10.2.2.2");
  assert.deepEqual(lone.sent(doubtful), ["DISC"]);
  assert.deepEqual(seen(lone.statuses()), ["closed ?Eva bye", "opened Bruno active"]);
});

Deno.test("after the farewell the server still knows us, until the exit", () => {
  const lone = LonePeer.registered();
  const link = lone.calledBy("Bruno");
  lone.effects();
  lone.does({ kind: "farewell" });
  assert.deepEqual([lone.sent(link), lone.done(link)], [["DISC"], ["close"]]);
  assert.deepEqual(lone.done(lone.server), []);
  assert.deepEqual(lone.done(lone.accepts()), ["abort"], "nobody is listened to any more");
  const { server } = lone;
  lone.does({ kind: "exit" });
  assert.deepEqual(lone.done(server), ["close"]);
});

Deno.test("one address takes no more than half of the places", () => {
  const lone = LonePeer.registered();
  for (let count = 0; count < LIMITS.chatCallersPerIp; count += 1) {
    lone.calledBy(`user ${count}`, "verified", "10.1.1.1");
  }
  lone.statuses();
  assert.deepEqual(lone.done(lone.accepts("10.1.1.1")), ["abort"]);
  assert.deepEqual(seen(lone.statuses()), ["error too_many_conversations"]);
  lone.calledBy("Bruno", "verified", "10.1.1.2");
  assert.deepEqual(seen(lone.statuses()), ["opened Bruno"]);
});

Deno.test("a call that takes longer than a second is told of, once", () => {
  const lone = LonePeer.registered();
  lone.does({ kind: "chat", name: "Bruno" });
  lone.serverSays("ADDR 10.1.1.1:21500", "LIST Bruno");
  lone.passes(LIMITS.chatCallQuiet - 1);
  assert.deepEqual(seen(lone.statuses()), []);
  lone.passes(1);
  assert.deepEqual(seen(lone.statuses()), ["calling"]);
  lone.passes(60_000);
  assert.equal(lone.statuses().some(({ kind }) => kind === "calling"), false);
});

Deno.test("a call that opens later becomes active only if it was asked for with /chat", () => {
  const lone = LonePeer.registered();
  lone.calledBy("Camila", "verified", "10.0.0.8");
  lone.statuses();
  lone.does({ kind: "to", name: "Bruno", text: "psst" }).serverSays("ADDR 10.0.0.7:1", "LIST ");
  lone.give({ kind: "connected", link: lone.server + 2 });
  assert.deepEqual(seen(lone.statuses()), ["opened Bruno", "to Bruno: psst"]);
  lone.calling("Eva", "10.0.0.6");
  assert.deepEqual(seen(lone.statuses()), ["opened Eva active"]);
});

Deno.test("exit says DISC to everyone, closes everything, and takes no more calls", () => {
  const lone = LonePeer.registered();
  const inbound = lone.calledBy("Bruno");
  const outbound = lone.calling("Camila", "10.0.0.8");
  const silent = lone.accepts();
  const verifying = lone.accepts();
  lone.hears(verifying, "USER Eva", "wait");
  lone.does({ kind: "to", name: "Davi", text: "later" });
  lone.effects();
  lone.statuses();
  lone.does({ kind: "exit" });
  for (const link of [inbound, outbound, verifying]) {
    assert.deepEqual([lone.sent(link), lone.done(link)], [["DISC"], ["close"]]);
  }
  assert.deepEqual([lone.sent(silent), lone.done(silent)], [[], ["close"]]);
  assert.deepEqual([lone.sent(lone.server), lone.done(lone.server)], [[], ["close"]]);
  assert.deepEqual(seen(lone.statuses()), [
    "closed Bruno bye",
    "closed Camila bye",
    "opened ?Eva active",
    "?Eva: wait",
    "closed ?Eva bye",
    "not sent Davi: later",
    "closed Davi bye",
    "left",
  ]);
  assert.equal(lone.peer.wakeAt(), null);
  lone.effects();
  const late = lone.accepts();
  assert.deepEqual(lone.done(late), ["abort"]);
  lone.does({ kind: "exit" }).does({ kind: "chat", name: "Bruno" }).does({ kind: "list" });
  assert.deepEqual(seen(lone.statuses()), ["left", "refused no_server", "refused no_server"]);
});
