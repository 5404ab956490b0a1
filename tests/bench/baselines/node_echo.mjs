/**
 * The minimal Node server that the servers are compared with: as deno_echo.ts, with node:net.
 *
 *     node node_echo.mjs persistent|oneshot REQUEST_BYTES:REPLY_BYTES[,…]
 */
import { Buffer } from "node:buffer";
import { createServer } from "node:net";
import process from "node:process";

/** Most replies in one write. */
const REPLIES = 64;
const LINE_END = 0x0a;

const [kind, text] = process.argv.slice(2);
const sizes = text.split(",").map((part) => part.split(":").map(Number));
const server = createServer({ noDelay: true }, kind === "persistent" ? onStream : onLine);
server.listen({ host: "127.0.0.1", port: 0, backlog: 4096 }, () => {
  console.log(`127.0.0.1:${server.address().port}`);
});

const [[requestBytes, replyBytes]] = sizes;
const stream = replies(replyBytes, REPLIES);
const byLength = new Map(sizes.map(([request, reply]) => [request, replies(reply, 1)]));

function onStream(socket) {
  let received = 0;
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    received += chunk.length;
    const requests = Math.floor(received / requestBytes);
    received -= requests * requestBytes;
    socket.write(stream.subarray(0, requests * replyBytes));
  });
}

function onLine(socket) {
  let received = 0;
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    received += chunk.length;
    if (chunk[chunk.length - 1] !== LINE_END) return;
    socket.end(byLength.get(received));
    socket.destroySoon();
  });
}

function replies(length, count) {
  return Buffer.from(`${"x".repeat(length - 1)}\n`.repeat(count));
}
