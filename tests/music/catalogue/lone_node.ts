import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import type { MembershipEffect, MembershipInput } from "../../../lib/music/catalogue/contract.ts";
import { CatalogueMembership } from "../../../lib/music/catalogue/membership.ts";
import type { CatalogueStatus } from "../../../lib/music/library_status.ts";
import {
  type CatalogueFile,
  type CatalogueReply,
  parseCatalogueRequest,
} from "../../../lib/protocol/music.ts";
import { bytesOf } from "../../vectors/vector.ts";

/** A node whose whole world the test plays: the catalogue and the clock. */
export class LoneNode {
  now = 1000;
  readonly machine = new CatalogueMembership({ name: "ana", port: 7000, random: seededRandom(7) });
  /** Requests that were not looked at yet. */
  readonly asked: string[] = [];
  /** What the person was told and the test has not looked at yet. */
  readonly told: CatalogueStatus[] = [];

  /** A node whose list the server has. */
  static registered(files: readonly CatalogueFile[], ttl = 120): LoneNode {
    const node = new LoneNode();
    node.give({ kind: "files", files }, { kind: "start" });
    node.takeAll(ttl);
    assert.equal(node.machine.state, "registered");
    node.told.length = 0;
    return node;
  }

  give(...inputs: readonly MembershipInput[]): this {
    for (const input of inputs) this.#perform(this.machine.handle(input, this.now));
    return this;
  }

  /** The request that is under way, read. */
  request() {
    assert.equal(this.asked.length, 1, "one request at a time");
    return parseCatalogueRequest(bytesOf(this.asked.shift()!));
  }

  reply(reply: CatalogueReply): this {
    return this.give({ kind: "outcome", outcome: { kind: "reply", reply } });
  }

  refuse(error: string): this {
    return this.reply({ kind: "error", error });
  }

  fail(reason = "no answer in time"): this {
    return this.give({ kind: "outcome", outcome: { kind: "unreachable", reason } });
  }

  /** Answers parts of a list as a server does; what it has in the end. */
  takeAll(ttl = 120): readonly CatalogueFile[] {
    const files: CatalogueFile[] = [];
    for (;;) {
      const request = this.request();
      assert.ok(request.kind === "NODE_REGISTER" && request.files !== undefined);
      files.push(...request.files);
      this.reply({ kind: "registered", ttl, registered: files.length });
      if (!request.more) return files;
    }
  }

  /** Lets the time go on to when the machine wants to wake, and wakes it. */
  wake(): this {
    const at = this.machine.wakeAt();
    assert.ok(at !== null, "nothing to wait for");
    this.now = Math.max(this.now, at);
    return this.give({ kind: "wake" });
  }

  /** What the person was told since this was asked last. */
  news(): CatalogueStatus[] {
    return this.told.splice(0);
  }

  #perform(effects: readonly MembershipEffect[]): void {
    for (const effect of effects) {
      if (effect.kind === "ask") this.asked.push(effect.line);
      else this.told.push(effect);
    }
  }
}
