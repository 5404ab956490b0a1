import assert from "node:assert/strict";
import fc from "fast-check";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import type { LinkId } from "../../lib/base/link.ts";
import { normalizeName, wireNameFault } from "../../lib/base/names.ts";
import { type Random, seededRandom } from "../../lib/base/random.ts";
import { ChatDesk } from "../../lib/directory/chat_desk.ts";
import type { DeskEffect } from "../../lib/directory/desk.ts";
import { MemoryStore } from "../../lib/directory/memory_store.ts";
import {
  type ChatReply,
  type ChatRequest,
  formatPeerLine,
  formatReply,
  formatRequest,
  parseGreeting,
  parsePeerLine,
  parseReply,
  parseRequest,
  type PeerLine,
} from "../../lib/protocol/chat.ts";
import { DeskProbe } from "../directory/desk_probe.ts";
import { LateStore } from "../directory/late_store.ts";
import * as vectors from "../vectors/chat.ts";
import { bytesOf } from "../vectors/vector.ts";
import { mutated } from "./mutated.ts";
import { plainRecord } from "./plain_record.ts";

const SETTINGS = { seed: 10_000, numRuns: 1000 } as const;

const LINES = [
  ...[vectors.REQUESTS_WRITTEN, vectors.REQUESTS_READ, vectors.REQUESTS_REFUSED],
  ...[vectors.REPLIES_WRITTEN, vectors.REPLIES_READ, vectors.REPLIES_REFUSED],
  ...[vectors.GREETINGS_WRITTEN, vectors.PEER_LINES_READ],
].flat().map(([line]) => bytesOf(line));

const READERS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  request: parseRequest,
  reply: parseReply,
  greeting: parseGreeting,
  "line between peers": parsePeerLine,
};

for (const [name, parse] of Object.entries(READERS)) {
  const raisesOnlyProtocolErrors = (bytes: Uint8Array) => {
    try {
      parse(bytes);
    } catch (error) {
      assert.ok(error instanceof RemoteProtocolError, String(error));
    }
  };

  Deno.test(`fuzz: a chat ${name} of random bytes raises only the protocol's error`, () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), raisesOnlyProtocolErrors), SETTINGS);
  });

  Deno.test(`fuzz: a mutated chat ${name} raises only the protocol's error`, () => {
    const random = seededRandom(1);
    for (let i = 0; i < 5000; i++) {
      raisesOnlyProtocolErrors(mutated(LINES[i % LINES.length]!, random));
    }
  });
}

const names = fc.string({ unit: "binary", minLength: 1, maxLength: 64 })
  .map(normalizeName)
  .filter((name) => wireNameFault(name) === null && !name.includes(":"));
const ports = fc.integer({ min: 1, max: 65_535 });

Deno.test("fuzz: chat requests are read as they were written", () => {
  const requests: fc.Arbitrary<ChatRequest> = fc.oneof(
    plainRecord({ kind: fc.constant("USER" as const), name: names, port: ports }),
    plainRecord({ kind: fc.constant("ADDR" as const), name: names }),
  );
  fc.assert(
    fc.property(requests, (request) => {
      assert.deepEqual(parseRequest(bytesOf(formatRequest(request))), request);
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: chat replies are read as they were written", () => {
  const ips = fc.oneof(
    fc.ipV4(),
    fc.constantFrom("::1", "::", "2001:db8::7", "fe80::1", "1:2:3:4:5:6:7:8"),
  );
  const replies: fc.Arbitrary<ChatReply> = fc.oneof(
    plainRecord({ kind: fc.constant("LIST" as const), names: fc.array(names) }),
    plainRecord({
      kind: fc.constant("ADDR" as const),
      address: plainRecord({ ip: ips, port: ports }),
    }),
  );
  fc.assert(
    fc.property(replies, (reply) => {
      assert.deepEqual(parseReply(bytesOf(formatReply(reply))), reply);
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: an ADDR reply with a name before the address is read all the same", () => {
  fc.assert(
    fc.property(names, fc.ipV4(), ports, (name, ip, port) => {
      const line = `ADDR ${name}:${ip}:${port}`;
      assert.deepEqual(parseReply(bytesOf(line)), { kind: "ADDR", address: { ip, port } });
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: what a person types is never an instruction between peers", () => {
  const texts = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("DISC", "DISC ", "USER a"));
  fc.assert(
    fc.property(texts, (text) => {
      const line: PeerLine = { kind: "TEXT", text };
      const read = parsePeerLine(bytesOf(formatPeerLine(line)));
      assert.deepEqual(read, { kind: "TEXT", text: text === "DISC" ? "DISC " : text });
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: greetings are read as they were written", () => {
  fc.assert(
    fc.property(names, (name) => {
      assert.equal(parseGreeting(bytesOf(formatPeerLine({ kind: "USER", name }))), name);
    }),
    SETTINGS,
  );
});

/** A line that some client might send: often one that fits, often one that nearly does. */
function anyLine(random: Random): Uint8Array {
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!;
  const name = pick(["Ana", "Bruno", "Camila", "João", "nobody"]);
  const fitting = pick([`USER ${name}:${pick([1, 2])}`, `ADDR ${name}`, "LIST", "KEEP"]);
  return random() < 0.7 ? bytesOf(fitting) : mutated(pick(LINES), random);
}

/** Runs a desk with clients that do anything, and checks what must hold whatever they do. */
async function abuse(probe: DeskProbe, random: Random, steps: number): Promise<number> {
  const open = new Set<LinkId>();
  let sent = 0;
  const check = (effects: readonly DeskEffect[]) => {
    for (const effect of effects) {
      if (effect.kind === "close" || effect.kind === "abort") {
        assert.ok(open.delete(effect.link), "ended a connection that is not there");
      } else if (effect.kind === "send") {
        const own = probe.desk.nameOf(effect.link);
        assert.ok(own !== null, "sent to a connection without a name");
        assert.ok(open.has(effect.link), "sent to a connection that has ended");
        const reply = parseReply(bytesOf(effect.line));
        if (reply.kind === "LIST") assert.ok(!reply.names.includes(own));
        sent += 1;
      } else {
        assert.ok(effect.kind !== "connect");
      }
    }
    const active = [...open].flatMap((link) => probe.desk.nameOf(link) ?? []);
    assert.equal(new Set(active).size, active.length, "a name is active twice");
  };
  for (let step = 0; step < steps; step++) {
    const links = [...open];
    const link = links[Math.floor(random() * links.length)] ?? 98;
    const choice = random();
    if (choice < 0.08) {
      open.add(await probe.connect(random() < 0.5 ? "192.0.2.1" : "2001:db8::7"));
    } else if (choice < 0.1) {
      open.delete(link);
      check(await probe.input({ kind: "closed", link, reason: "reset" }));
    } else if (choice < 0.11) {
      check(await probe.input({ kind: "line_too_long", link, limit: 8192 }));
    } else if (choice < 0.3) {
      // Always with a sweep, so that no name outlives its lease beside its successor.
      probe.now += Math.floor(random() * 4000);
      check(await probe.input({ kind: "wake" }));
    } else {
      check(await probe.line(link, anyLine(random)));
    }
  }
  return sent;
}

Deno.test("fuzz: the chat desk survives any clients and answers only who has a name", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const probe = new DeskProbe(new ChatDesk(new MemoryStore(), "server"));
    assert.ok(await abuse(probe, seededRandom(seed), 500) > 0);
  }
});

Deno.test("fuzz: so it does over a store that answers later", async () => {
  const store = new LateStore(new MemoryStore());
  const probe = new DeskProbe(new ChatDesk(store, "server"));
  assert.ok(await abuse(probe, seededRandom(99), 1000) > 0);
});
