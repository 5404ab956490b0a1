import assert from "node:assert/strict";
import type { IpPort } from "../../../lib/base/address.ts";
import { type Random, seededRandom } from "../../../lib/base/random.ts";
import { MINUTE } from "../../../lib/base/units.ts";
import { sameBytes } from "../../../lib/music/hasher.ts";
import { Reception } from "../../../lib/music/reception.ts";
import type {
  ReceptionEffect,
  ReceptionInput,
  ReceptionOptions,
} from "../../../lib/music/reception_contract.ts";
import { Source } from "../../../lib/music/source.ts";
import type { SharedFile, SourceEffect, SourceInput } from "../../../lib/music/source_contract.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { DatagramHost } from "../../sim/datagram_host.ts";
import { type DatagramPlan, USUAL_DATAGRAMS } from "../../sim/datagram_path.ts";
import { Datagrams } from "../../sim/datagrams.ts";
import { Timeline } from "../../sim/timeline.ts";
import { newHasher, type SampleFile } from "./sample_file.ts";

/** How a world behaves. */
export interface TransferWorldPlan {
  readonly seed?: number;
  /** Paths from sources to listeners, and from anybody to sources where that is not `back`. */
  readonly path?: Partial<DatagramPlan>;
  /** Paths from listeners to sources; like the others where it is not given. */
  readonly back?: Partial<DatagramPlan>;
}

/** A source in the world. */
export interface SimSource {
  readonly at: IpPort;
  readonly machine: Source;
  readonly host: DatagramHost<SourceInput, SourceEffect>;
  /** What it reported, in order. */
  readonly reports: Exclude<SourceEffect, { kind: "send_datagram" | "read" }>[];
}

/** A listener in the world. */
export interface SimListener {
  readonly at: IpPort;
  readonly machine: Reception;
  readonly host: DatagramHost<ReceptionInput, ReceptionEffect>;
  /** What it reported, in order; pieces left out. */
  readonly reports: Exclude<ReceptionEffect, { kind: "send_datagram" | "piece" }>[];
  /** Pieces in the order in which they were given out. */
  readonly order: number[];
  /** What it has stored. */
  readonly bytes: Uint8Array;
  /** Time of the first piece, and of the end. */
  firstAt: number;
  endAt: number;
}

/** How a source reads: whole and true, or otherwise. */
export type Read = (file: SampleFile, offset: number, length: number) => Uint8Array | null;

/** Sources and listeners in virtual time. */
export class TransferWorld {
  readonly timeline = new Timeline();
  readonly datagrams: Datagrams;
  readonly random: Random;
  #addresses = 1;

  constructor({ seed = 1, path = {}, back = path }: TransferWorldPlan = {}) {
    this.random = seededRandom(seed);
    const forth = { ...USUAL_DATAGRAMS, ...path };
    const other = { ...USUAL_DATAGRAMS, ...back };
    this.datagrams = new Datagrams(
      this.timeline,
      seededRandom(seed ^ 0x5a17),
      (from) => from.startsWith("10.0.1.") ? forth : other,
    );
  }

  get now(): number {
    return this.timeline.now;
  }

  /** Starts somebody who has files. */
  source(
    files: readonly SampleFile[],
    { limit = null, read = readTrue, readTime = 1 }: {
      readonly limit?: number | null;
      readonly read?: Read;
      readonly readTime?: number;
    } = {},
  ): SimSource {
    const at = { ip: `10.0.1.${this.#addresses++}`, port: 7000 };
    const reports: SimSource["reports"] = [];
    const byId = new Map(files.map((file) => [file.shared.id, file]));
    const machine = new Source({
      file: (id): SharedFile | null => byId.get(id)?.shared ?? null,
      newToken: () => Math.floor(this.random() * 2 ** 32),
      limit,
    });
    const host: SimSource["host"] = new DatagramHost(this.datagrams, {
      at,
      machine,
      carryOut: (effect) => {
        if (effect.kind !== "read") return void reports.push(effect);
        const { stream, piece, offset, length } = effect;
        const bytes = read(byId.get(effect.id)!, offset, length);
        this.timeline.after(readTime, () =>
          host.feed(
            bytes === null
              ? { kind: "read_failed", stream }
              : { kind: "block", stream, piece, bytes },
          ));
      },
    });
    return { at, machine, host, reports };
  }

  /** Starts somebody who wants a file, from `sources`. */
  listener(
    file: SampleFile,
    sources: readonly SimSource[],
    { storeTime = 1, ...options }: Partial<ReceptionOptions> & { readonly storeTime?: number } = {},
  ): SimListener {
    const at = { ip: `10.0.2.${this.#addresses++}`, port: 7100 };
    const { id, size } = file.shared;
    const machine = new Reception({
      ...{ id, size, pieces: file.pieces, sources: sources.map((source) => source.at) },
      ...{ port: at.port, offset: 0, hash: newHasher },
      newStream: () => Math.floor(this.random() * 2 ** 48),
      ...options,
    });
    const host: SimListener["host"] = new DatagramHost(this.datagrams, {
      at,
      machine,
      carryOut: (effect, now) => {
        if (effect.kind !== "piece") {
          listener.reports.push(effect);
          if (effect.kind !== "source_found" && effect.kind !== "source_lost") listener.endAt = now;
          return;
        }
        const { piece, bytes } = effect;
        assert.equal(effect.offset, piece * PIECE_BYTES);
        listener.firstAt = Math.min(listener.firstAt, now);
        listener.order.push(piece);
        listener.bytes.set(bytes, effect.offset);
        this.timeline.after(storeTime, () => host.feed({ kind: "stored", piece }));
      },
    });
    const listener: SimListener = {
      ...{ at, machine, host, reports: [], order: [], bytes: new Uint8Array(size) },
      ...{ firstAt: Infinity, endAt: Infinity },
    };
    host.feed({ kind: "start" });
    return listener;
  }

  /** Lets time pass until the listeners have an end, whichever. */
  untilOver(...listeners: readonly SimListener[]): void {
    const over = () => listeners.every(({ endAt }) => endAt < Infinity);
    assert.ok(this.timeline.runUntilTrue(over, 10 * MINUTE), "a fetch never ends");
  }
}

/** Asserts that a listener has the whole file, each piece once. */
export function assertWhole({ machine, bytes, order, reports }: SimListener, file: SampleFile) {
  assert.equal(machine.state, "complete", JSON.stringify(reports));
  assert.equal(new Set(order).size, order.length, "a piece came twice");
  assert.ok(sameBytes(bytes, file.bytes), "the bytes are others");
}

function readTrue({ bytes }: SampleFile, offset: number, length: number): Uint8Array {
  return bytes.slice(offset, offset + length);
}
