import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { isLinkEffect, type LinkEffect, type LinkId, type LinkInput } from "../../lib/base/link.ts";
import type { Wake } from "../../lib/base/machine.ts";
import { type Random, seededRandom } from "../../lib/base/random.ts";
import { type ChatInput, ChatPeer } from "../../lib/chat/chat_peer.ts";
import type { ChatCommand } from "../../lib/chat/status.ts";

const NAMES = ["Ana", "Bruno", "Camila", "?Bruno", "Eva", "", "a:b", "x".repeat(70), "\n"];
const IPS = ["10.0.0.7", "10.0.0.7", "::1"];
const LINES = [
  "DISC",
  "DISC ",
  "LIST",
  "LIST ",
  "LIST Bruno:Camila",
  "ADDR 10.0.0.7:21500",
  "ADDR Bruno:10.0.0.8:1",
  "ADDR ::1:9",
  "ADDR 10.0.0.7:0",
  "ADDR",
  "USER Ana",
  "USER Bruno",
  "USER Camila",
  "USER ",
  "KEEP",
  "",
  "oi",
];
const TEXTS = ["oi", "DISC", "a\nb\r\nDISC", "", "é".repeat(5000), "\ud800"];

/** A world that does anything it is allowed to do, in any order, and checks what the peer does. */
class HostileWorld {
  now = 0;
  readonly connecting = new Set<LinkId>();
  readonly open = new Set<LinkId>();
  readonly peer: ChatPeer;
  /** What an honest server would answer next; this one is honest more often than not. */
  readonly #replies: { link: LinkId; line: string }[] = [];
  #nextAccepted = 2;

  constructor(readonly random: Random) {
    const server = { host: "server.example", port: 10000 };
    this.peer = new ChatPeer({ server, name: "Ana", port: 20000, random });
  }

  step(): void {
    const dice = this.random();
    if (dice < 0.1) this.accept();
    else if (dice < 0.55) this.line();
    else if (dice < 0.65) this.dialled();
    else if (dice < 0.67) this.end();
    else if (dice < 0.73) this.time();
    else this.give({ kind: "command", command: this.command() });
  }

  give(input: ChatInput | LinkInput | Wake): void {
    const effects = this.peer.handle(input, this.now);
    assert.ok(effects.length <= 4 * LIMITS.chatConversations + 10, "work for one input is bounded");
    for (const effect of effects) if (isLinkEffect(effect)) this.carryOut(effect);
    this.check();
  }

  carryOut(effect: LinkEffect): void {
    switch (effect.kind) {
      case "connect":
        assert.equal(effect.link % 2, 1);
        assert.ok(!this.open.has(effect.link) && !this.connecting.has(effect.link));
        this.connecting.add(effect.link);
        return;
      case "send":
        assert.ok(this.open.has(effect.link), `sent on a link that is not open: ${effect.line}`);
        assert.doesNotMatch(effect.line, /[\r\n]/);
        assert.ok(new TextEncoder().encode(effect.line).length <= LIMITS.chatLineBytes);
        this.owe(effect.link, effect.line);
        return;
      case "close":
      case "abort":
        this.connecting.delete(effect.link);
        this.open.delete(effect.link);
    }
  }

  owe(link: LinkId, line: string): void {
    if (line.startsWith("ADDR ")) this.#replies.push({ link, line: "ADDR 10.0.0.7:21500" });
    if (line === "LIST") this.#replies.push({ link, line: "LIST Bruno:Camila" });
  }

  /** The next reply of an honest server whose connection is still there. */
  reply(): { link: LinkId; line: string } | undefined {
    for (let next = this.#replies.shift(); next !== undefined; next = this.#replies.shift()) {
      if (this.open.has(next.link)) return next;
    }
  }

  check(): void {
    const { active, partners } = this.peer;
    assert.ok(this.open.size + this.connecting.size <= LIMITS.chatConversations + 1);
    assert.ok(partners.length <= LIMITS.chatConversations);
    const labels = partners.map(({ label }) => label);
    assert.equal(new Set(labels).size, labels.length, `one label for two: ${labels}`);
    assert.ok(active === null || labels.includes(active.label));
  }

  accept(): void {
    const link = this.#nextAccepted;
    this.#nextAccepted += 2;
    this.open.add(link);
    this.give({ kind: "accepted", link, ip: this.pick(IPS), port: 50000 });
    if (this.random() < 0.5 || !this.open.has(link)) return;
    const greeting = `USER ${this.pick(["Bruno", "Camila"])}`;
    this.give({ kind: "line", link, bytes: new TextEncoder().encode(greeting) });
  }

  line(): void {
    const reply = this.random() < 0.5 ? this.reply() : undefined;
    const link = reply?.link ?? this.pick([...this.open]);
    if (link === undefined) return;
    const bytes = reply === undefined && this.random() < 0.1
      ? Uint8Array.from({ length: 20 * this.random() }, () => 256 * this.random())
      : new TextEncoder().encode(reply?.line ?? this.pick(LINES));
    this.give(
      this.random() < 0.02
        ? { kind: "line_too_long", link, limit: LIMITS.chatLineBytes }
        : { kind: "line", link, bytes },
    );
  }

  dialled(): void {
    const link = this.pick([...this.connecting]);
    if (link === undefined) return;
    this.connecting.delete(link);
    if (this.random() < 0.2) return this.give({ kind: "unreachable", link, reason: "refused" });
    this.open.add(link);
    this.give({ kind: "connected", link });
  }

  end(): void {
    const link = this.pick([...this.open]);
    if (link === undefined) return;
    this.open.delete(link);
    this.give({
      kind: "closed",
      link,
      reason: this.pick(["end_of_file", "reset", "stalled"] as const),
    });
  }

  time(): void {
    const wakeAt = this.peer.wakeAt();
    if (wakeAt !== null && this.random() < 0.5) this.now = Math.max(this.now, wakeAt);
    else this.now += Math.floor(4000 * this.random());
    this.give({ kind: "wake" });
    for (let again = 0; (this.peer.wakeAt() ?? Infinity) <= this.now; again += 1) {
      assert.ok(again < 3, "a wake settles what was due");
      this.give({ kind: "wake" });
    }
  }

  command(): ChatCommand {
    const name = this.pick(NAMES);
    return this.pick<ChatCommand>([
      { kind: "list" },
      { kind: "peers" },
      { kind: "chat", name },
      { kind: "chat", name },
      { kind: "to", name, text: this.pick(TEXTS) },
      { kind: "to", name, text: this.pick(TEXTS) },
      { kind: "say", text: this.pick(TEXTS) },
      { kind: "switch", name },
      { kind: "bye", name: this.random() < 0.5 ? name : null },
      { kind: "rename", name: this.pick(["Ana", "Eva"]) },
    ]);
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(values.length * this.random())]!;
  }
}

Deno.test("no order of inputs and no line breaks the peer or grows it", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const world = new HostileWorld(seededRandom(seed));
    try {
      world.give({ kind: "start" });
      for (let step = 0; step < 300; step += 1) world.step();
      world.give({ kind: "command", command: { kind: "exit" } });
      assert.deepEqual([...world.open, ...world.connecting], [], "everything is closed at the end");
      assert.equal(world.peer.wakeAt(), null);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
});

Deno.test("a flood of callers, lines and lookups stays within the caps", () => {
  const world = new HostileWorld(seededRandom(1));
  world.give({ kind: "start" });
  world.dialled();
  for (let caller = 0; caller < 5000; caller += 1) {
    world.accept();
    world.line();
  }
  world.time();
  assert.ok(world.peer.partners.length > 0);
});
