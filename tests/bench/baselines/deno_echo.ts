/**
 * The bare Deno read loop that the servers are compared with: reads as many bytes and writes as
 * many as they do, and does not look at any of them.
 *
 *     deno run --allow-net deno_echo.ts persistent|oneshot|paced REQUEST_BYTES:REPLY_BYTES[,…]
 */
import { parseReplySizes, replies, type ReplySize } from "./reply_sizes.ts";

/** Room for the longest pipeline of a suite; most of it is never touched. */
const READ_BYTES = 1024;
/** Room for one line, where connections say little. */
const FEW_BYTES = 128;
/** Most replies in one write. */
const REPLIES = 64;
const LINE_END = 0x0a;

const [kind, sizes = ""] = Deno.args;
const ANSWERERS = { persistent: streamAnswerer, oneshot: lineAnswerer, paced: firstAnswerer };
const answer = ANSWERERS[kind as keyof typeof ANSWERERS](parseReplySizes(sizes));
const listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 4096 });
console.log(`127.0.0.1:${listener.addr.port}`);
for await (const conn of listener) {
  conn.setNoDelay(true);
  answer(conn).catch(() => {}).finally(() => conn.close());
}

function streamAnswerer([size]: readonly ReplySize[]): (conn: Deno.Conn) => Promise<void> {
  const { request, reply } = size!;
  const all = replies(reply, REPLIES);
  return async (conn) => {
    const buffer = new Uint8Array(READ_BYTES);
    let received = 0;
    for (;;) {
      const count = await conn.read(buffer);
      if (count === null) return;
      received += count;
      const requests = Math.floor(received / request);
      received -= requests * request;
      await writeWhole(conn, all.subarray(0, requests * reply));
    }
  };
}

function lineAnswerer(sizes: readonly ReplySize[]): (conn: Deno.Conn) => Promise<void> {
  const byLength = new Map(sizes.map(({ request, reply }) => [request, replies(reply, 1)]));
  return async (conn) => {
    const buffer = new Uint8Array(READ_BYTES);
    let received = 0;
    for (;;) {
      const count = await conn.read(buffer);
      if (count === null) return;
      received += count;
      if (buffer[count - 1] === LINE_END) return await writeWhole(conn, byLength.get(received)!);
    }
  };
}

/** Answers what comes first and reads whatever follows. */
function firstAnswerer([size]: readonly ReplySize[]): (conn: Deno.Conn) => Promise<void> {
  const first = replies(size!.reply, 1);
  return async (conn) => {
    const buffer = new Uint8Array(FEW_BYTES);
    if (await conn.read(buffer) === null) return;
    await writeWhole(conn, first);
    while (await conn.read(buffer) !== null);
  };
}

async function writeWhole(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  let written = await conn.write(bytes);
  while (written < bytes.length) written += await conn.write(bytes.subarray(written));
}
