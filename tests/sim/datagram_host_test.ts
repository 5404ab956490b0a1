import assert from "node:assert/strict";
import type { DatagramEffect, DatagramInput } from "../../lib/base/datagram.ts";
import type { Machine, Wake } from "../../lib/base/machine.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { DatagramHost } from "./datagram_host.ts";
import { USUAL_DATAGRAMS } from "./datagram_path.ts";
import { Datagrams } from "./datagrams.ts";
import { Timeline } from "./timeline.ts";

type Effect = DatagramEffect | { readonly kind: "heard"; readonly bytes: string };

const ANA = { ip: "10.0.0.1", port: 1 };
const BIA = { ip: "10.0.0.2", port: 2 };

/** Sends a byte every second and tells what it hears. */
class Beacon implements Machine<DatagramInput | Wake, Effect> {
  next: number | null = 1000;

  handle(input: DatagramInput | Wake): readonly Effect[] {
    if (input.kind === "datagram") return [{ kind: "heard", bytes: input.bytes.toHex() }];
    if (this.next !== null) this.next += 1000;
    return [{ kind: "send_datagram", to: BIA, bytes: Uint8Array.of(7) }];
  }

  wakeAt(): number | null {
    return this.next;
  }
}

function host() {
  const network = new Datagrams(new Timeline(), seededRandom(1), () => USUAL_DATAGRAMS);
  const machine = new Beacon();
  const heard: string[] = [];
  const carryOut = (effect: Exclude<Effect, DatagramEffect>) => void heard.push(effect.bytes);
  return {
    network,
    machine,
    heard,
    host: new DatagramHost(network, { at: ANA, machine, carryOut }),
  };
}

Deno.test("datagram host: wakes its machine, sends and delivers", () => {
  const { network, heard } = host();
  const got: number[] = [];
  network.bind(BIA, (from, _, now) => {
    got.push(now);
    network.send(BIA, from, Uint8Array.of(1, 2));
  });
  network.timeline.runUntil(3500);
  assert.deepEqual(got, [1020, 2020, 3020]);
  assert.deepEqual(heard, ["0102", "0102", "0102"]);
});

Deno.test("datagram host: is silent once it has stopped", () => {
  const { network, heard, host: stopped } = host();
  stopped.stop();
  stopped.feed({ kind: "wake" });
  network.send(BIA, ANA, Uint8Array.of(1));
  network.timeline.runUntil(5000);
  assert.deepEqual(heard, []);
  assert.equal(network.path(ANA.ip, BIA.ip).counts.sent, 0);
});

Deno.test("datagram host: a machine that is never content is found out", () => {
  const { network, machine } = host();
  machine.handle = () => [];
  assert.throws(() => network.timeline.runUntil(2000), /without end/);
});
