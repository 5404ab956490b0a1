/**
 * Neighbours by other people: raw sockets, their own idea of the messages, mistakes included.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { ALL_FEATURES, ScriptedNeighbour, WaitingNeighbour } from "./overlay_neighbour.ts";
import { connectedTo, startOverlayPeer } from "./overlay_programs.ts";
import type { PipedProgram } from "./piped_program.ts";
import { type RunningServer, startServer } from "./programs.ts";
import { RawClient } from "./raw_client.ts";

const ANA = "Ana@UnB";
const ZECA = "Zeca@UnB";
const MIA = "Mia@UnB";
const LONGE = "Longe@Giga";

type Ana = PipedProgram & { readonly port: number };

/** Runs a scene with a server and Ana's peer. */
async function withAna(scene: (ana: Ana, server: RunningServer) => Promise<void>): Promise<void> {
  await using server = await startServer(["--quiet"]);
  await using ana = await startOverlayPeer(server, "Ana", "UnB");
  await scene(ana, server);
  assert.equal(ana.errors, "");
}

/** A text message with the fields of the table, and others. */
function text(type: "SEND" | "PUB", msg_id: string, dst: string, fields = {}) {
  return { type, msg_id, src: ZECA, dst, payload: "oi", require_ack: type === "SEND", ...fields };
}

Deno.test("HELLO in many writes, messages that share a segment, timestamps of any kind", () =>
  withAna(async (ana) => {
    await using zeca = await ScriptedNeighbour.connect(ana.port, ZECA);
    const hello = { peer_id: ZECA, type: "HELLO", version: "1.0", features: ["ack", "emoji"] };
    await zeca.dribble(JSON.stringify({ ...hello, ttl: 1, program: "outro" }) + "\r\n");
    assert.deepEqual(await zeca.next("HELLO_OK"), {
      type: "HELLO_OK",
      peer_id: ANA,
      version: "1.0",
      features: ["ack"],
      ttl: 8,
    });
    await ana.waitFor(`Você está na rede de peers, conectado a ${ZECA}.`);
    const odd = ['"ontem"', "12345", "null", '""', '{"s":1}', '"2026-99-99T99:99:99Z"'];
    zeca.raw(
      '{"type":"PING","msg_id":"sem"}\n' +
        odd.map((timestamp, at) =>
          `{"type":"PING","msg_id":"p${at}","timestamp":${timestamp},"ttl":1}\n`
        ).join(""),
    );
    for (const id of ["sem", ...odd.keys().map((at) => `p${at}`)]) {
      const { msg_id, timestamp, ttl } = await zeca.next("PONG");
      assert.deepEqual({ msg_id, ttl }, { msg_id: id, ttl: 8 });
      assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
    }
    assert.doesNotMatch(zeca.came, /ERROR/);
  }));

Deno.test("a program that fixes ttl at 1, or leaves it out, gets exactly one relay", () =>
  withAna(async (ana, server) => {
    await using bruno = await startOverlayPeer(server, "Bruno", "UnB");
    await connectedTo(bruno, [ANA]);
    await using zeca = await ScriptedNeighbour.join(ana.port, ZECA);
    await using mia = await ScriptedNeighbour.join(ana.port, MIA);
    await using longe = await ScriptedNeighbour.join(bruno.port, LONGE);
    for (const [id, fields] of [["m1", { ttl: 1 }], ["m2", {}]] as const) {
      zeca.say(text("SEND", id, MIA, fields));
      assert.equal(
        await mia.nextLine("SEND"),
        JSON.stringify({ ...text("SEND", id, MIA), ttl: 0 }),
      );
      mia.say({ type: "ACK", msg_id: id, from: MIA, ttl: 1 });
      assert.equal((await zeca.next("RELAY_OK")).msg_id, id);
      assert.deepEqual(await zeca.next("ACK"), { type: "ACK", msg_id: id, from: MIA, ttl: 0 });
    }
    zeca.say(text("SEND", "m3", "Bruno@UnB", { ttl: 1 }));
    await bruno.waitFor(`[para você, via ${ANA}] ${ZECA}: oi\n`);
    assert.equal((await zeca.next("ACK")).from, "Bruno@UnB");

    // Ana finds Bruno, who would be the second relay.
    zeca.say(text("SEND", "m4", LONGE, { ttl: 1 }));
    const { msg_id, src, dst, reason } = await zeca.next("TTL_EXPIRED");
    assert.deepEqual({ msg_id, src, dst, reason }, {
      msg_id: "m4",
      src: ANA,
      dst: LONGE,
      reason: "ttl_expired",
    });
    zeca.say(text("PUB", "m5", "*", { ttl: 1 }));
    await bruno.waitFor(`[*, via ${ANA}] ${ZECA}: oi\n`);
    await longe.settled();
    assert.doesNotMatch(longe.came, /"SEND"|"PUB"/);
  }));

Deno.test("a neighbour without `relay` is not asked to, and one without `ack` is not waited for", () =>
  withAna(async (ana) => {
    await using zeca = await ScriptedNeighbour.join(ana.port, ZECA, ["ack", "who_has"]);
    await using mia = await ScriptedNeighbour.join(ana.port, MIA, ["relay", "who_has"]);
    await ana.say(`/msg @${LONGE} por favor`);
    const { msg_id } = await mia.next("WHO_HAS");
    mia.say({ type: "WHO_HAS_HIT", msg_id, src: LONGE, dst: LONGE, via: MIA, ttl: 1 });
    await ana.waitFor(`${LONGE} é alcançado agora via ${MIA}`);
    const send = await mia.next("SEND");
    assert.equal(send.payload, "por favor");
    mia.say({ type: "ACK", msg_id: send.msg_id, from: LONGE, ttl: 1 });
    await ana.waitFor(new RegExp(`^✓ ${LONGE}: entregue via ${MIA} `, "m"));

    await ana.say("/msg @Zeca só para você");
    const direct = await zeca.next("SEND");
    zeca.say({ type: "ACK", msg_id: direct.msg_id, src: ZECA, dst: ANA });
    await ana.waitFor(new RegExp(`^✓ ${ZECA}: entregue diretamente em `, "m"));
    await ana.say("/msg @Mia e para você");
    assert.equal((await mia.next("SEND")).require_ack, false);
    await ana.waitFor(`${MIA}: enviada, mas o programa do outro lado não confirma`);
    await zeca.settled();
    assert.equal(zeca.came.match(/"type":"(?:SEND|WHO_HAS|METRICS_REQ)"/g)?.length, 1);
  }));

Deno.test("an ACK with `src` and `dst` only is accepted, and passed on as it is", () =>
  withAna(async (ana) => {
    await using zeca = await ScriptedNeighbour.join(ana.port, ZECA);
    await using mia = await ScriptedNeighbour.join(ana.port, MIA);
    zeca.say(text("SEND", "m1", MIA, { ttl: 3 }));
    await mia.next("SEND");
    mia.raw(`{"src":"${MIA}","dst":"${ZECA}","msg_id":"m1","type":"ACK","ttl":3}\n`);
    assert.equal(
      await zeca.nextLine("ACK"),
      `{"src":"${MIA}","dst":"${ZECA}","msg_id":"m1","type":"ACK","ttl":2}`,
    );
    await ana.say("/msg @Mia oi");
    const { msg_id } = await mia.next("SEND");
    mia.say({ type: "ACK", msg_id, src: MIA, dst: ANA });
    await ana.waitFor(new RegExp(`^✓ ${MIA}: entregue diretamente em [\\d,]+ ms$`, "m"));
  }));

Deno.test("fields that nobody knows arrive at the far end as they were sent", () =>
  withAna(async (ana) => {
    await using zeca = await ScriptedNeighbour.join(ana.port, ZECA);
    await using mia = await ScriptedNeighbour.join(ana.port, MIA);
    const ids = `"src":"${ZECA}","dst":"${MIA}"`;
    const extra = '"cor":{"r":[1,2.50,"\\u00e9"]},"ttl_2":9,"nota":"\\"ttl\\":5}"';
    // As this project writes, `ttl` last: not one byte but the number changes.
    zeca.raw(`{"type":"SEND",${extra}, "msg_id":"m1",${ids},"payload":{"a":1},"ttl":6}\n`);
    assert.equal(
      await mia.nextLine("SEND"),
      `{"type":"SEND",${extra}, "msg_id":"m1",${ids},"payload":{"a":1},"ttl":5}`,
    );
    zeca.raw(`{"ttl":6,"type":"SEND","msg_id":"m2",${ids},"payload":"oi",${extra}}\n`);
    const second = await mia.next("SEND");
    assert.deepEqual(
      second,
      JSON.parse(`{"type":"SEND","msg_id":"m2",${ids},"payload":"oi",${extra},"ttl":5}`),
    );
    zeca.raw(
      `{"type":"PUB","msg_id":"m3","src":"${ZECA}","dst":"#UnB","payload":"x",${extra},"ttl":2}\n`,
    );
    assert.equal(
      await mia.nextLine("PUB"),
      `{"type":"PUB","msg_id":"m3","src":"${ZECA}","dst":"#UnB","payload":"x",${extra},"ttl":1}`,
    );
    await ana.waitFor(`[#UnB] ${ZECA}: x\n`);
    zeca.raw(
      `{"type":"WHO_HAS","msg_id":"m4","src":"${ZECA}","dst":"${LONGE}",${extra},"ttl":2}\n`,
    );
    assert.equal(
      await mia.nextLine("WHO_HAS"),
      `{"type":"WHO_HAS","msg_id":"m4","src":"${ZECA}","dst":"${LONGE}",${extra},"ttl":1}`,
    );
    mia.raw(
      `{"type":"WHO_HAS_HIT","msg_id":"m4","src":"${MIA}","dst":"${LONGE}",${extra},"ttl":4}\n`,
    );
    assert.equal(
      await zeca.nextLine("WHO_HAS_HIT"),
      `{"type":"WHO_HAS_HIT","msg_id":"m4","src":"${MIA}","dst":"${LONGE}",${extra},"ttl":3}`,
    );
  }));

Deno.test("what is no message gets its error, and the neighbour stays one", () =>
  withAna(async (ana) => {
    await using zeca = await ScriptedNeighbour.join(ana.port, ZECA);
    const error = async () => {
      const { msg_id, detail, ...fields } = await zeca.next("ERROR");
      assert.equal(typeof msg_id, "string");
      assert.equal(typeof detail, "string");
      return fields;
    };
    const spelled = (code: string, ref = "") => ({
      type: "ERROR",
      code,
      ref,
      status: "ERROR",
      error: code,
      ttl: 8,
    });
    zeca.raw("x".repeat(32_769) + "\n");
    assert.deepEqual(await error(), { ...spelled("line_too_long"), limit: 32_768 });
    const most = `{"type":"PING","msg_id":"cheia","x":""}`;
    zeca.raw(most.replace('""', `"${"x".repeat(32_768 - most.length)}"`) + "\n");
    assert.equal((await zeca.next("PONG")).msg_id, "cheia");
    for (
      const garbage of [
        "oi",
        "",
        "{",
        "[1]",
        "null",
        '{"type":7}',
        '{"type":"SEND"}',
        `{"type":"SEND","msg_id":"a","src":"${ZECA}","dst":"#UnB","payload":1}`,
        '{"type":"PING","msg_id":"a","ttl":-1}',
      ]
    ) {
      zeca.raw(garbage + "\n");
      assert.deepEqual(await error(), spelled("bad_format"), garbage);
    }
    zeca.say({ type: "DANCE", msg_id: "d1", ttl: 1 });
    assert.deepEqual(await error(), spelled("p2p_unknown_command", "d1"));
    zeca.raw('{"type":"ERROR"}\n{"status":"ERROR","error":"bad_format"}\n');
    zeca.raw('{"type":"HELLO_OK","peer_id":"Outro@UnB"}\n');
    const before = zeca.came.match(/"ERROR"/g)?.length;
    await zeca.settled();
    assert.equal(zeca.came.match(/"ERROR"/g)?.length, before);
    zeca.say({ ...text("SEND", "fim", ANA), ttl: 0 });
    assert.deepEqual((await zeca.next("ACK")).msg_id, "fim");
    await ana.waitFor(`[para você] ${ZECA}: oi\n`);
  }));

Deno.test("anything before HELLO gets `unauthorized` and the end", () =>
  withAna(async (ana) => {
    for (
      const line of [
        '{"type":"PING","msg_id":"a","timestamp":"","ttl":1}',
        `{"type":"SEND","msg_id":"a","src":"${ZECA}","dst":"${ANA}","payload":"x","ttl":8}`,
        '{"type":"HELLO","peer_id":"sem namespace"}',
        `{"type":"HELLO_OK","peer_id":"${ZECA}"}`,
        `{"type":"HELLO","peer_id":"${ANA}","version":"1.0","features":[]}`,
        "{ não é JSON",
        `{"${"x".repeat(32_768)}`,
      ]
    ) {
      await using stranger = await ScriptedNeighbour.connect(ana.port);
      stranger.raw(line + "\n");
      const { code, status, error } = await stranger.next("ERROR");
      assert.deepEqual([code, status, error], ["unauthorized", "ERROR", "unauthorized"], line);
      await stranger.closed();
    }
    await ana.say("/peers *");
    await ana.waitFor("Ninguém mais está registrado.");
    assert.doesNotMatch(ana.output, /Zeca/);
  }));

Deno.test("one port: the first byte tells the overlay and direct chat apart", () =>
  withAna(async (ana) => {
    await using zeca = await ScriptedNeighbour.join(ana.port, ZECA);
    await using caller = await RawClient.connect(ana.port);
    // Nothing is decided before the first byte, and all of it when it is there.
    zeca.say(text("SEND", "m1", ANA, { ttl: 1 }));
    await zeca.next("ACK");
    caller.send("U");
    await using mia = await ScriptedNeighbour.connect(ana.port, MIA);
    await mia.dribble("{");
    caller.send('SER Caio\r\n{"type":"HELLO"}\r\n');
    await ana.waitFor('?Caio (não confirmado): {"type":"HELLO"}\n');
    mia.raw(`"type":"HELLO","peer_id":"${MIA}","version":"1.0","features":[]}\n`);
    assert.deepEqual((await mia.next("HELLO_OK")).features, []);
    await ana.say("texto da conversa");
    await caller.waitFor("texto da conversa\r\n");
    caller.send("DISC\r\n");
    await caller.closed();
    await zeca.settled();
    assert.match(ana.output, /\[para você\] Zeca@UnB: oi\n/);
    assert.doesNotMatch(zeca.came + mia.came, /conversa|ERROR/);
  }));

Deno.test("connected to by our peer it gets HELLO with every field, and BYE at the end", async () => {
  await using server = await startServer(["--quiet"]);
  await using waiting = await WaitingNeighbour.listen(ZECA);
  await using registration = await RawClient.connect(server.registryPort);
  registration.send(
    `{"type":"REGISTER","namespace":"UnB","name":"Zeca","port":"${waiting.port}","ttl":60}\n`,
  );
  await registration.waitFor('"status":"OK"');
  await using ana = await startOverlayPeer(server, "Ana", "UnB");
  await using zeca = await waiting.connected();
  assert.equal(
    await zeca.nextLine("HELLO"),
    JSON.stringify({
      type: "HELLO",
      peer_id: ANA,
      version: "1.0",
      features: ALL_FEATURES,
      ttl: 8,
    }),
  );
  zeca.raw(`{"features":["ack","relay"],"peer_id":"${ZECA}","type":"HELLO_OK"}\n`);
  await ana.waitFor(`Você está na rede de peers, conectado a ${ZECA}.`);
  await ana.say("/ping Zeca");
  const ping = await zeca.next("PING");
  assert.deepEqual(Object.keys(ping), ["type", "msg_id", "timestamp", "ttl"]);
  zeca.say({ type: "PONG", msg_id: ping.msg_id });
  await ana.waitFor(new RegExp(`^${ZECA} respondeu em [\\d,]+ ms\\.$`, "m"));
  await ana.say("/quit");
  const { msg_id, src, dst, reason } = await zeca.next("BYE");
  assert.deepEqual({ src, dst, reason }, { src: ANA, dst: ZECA, reason: "quit" });
  zeca.say({ type: "BYE_OK", msg_id });
  await zeca.closed();
  assert.equal((await ana.ended()).code, 0);
});
