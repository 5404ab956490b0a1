import { strict as assert } from "node:assert";
import type { IpPort } from "../../lib/base/address.ts";
import type { CallStatus } from "../../lib/call/status.ts";
import { FRAME_MS } from "../../lib/media/frame.ts";
import { MEDIA_LIMITS } from "../../lib/media/limits.ts";
import type { SoundChoice, SoundReport } from "../../lib/media/sound_status.ts";
import { formatCallMessage } from "../../lib/protocol/call.ts";
import type { PeerLine } from "../../lib/runtime/peer_line.ts";
import { UdpSocket } from "../../lib/runtime/udp_socket.ts";
import { VoicePeer } from "../../lib/runtime/voice_peer.ts";
import { until } from "./line_client.ts";
import { RunningServer } from "./running_server.ts";

const LOOPBACK = "127.0.0.1";

/** A telephone on a free port, and everything that it tells. */
class Telephone implements AsyncDisposable {
  readonly told: CallStatus[] = [];
  readonly sounds: SoundReport[] = [];
  readonly lines: string[] = [];
  readonly inCall: boolean[] = [];
  readonly bugs: unknown[] = [];
  hidden = 0;
  readonly socket: UdpSocket;
  readonly voice: VoicePeer;

  constructor(
    name: string,
    { server }: RunningServer,
    microphone: SoundChoice = { kind: "tone", hertz: 440 },
  ) {
    const bug = (error: unknown) => this.bugs.push(error);
    this.socket = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, {
      datagram: (from, bytes) => this.voice.datagram(from, bytes),
      bug,
    });
    this.voice = new VoicePeer(
      {
        name,
        server: { host: LOOPBACK, port: server.ports.registry },
        sound: { microphone, speaker: { kind: "none" }, halfDuplex: false },
      },
      this.socket,
      {
        call: (status) => this.told.push(status),
        sound: (report) => this.sounds.push(report),
        inCall: (on) => this.inCall.push(on),
        line: ({ direction, text }: PeerLine) => this.lines.push(`${direction} ${textOf(text)}`),
        linesHidden: (count) => this.hidden += count,
        bug,
      },
    );
  }

  get at(): IpPort {
    return { ip: LOOPBACK, port: this.socket.port };
  }

  async tells<Kind extends CallStatus["kind"]>(
    kind: Kind,
  ): Promise<CallStatus & { readonly kind: Kind }> {
    await until(() => this.told.some((status) => status.kind === kind), kind);
    return this.told.find((status) => status.kind === kind) as CallStatus & { readonly kind: Kind };
  }

  stats(): (SoundReport & { readonly kind: "stats" })["status"] {
    this.voice.sound.command({ kind: "stats" });
    return this.sounds.findLast((report) => report.kind === "stats")!.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice[Symbol.asyncDispose]();
    await this.socket[Symbol.asyncDispose]();
    assert.deepEqual(this.bugs, []);
  }
}

function textOf(text: string | Uint8Array): string {
  return typeof text === "string" ? text : new TextDecoder().decode(text);
}

/** Calls somebody who accepts, and resolves when both hear the other. */
async function connect(caller: Telephone, callee: Telephone, name: string): Promise<void> {
  await Promise.all([caller.tells("registered"), callee.tells("registered")]);
  caller.voice.submit({ kind: "call", name });
  await callee.tells("invited");
  callee.voice.submit({ kind: "accept" });
  await Promise.all([caller.tells("connected"), callee.tells("connected")]);
  await until(
    () => [caller, callee].every((side) => (side.stats()?.received.packets ?? 0) > 10),
    "sound both ways",
  );
}

Deno.test("a call from the first word to the last, with sound both ways", async () => {
  await using server = await RunningServer.open();
  await using joao = new Telephone("João", server);
  await using maria = new Telephone("Maria", server, { kind: "none" });
  await connect(joao, maria, "Maria");
  assert.ok(maria.stats()!.levelIn > -40, "the tone is heard");
  assert.ok(joao.stats()!.levelIn < -80, "without a microphone silence is sent");
  maria.voice.submit({ kind: "hangup" });
  assert.equal((await joao.tells("ended")).why, "their_hang_up");
  assert.equal(joao.stats(), null);
  assert.deepEqual(joao.inCall, [true, false]);
  assert.match(joao.lines[0]!, /^out {"type":"registro","nome":"João","ip":"127.0.0.1","porta":/);
  assert.match(joao.lines[1]!, /^in {"type":"registro_ok"/);
  const kinds = joao.lines.map((line) => /"type":"([^"]*)"/.exec(line)![1]);
  for (const kind of ["consulta_ok", "convite", "resposta_ao_convite", "encerrar_ligação"]) {
    assert.ok(kinds.includes(kind), kind);
  }
  await joao.voice.leave();
  assert.equal(joao.told.at(-1)?.kind, "left");
  assert.match(joao.lines.at(-1)!, /encerramento_ok/);
});

Deno.test("who leaves in a call hangs up first", async () => {
  await using server = await RunningServer.open();
  await using joao = new Telephone("João", server);
  await using maria = new Telephone("Maria", server);
  await connect(joao, maria, "Maria");
  await joao.voice.leave();
  assert.equal((await maria.tells("ended")).why, "their_hang_up");
});

Deno.test("mute, volume and half-duplex can be set, and mute ends with the call", async () => {
  await using server = await RunningServer.open();
  await using joao = new Telephone("João", server);
  await using maria = new Telephone("Maria", server);
  await connect(joao, maria, "Maria");
  const { sound } = joao.voice;
  sound.command({ kind: "mute", on: null });
  sound.command({ kind: "volume", percent: 0 });
  sound.command({ kind: "half_duplex", on: true });
  sound.command({ kind: "volume", percent: null });
  await until(() => joao.stats()!.levelOut < -90 && joao.stats()!.levelIn < -90, "both are silent");
  joao.voice.submit({ kind: "hangup" });
  await maria.tells("ended");
  sound.command({ kind: "mute", on: null });
  const answers = joao.sounds.filter(({ kind }) =>
    ["muted", "volume", "half_duplex"].includes(kind)
  );
  assert.deepEqual(answers, [
    { kind: "muted", on: true },
    { kind: "volume", percent: 0 },
    { kind: "half_duplex", on: true },
    { kind: "volume", percent: 0 },
    { kind: "muted", on: true },
  ]);
});

Deno.test("a flood of invitations is answered, and not shown without end", async () => {
  await using server = await RunningServer.open();
  await using maria = new Telephone("Maria", server);
  await maria.tells("registered");
  let answers = 0;
  await using attacker = UdpSocket.open({ hostname: LOOPBACK, port: 0 }, {
    datagram: () => answers += 1,
    bug: (error) => assert.fail(String(error)),
  });
  const encoder = new TextEncoder();
  for (let n = 0; n < 1000; n++) {
    const text = formatCallMessage({
      ...{ kind: "convite", callId: `flood-${n}`, name: "Eu", codecs: [] },
      ...{ ip: LOOPBACK, port: attacker.port },
    });
    await attacker.send(maria.at, encoder.encode(text));
  }
  await until(() => answers > 0, "those who are not shown hear no");
  assert.equal(maria.told.filter(({ kind }) => kind === "invited").length, 1);
  assert.ok(maria.lines.length < 300, `${maria.lines.length} lines`);
});

Deno.test("who has no speaker is not told that the other side is silent", async () => {
  await using server = await RunningServer.open();
  await using joao = new Telephone("João", server);
  await using maria = new Telephone("Maria", server, { kind: "none" });
  await connect(joao, maria, "Maria");
  const after = MEDIA_LIMITS.noSound / FRAME_MS + 20;
  await until(() => (joao.stats()?.received.packets ?? 0) > after, "three seconds of silence");
  assert.ok(!joao.sounds.some(({ kind }) => kind === "no_sound"));
});

Deno.test("voice peer: messages of a flood that are not told are counted", async () => {
  await using server = await RunningServer.open();
  await using ana = new Telephone("Ana", server);
  await ana.tells("registered");
  const before = ana.lines.length;
  const text = formatCallMessage({ kind: "encerrar_ligação", callId: "x", name: "Zé" });
  const bytes = new TextEncoder().encode(text);
  for (let n = 0; n < 300; n++) ana.voice.datagram({ ip: LOOPBACK, port: 9 }, bytes);
  await until(() => ana.hidden > 0, "it is said how many were not told");
  assert.equal(ana.lines.length - before + ana.hidden, 300);
});
