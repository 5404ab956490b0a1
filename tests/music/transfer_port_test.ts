import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { MIB, SECOND } from "../../lib/base/units.ts";
import {
  TransferPort,
  type TransferPortEffect,
  type TransferPortInput,
} from "../../lib/music/transfer_port.ts";
import {
  formatTransferPacket,
  parseTransferPacket,
} from "../../lib/protocol/music/transfer_packets.ts";
import { DatagramHost } from "../sim/datagram_host.ts";
import { USUAL_DATAGRAMS } from "../sim/datagram_path.ts";
import { Datagrams } from "../sim/datagrams.ts";
import { Timeline } from "../sim/timeline.ts";
import { newHasher, type SampleFile, sampleFile } from "./sim/sample_file.ts";

const FILES = [sampleFile(2 * MIB, 1), sampleFile(3 * MIB, 2)] as const;

class SimPort {
  readonly at;
  readonly machine;
  readonly host: DatagramHost<TransferPortInput, TransferPortEffect>;
  readonly reports: TransferPortEffect[] = [];

  constructor(network: Datagrams, ip: string, file: SampleFile) {
    this.at = { ip, port: 7000 };
    this.machine = new TransferPort({
      file: (id) => id === file.shared.id ? file.shared : null,
      newToken: () => Math.floor(network.random() * 2 ** 32),
      limit: null,
    });
    this.host = new DatagramHost<TransferPortInput, TransferPortEffect>(network, {
      at: this.at,
      machine: this.machine,
      carryOut: (effect) => {
        const { kind } = effect.effect;
        if (kind !== "read" && kind !== "piece") return void this.reports.push(effect);
        network.timeline.after(1, () => this.host.feed(answer(effect, file)));
      },
    });
  }
}

function answer(
  effect: Exclude<TransferPortEffect, { kind: "send_datagram" }>,
  file: SampleFile,
): TransferPortInput {
  if (effect.kind === "source" && effect.effect.kind === "read") {
    const { stream, piece, offset, length } = effect.effect;
    const bytes = file.bytes.slice(offset, offset + length);
    return { kind: "source", input: { kind: "block", stream, piece, bytes } };
  }
  assert.ok(effect.kind === "reception" && effect.effect.kind === "piece");
  const { piece } = effect.effect;
  return { kind: "reception", fetch: effect.fetch, input: { kind: "stored", piece } };
}

function world(): { network: Datagrams; ana: SimPort; bia: SimPort } {
  const plan = { ...USUAL_DATAGRAMS, bandwidth: 5000, loss: 0.02 };
  const network = new Datagrams(new Timeline(), seededRandom(4), () => plan);
  return {
    network,
    ana: new SimPort(network, "10.0.0.1", FILES[0]),
    bia: new SimPort(network, "10.0.0.2", FILES[1]),
  };
}

function fetchOf(network: Datagrams, file: SampleFile, from: SimPort, fetch: number) {
  const { id, size } = file.shared;
  return {
    kind: "fetch",
    fetch,
    options: {
      ...{ id, size, pieces: file.pieces, sources: [from.at], port: 7000, offset: 0 },
      ...{ hash: newHasher, newStream: () => Math.floor(network.random() * 2 ** 48) },
    },
  } as const;
}

Deno.test("transfer port: gives and takes at once, also the same file twice", () => {
  const { network, ana, bia } = world();
  ana.host.feed(fetchOf(network, FILES[1], bia, 1));
  ana.host.feed(fetchOf(network, FILES[1], bia, 2));
  bia.host.feed(fetchOf(network, FILES[0], ana, 1));
  network.timeline.run(500);
  assert.equal(ana.machine.incoming(1, 500)?.state, "receiving");
  assert.equal(ana.machine.outgoing().length, 1);
  assert.equal(bia.machine.outgoing().length, 2);
  network.timeline.run(20 * SECOND);
  const complete = { kind: "complete", checked: true };
  assert.deepEqual(
    ana.reports.filter(({ kind }) => kind === "reception").slice(-2).map((report) =>
      (report as { effect: unknown }).effect
    ),
    [complete, complete],
  );
  assert.deepEqual(bia.reports.findLast(({ kind }) => kind === "reception"), {
    ...{ kind: "reception", fetch: 1, effect: complete },
  });
  assert.equal(ana.machine.incoming(1, 0), null);
  assert.deepEqual([ana.machine.outgoing(), bia.machine.outgoing()], [[], []]);
  assert.equal(ana.machine.wakeAt(), null);
});

Deno.test("transfer port: whoever sends what nobody waits for is told to stop, not too often", () => {
  const { network, ana } = world();
  const from = { ip: "10.0.0.3", port: 1 };
  const got: unknown[] = [];
  network.bind(from, (_, bytes) => got.push(parseTransferPacket(bytes)));
  const header = { stream: 5, token: 6 };
  for (let number = 1; number <= 1000; number++) {
    network.send(from, ana.at, formatTransferPacket({ kind: "ping", ...header, number }));
  }
  network.timeline.run(SECOND);
  assert.ok(got.length >= 1 && got.length <= 10, `${got.length}`);
  assert.deepEqual(got[0], { kind: "stop", ...header, reason: "unknown_stream" });
});

Deno.test("transfer port: what is no datagram of it is counted", () => {
  const { network, ana } = world();
  for (const bytes of [[], [0x80, 1, 2], [0x40], [0x7b], [0x43, ...new Uint8Array(11)]]) {
    ana.host.feed({
      ...{ kind: "datagram", from: { ip: "10.0.0.3", port: 1 }, bytes: Uint8Array.from(bytes) },
    });
  }
  network.timeline.run(SECOND);
  assert.equal(ana.machine.refused, 5);
});

Deno.test("transfer port: fetches have numbers of their own, and a most", () => {
  const { network, ana, bia } = world();
  ana.host.feed(fetchOf(network, FILES[1], bia, 1));
  assert.throws(() => ana.host.feed(fetchOf(network, FILES[1], bia, 1)), RangeError);
  for (let fetch = 2; fetch <= 16; fetch++) {
    ana.host.feed(fetchOf(network, FILES[1], bia, fetch));
  }
  assert.ok(!ana.machine.hasPlace);
  assert.throws(() => ana.host.feed(fetchOf(network, FILES[1], bia, 17)), RangeError);
  ana.host.feed({ kind: "reception", fetch: 3, input: { kind: "cancel" } });
  assert.ok(ana.machine.hasPlace);
});
