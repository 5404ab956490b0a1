/**
 * One process of a chain of line echoes: the origin sends lines, a relay reads lines and writes
 * them on, both ways, and the last one answers each line with itself. Nothing is looked at or kept.
 * Each line is a write of its own, or all lines of a read are one; the origin always joins them.
 *
 *     deno run --allow-net echo_hop.ts each|joined INDEX LAST [PORT_OF_NEXT]
 */
import { Flight } from "./flight.ts";
import { takeLoads } from "./origin.ts";
import { PAYLOAD } from "./payload.ts";

const LINE_END = 0x0a;
/** Room for every line that is under way. */
const READ_BYTES = 64 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const [writes, ...numbers] = Deno.args;
const [index = 0, last = 0, nextPort = 0] = numbers.map(Number);

if (index === 0) {
  await originate(await connect(nextPort));
} else if (index < last) {
  const forward = await connect(nextPort);
  const back = await accepted();
  await Promise.all([passOn(back, forward), passOn(forward, back)]);
} else {
  const back = await accepted();
  await passOn(back, back);
}

async function originate(conn: Deno.TcpConn): Promise<void> {
  const flight = new Flight((count) => {
    let text = "";
    for (let sent = 0; sent < count; sent++) text += `${PAYLOAD}\n`;
    writeWhole(conn, encoder.encode(text));
  });
  takeLoads(flight);
  for await (const lines of linesOf(conn)) flight.answered(lines.length);
}

async function passOn(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
  for await (const lines of linesOf(from)) {
    if (writes === "joined") {
      let text = "";
      for (const line of lines) text += `${line}\n`;
      await writeWhole(to, encoder.encode(text));
    } else {
      for (const line of lines) await writeWhole(to, encoder.encode(`${line}\n`));
    }
  }
}

/** The lines that each read completes. */
async function* linesOf(conn: Deno.TcpConn): AsyncGenerator<readonly string[]> {
  const buffer = new Uint8Array(READ_BYTES);
  let held = 0;
  for (;;) {
    const count = await conn.read(buffer.subarray(held));
    if (count === null) return;
    const chunk = buffer.subarray(0, held + count);
    const lines: string[] = [];
    let start = 0;
    for (let end; (end = chunk.indexOf(LINE_END, start)) >= 0; start = end + 1) {
      lines.push(decoder.decode(chunk.subarray(start, end)));
    }
    if (lines.length > 0) yield lines;
    buffer.copyWithin(0, start, held + count);
    held += count - start;
  }
}

async function connect(port: number): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  conn.setNoDelay(true);
  return conn;
}

async function accepted(): Promise<Deno.TcpConn> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  console.log(`127.0.0.1:${listener.addr.port}`);
  const conn = await listener.accept();
  conn.setNoDelay(true);
  return conn;
}

async function writeWhole(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  let written = await conn.write(bytes);
  while (written < bytes.length) written += await conn.write(bytes.subarray(written));
}
