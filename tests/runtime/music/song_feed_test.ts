import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import type { PartOutcome } from "../../../lib/runtime/music/downloads/download.ts";
import { SongFeed } from "../../../lib/runtime/music/song_feed.ts";
import { until } from "../line_client.ts";
import { noise } from "./library/tagged_files.ts";

const BYTES = noise(PIECE_BYTES + 100_000);

/** A player, a file of which a test says how much is there, and the feed between them. */
class FeedRig {
  readonly pushed: Uint8Array[] = [];
  readonly told: unknown[] = [];
  ended = 0;
  /** Bytes that are there. */
  there = 0;
  /** What a push waits for. */
  room = Promise.resolve();
  fault: PartOutcome | null = null;
  readonly feed: SongFeed;

  constructor(size = BYTES.length) {
    const player = {
      push: (bytes: Uint8Array) => {
        this.pushed.push(bytes);
        return this.room;
      },
      end: () => void this.ended++,
    };
    const bytes = {
      read: (offset: number, length: number): Promise<PartOutcome> => {
        if (this.fault !== null) return Promise.resolve(this.fault);
        const missing = offset + length > this.there && this.there < BYTES.length;
        return Promise.resolve(
          missing
            ? { kind: "missing" }
            : { kind: "bytes", bytes: BYTES.slice(offset, offset + length) },
        );
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    this.feed = new SongFeed(player, bytes, size, {
      fault: (fault) => void this.told.push(fault),
      bug: (error) => void this.told.push(error),
    });
  }

  get bytes(): Uint8Array {
    const whole = new Uint8Array(this.pushed.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.pushed) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

Deno.test("song feed: what comes is given in order, then the end", async () => {
  const rig = new FeedRig();
  rig.feed.from(0);
  rig.there = PIECE_BYTES;
  rig.feed.more();
  await until(() => rig.bytes.length === PIECE_BYTES, "the first piece");
  assert.equal(rig.ended, 0);
  rig.there = BYTES.length;
  rig.feed.more();
  await until(() => rig.ended > 0, "the end");
  assert.deepEqual(rig.bytes, BYTES);
  assert.deepEqual(rig.told, []);
});

Deno.test("song feed: waits for room; a seek ends the run before, a stop every run", async () => {
  const rig = new FeedRig();
  rig.there = BYTES.length;
  const room = Promise.withResolvers<void>();
  rig.room = room.promise;
  rig.feed.from(0);
  await until(() => rig.pushed.length === 1, "one part");
  rig.pushed.length = 0;
  rig.room = Promise.resolve();
  rig.feed.from(PIECE_BYTES);
  await until(() => rig.ended === 1, "the end");
  room.resolve();
  assert.deepEqual(rig.bytes, BYTES.slice(PIECE_BYTES));
  rig.there = 0;
  rig.feed.from(0);
  rig.feed.stop();
  rig.there = BYTES.length;
  rig.feed.more();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual([rig.bytes.length, rig.ended], [BYTES.length - PIECE_BYTES, 1]);
});

Deno.test("song feed: a file that is shorter than was said, and one that cannot be read", async () => {
  const short = new FeedRig(2 * BYTES.length);
  short.there = BYTES.length;
  short.feed.from(0);
  await until(() => short.ended === 1, "the end");
  assert.deepEqual(short.bytes, BYTES);
  const broken = new FeedRig();
  const fault = { why: "denied", path: "a" } as const;
  broken.fault = { kind: "fault", fault };
  broken.feed.from(0);
  await until(() => broken.told.length > 0, "the fault");
  assert.deepEqual([broken.told, broken.ended], [[fault], 0]);
});
