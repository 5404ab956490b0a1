import assert from "node:assert/strict";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import type { LinkId } from "../../lib/base/link.ts";
import { SECOND } from "../../lib/base/units.ts";
import { CallDesk } from "../../lib/directory/call_desk.ts";
import { CALL_REGISTRY_LIMITS } from "../../lib/directory/call_limits.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import {
  type Answer,
  type Asker,
  RegistryDesk,
  type RegistryService,
} from "../../lib/directory/registry_desk.ts";
import { DeskProbe, sentTo } from "./desk_probe.ts";
import { LateStore } from "./late_store.ts";

const TIMEOUT = '{"status":"ERROR","message":"Timeout: no data received, closing connection"}';

/** A service that tells who asked, refuses, stays silent or answers later. */
const echo: RegistryService = {
  types: ["ECHO", "REFUSE", "SILENCE", "LATER"],
  answer(request, asker: Asker, now: number): Answer | Promise<Answer> {
    switch (String(request.type).toUpperCase()) {
      case "REFUSE":
        throw new RemoteProtocolError("bad_name");
      case "SILENCE":
        return { reply: null, reports: [{ kind: "refused", link: asker.link, code: "full" }] };
      case "LATER":
        return Promise.resolve({ reply: "later" });
      default:
        return { reply: `${request.word} ${asker.ip} ${asker.port} ${now}` };
    }
  },
};

const probeOf = () => new DeskProbe(new RegistryDesk([echo]));

Deno.test("registry desk: a request gets one reply, then the connection is closed", async () => {
  const probe = probeOf();
  const link = await probe.connect("192.0.2.1", 45_678);
  assert.deepEqual(await probe.line(link, '{"type":"ECHO","word":"hi"}'), [
    { kind: "send", link, line: `hi 192.0.2.1 45678 ${probe.now}` },
    { kind: "close", link },
  ]);
});

Deno.test("registry desk: a second line on the same connection is not looked at", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  await probe.line(link, '{"type":"ECHO"}');
  assert.deepEqual(await probe.line(link, '{"type":"ECHO"}'), []);
  assert.deepEqual(await probe.input({ kind: "line_too_long", link, limit: 32_768 }), []);
});

Deno.test("registry desk: the type chooses the service without regard to case", async () => {
  const probe = probeOf();
  const link = await probe.connect("192.0.2.1", 1);
  const effects = await probe.line(link, '{"type":"eChO","word":"hi"}');
  assert.equal(sentTo(link, effects).length, 1);
});

/** What is no request for any service, the code, and the reply of the page. */
const FAILURES: readonly (readonly [line: string, code: string, reply: string])[] = [
  ["", "empty", '{"status":"ERROR","message":"Empty request line"}'],
  [" \t", "empty", '{"status":"ERROR","message":"Empty request line"}'],
  ["hello", "invalid_json", '{"status":"ERROR","error":"invalid_json"}'],
  ["[]", "invalid_json", '{"status":"ERROR","error":"invalid_json"}'],
  ["{}", "missing_type", '{"status":"ERROR","error":"missing_type"}'],
  ['{"type":1}', "missing_type", '{"status":"ERROR","error":"missing_type"}'],
  ['{"type":"HELLO"}', "unknown_command", '{"status":"ERROR","message":"Unknown command"}'],
  ['{"type":"constructor"}', "unknown_command", '{"status":"ERROR","message":"Unknown command"}'],
  ['{"type":"REFUSE"}', "bad_name", '{"status":"ERROR","error":"bad_name"}'],
];

for (const [line, code, reply] of FAILURES) {
  Deno.test(`registry desk: ${JSON.stringify(line)} is answered with ${code}, and closed`, async () => {
    const probe = probeOf();
    const link = await probe.connect();
    assert.deepEqual(await probe.line(link, line), [
      { kind: "refused", link, code },
      { kind: "send", link, line: reply },
      { kind: "close", link },
    ]);
  });
}

Deno.test("registry desk: over 32,768 bytes is line_too_long with the limit, and closed", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  assert.deepEqual(await probe.input({ kind: "line_too_long", link, limit: 32_768 }), [
    { kind: "refused", link, code: "line_too_long" },
    { kind: "send", link, line: '{"status":"ERROR","error":"line_too_long","limit":32768}' },
    { kind: "close", link },
  ]);
});

Deno.test("registry desk: silence is a close and a report", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  assert.deepEqual(await probe.line(link, '{"type":"SILENCE"}'), [
    { kind: "close", link },
    { kind: "refused", link, code: "full" },
  ]);
});

Deno.test("registry desk: a service may answer later", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  assert.deepEqual(await probe.line(link, '{"type":"LATER"}'), [
    { kind: "send", link, line: "later" },
    { kind: "close", link },
  ]);
});

Deno.test("registry desk: nothing received in 10 s is a timeout, and closed, once", async () => {
  const probe = probeOf();
  const link = await probe.connect();
  assert.deepEqual(await probe.pass(10 * SECOND - 1), []);
  assert.deepEqual(await probe.pass(250), [
    { kind: "refused", link, code: "timeout" },
    { kind: "send", link, line: TIMEOUT },
    { kind: "close", link },
  ]);
  assert.deepEqual(await probe.pass(10 * SECOND), []);
  assert.deepEqual(await probe.line(link, '{"type":"ECHO"}'), []);
});

Deno.test("registry desk: each connection has its own 10 s", async () => {
  const probe = probeOf();
  const first = await probe.connect();
  await probe.pass(4 * SECOND);
  const answered = await probe.connect();
  const second = await probe.connect();
  const gone = await probe.connect();
  await probe.line(answered, '{"type":"ECHO"}');
  await probe.input({ kind: "closed", link: gone, reason: "reset" });
  const early = await probe.pass(6 * SECOND);
  assert.deepEqual(early.map((effect) => "link" in effect && effect.link), [first, first, first]);
  const late = await probe.pass(4 * SECOND);
  assert.deepEqual(late.map((effect) => "link" in effect && effect.link), [second, second, second]);
});

Deno.test("registry desk: a bug in a service is not mistaken for a remote's error", async () => {
  const broken: RegistryService = {
    types: ["BREAK"],
    answer() {
      throw new RangeError("ours");
    },
  };
  const probe = new DeskProbe(new RegistryDesk([broken]));
  const link = await probe.connect();
  await assert.rejects(probe.line(link, '{"type":"BREAK"}'), RangeError);
});

Deno.test("registry desk: links that it does not know do nothing, and none has a name", async () => {
  const probe = probeOf();
  assert.deepEqual(await probe.line(98, '{"type":"ECHO"}'), []);
  assert.deepEqual(await probe.input({ kind: "closed", link: 98, reason: "reset" }), []);
  assert.equal(probe.desk.nameOf(await probe.connect()), null);
});

/** A service whose connections stay open until somebody says `bye`, with all that it was told. */
function stayingService() {
  const told: string[] = [];
  const closing: LinkId[] = [];
  const service: RegistryService = {
    types: ["TALK"],
    answer({ word }, { link }): Answer | Promise<Answer> {
      told.push(`${word} ${link}`);
      if (word === "refuse") throw new RemoteProtocolError("bad_word");
      const answer: Answer = { reply: `${word}`, stay: word !== "bye" };
      return word === "later" ? Promise.resolve(answer) : answer;
    },
    closed(link) {
      told.push(`closed ${link}`);
      return [{ kind: "user_removed", service: "call", name: `${link}` }];
    },
    sweep() {
      return closing.splice(0).map((link) => ({ kind: "close", link }));
    },
    nameOf: (link) => `name ${link}`,
  };
  const probe = new DeskProbe(new RegistryDesk([echo, service]));
  const say = (link: LinkId, word: string) => probe.line(link, `{"type":"talk","word":"${word}"}`);
  return { probe, told, closing, say };
}

Deno.test("registry desk: a service keeps its connection, and gets the later lines", async () => {
  const { probe, told, say } = stayingService();
  const link = await probe.connect();
  assert.deepEqual(await say(link, "one"), [{ kind: "send", link, line: "one" }]);
  assert.deepEqual(await probe.pass(60 * SECOND), [], "no time limit for what stays");
  assert.deepEqual(await say(link, "later"), [{ kind: "send", link, line: "later" }]);
  assert.equal(probe.desk.nameOf(link), `name ${link}`);
  assert.deepEqual(await say(link, "bye"), [
    { kind: "send", link, line: "bye" },
    { kind: "close", link },
  ]);
  assert.deepEqual(await say(link, "more"), []);
  assert.deepEqual(told, [`one ${link}`, `later ${link}`, `bye ${link}`]);
  assert.equal(probe.desk.nameOf(link), null);
});

Deno.test("registry desk: a connection that stays survives bad lines, and is one service's only", async () => {
  const { probe, say } = stayingService();
  const link = await probe.connect();
  await say(link, "one");
  for (
    const [line, code] of [
      ["", "empty"],
      ["hello", "invalid_json"],
      ["{}", "missing_type"],
      ['{"type":"ECHO","word":"hi"}', "unknown_command"],
      ['{"type":"talk","word":"refuse"}', "bad_word"],
    ] as const
  ) {
    const effects = await probe.line(link, line);
    assert.deepEqual(effects.map(({ kind }) => kind), ["refused", "send"], line);
    assert.deepEqual(effects[0], { kind: "refused", link, code });
  }
  const long = await probe.input({ kind: "line_too_long", link, limit: 32_768 });
  assert.deepEqual(long.map(({ kind }) => kind), ["refused", "send"]);
  assert.equal(sentTo(link, await say(link, "two")).length, 1);
});

Deno.test("registry desk: a service is told of the end of its connection, once", async () => {
  const { probe, told, say } = stayingService();
  const link = await probe.connect();
  await say(link, "one");
  assert.deepEqual(await probe.input({ kind: "closed", link, reason: "reset" }), [
    { kind: "user_removed", service: "call", name: `${link}` },
  ]);
  assert.deepEqual(await probe.input({ kind: "closed", link, reason: "reset" }), []);
  assert.deepEqual(told, [`one ${link}`, `closed ${link}`]);
});

Deno.test("registry desk: a connection that ends while it is answered is the service's to forget", async () => {
  const { probe, told, say } = stayingService();
  const link = await probe.connect();
  const answered = say(link, "later");
  await probe.input({ kind: "closed", link, reason: "reset" });
  assert.deepEqual(await answered, []);
  assert.deepEqual(told, [`later ${link}`, `closed ${link}`]);
});

Deno.test("registry desk: a service may close a connection by itself", async () => {
  const { probe, told, closing, say } = stayingService();
  const link = await probe.connect();
  await say(link, "one");
  closing.push(link);
  assert.deepEqual(await probe.pass(250), [
    { kind: "close", link },
    { kind: "user_removed", service: "call", name: `${link}` },
  ]);
  assert.deepEqual(await say(link, "two"), []);
  assert.deepEqual(told, [`one ${link}`, `closed ${link}`]);
});

Deno.test("registry desk: a name that is taken while its connection is being closed is let go", async () => {
  const memory = new MemoryStore();
  const store = new LateStore(memory);
  const probe = new DeskProbe(new RegistryDesk([new CallDesk(store, "s")]));
  const [ana, bia] = [await probe.connect(), await probe.connect()];
  const register = (link: LinkId, name: string) =>
    probe.line(link, `{"type":"registro","nome":"${name}","porta":6000}`);
  await register(ana, "Ana");
  await probe.line(bia, '{"type":"consulta","nome":"Ana"}');
  // Bia's time without a name is over while the store takes its time with Ana's lease.
  store.hold();
  probe.now += CALL_REGISTRY_LIMITS.nameless;
  const swept = probe.input({ kind: "wake" });
  const registered = register(bia, "Bia");
  store.answer();
  assert.ok((await swept).some((effect) => effect.kind === "close" && effect.link === bia));
  await registered;
  assert.equal(memory.find({ service: "call", group: "", id: "Bia" }, probe.now), null);
  for (let time = 0; time < CALL_REGISTRY_LIMITS.lease; time += 5000) await probe.pass(5000);
  assert.deepEqual(memory.list("call", {}, probe.now).map(({ id }) => id), []);
});
