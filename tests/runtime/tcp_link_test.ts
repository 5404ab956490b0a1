import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { type LinkOwner, type LinkPolicy, TcpLink } from "../../lib/runtime/tcp_link.ts";

const POLICY: LinkPolicy = {
  lineLimit: 100,
  lineEnd: "\n",
  readsWaitForWrites: true,
  reportsWritten: false,
  lingers: true,
  turn: { lines: 256, rest: 0 },
};

/** A link to somebody who always has more to send, and everything that the link says. */
class Flood {
  /** Reads so far; each fills what it is given, until there are as many as there are to be. */
  reads = 0;
  closeWrites = 0;
  readonly told: string[] = [];
  /** What the link waits for when it has had its part. */
  turn = Promise.withResolvers<void>();
  readonly link: TcpLink;
  readonly ended: Promise<void>;

  /** @param most how many reads find something; the next finds half a buffer, then the end */
  constructor(readonly most: number) {
    const conn = {
      read: (buffer: Uint8Array): Promise<number | null> => {
        this.reads += 1;
        buffer.fill("x".charCodeAt(0));
        if (this.reads <= this.most) return Promise.resolve(buffer.length);
        return Promise.resolve(this.reads === this.most + 1 ? buffer.length / 2 : null);
      },
      closeWrite: () => {
        this.closeWrites += 1;
        return Promise.resolve();
      },
      close: () => {},
    } as unknown as Deno.TcpConn;
    const owner: LinkOwner = {
      line: () => {},
      endOfRead: () => {},
      written: () => {},
      nextTurn: () => {
        this.told.push("waits");
        return this.turn.promise;
      },
      caughtUp: () => this.told.push("caught up"),
      closed: () => this.told.push("closed"),
      ended: () => this.told.push("ended"),
      bug: (error) => assert.fail(String(error)),
    };
    this.link = new TcpLink(2, conn, { ip: "127.0.0.1", port: 1 }, POLICY, owner, () => 0);
    this.ended = this.link.run();
  }

  /** Resolves when everything that can go on without a turn has been done. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.reads;) {
      before = this.reads;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  /** Lets the link go on, up to where it waits again. */
  async next(): Promise<void> {
    this.turn.resolve();
    this.turn = Promise.withResolvers();
    await this.settled();
  }
}

Deno.test("who always has more to send waits for all others after some reads, each time", async () => {
  const part = LIMITS.turnReads + 1;
  const flood = new Flood(3 * part);
  await flood.settled();
  assert.equal(flood.reads, part);
  await flood.next();
  assert.equal(flood.reads, 2 * part);
  await flood.next();
  assert.equal(flood.reads, 3 * part);
  await flood.next();
  await flood.ended;
  assert.deepEqual(flood.told, ["waits", "waits", "waits", "caught up", "closed", "ended"]);
});

Deno.test("what still comes while a link is closed is no reason to keep others waiting", async () => {
  const flood = new Flood(10 * LIMITS.turnReads);
  flood.link.close();
  await flood.settled();
  assert.equal(flood.closeWrites, 1);
  assert.equal(flood.reads, LIMITS.turnReads + 1);
  flood.link.abort();
  await flood.next();
  await flood.ended;
  assert.equal(flood.reads, LIMITS.turnReads + 1);
});

Deno.test("who sends less than there is room for never waits", async () => {
  const flood = new Flood(LIMITS.turnReads);
  await flood.ended;
  assert.deepEqual(flood.told, ["closed", "ended"]);
});
