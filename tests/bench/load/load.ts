/**
 * The load generator where there is no C compiler; load.c is the same program and costs less.
 *
 *     load persistent|oneshot|paced PORT CONNECTIONS PIPELINE WARM_UP_MS MEASURE_MS REQUESTS [SETUP]
 *
 * `persistent`: every connection sends PIPELINE requests at once, waits for as many lines, and so
 * on. `oneshot`: every connection sends one request and reads to the end of the stream, then is
 * opened anew. `paced`: every connection sends one request in each PIPELINE milliseconds, all of
 * them evenly spread, to which nothing is answered.
 * REQUESTS and SETUP are files of records (records.ts). A connection's setup record is answered
 * by one line. Says `begin` and `end` around the measured time, then what was counted, as JSON.
 */
import process from "node:process";
import { unpackRecords } from "./records.ts";

const CONNECTING_AT_ONCE = 256;
const LINE_END = 0x0a;

const [mode, port, count, pipeline, warmUp, measured] = Deno.args.map((text, index) =>
  index === 0 ? text : Number(text)
) as [string, number, number, number, number, number];
const requests = unpackRecords(Deno.readFileSync(Deno.args[6]!));
const setup = Deno.args[7] === undefined ? [] : unpackRecords(Deno.readFileSync(Deno.args[7]));

let replies = 0;
let replyBytes = 0;
let failures = 0;
let running = true;

if (mode === "oneshot") {
  for (let i = 0; i < count; i++) requestAgainAndAgain(i * 7919);
  await measure();
} else {
  const conns: Deno.Conn[] = [];
  if (mode === "paced") pace(conns);
  await openAll(conns);
  if (mode === "persistent") conns.forEach((conn, i) => converse(conn, i * 7919));
  await measure();
}
Deno.exit(0);

async function measure(): Promise<void> {
  await passed(warmUp);
  const before = { replies, replyBytes, cpu: process.cpuUsage(), at: performance.now() };
  console.log("begin");
  await passed(measured);
  const seconds = (performance.now() - before.at) / 1000;
  const cpu = process.cpuUsage(before.cpu);
  running = false;
  console.log("end");
  console.log(JSON.stringify({
    requests: replies - before.replies,
    replyBytes: replyBytes - before.replyBytes,
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    failures,
  }));
}

/** Opens connections into their places of `conns`, each once it is set up. */
async function openAll(conns: Deno.Conn[]): Promise<void> {
  let next = 0;
  const openSome = async () => {
    while (next < count) {
      const index = next++;
      const conn = await Deno.connect({ hostname: "127.0.0.1", port });
      conn.setNoDelay(true);
      const record = setup[index % setup.length];
      if (record !== undefined) {
        await conn.write(record);
        await readLines(conn, new Uint8Array(65536), 1);
      }
      conns[index] = conn;
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, openSome));
}

/** Sends what is due on the connections that there are: each has its turn in every interval. */
function pace(conns: readonly (Deno.Conn | undefined)[]): void {
  const start = performance.now();
  let turns = 0;
  setInterval(() => {
    const due = Math.floor((performance.now() - start) / pipeline * count);
    for (; turns < due; turns++) {
      const conn = conns[turns % count];
      if (conn === undefined) continue;
      conn.write(requests[turns % requests.length]!).catch(() => failures++);
      replies++;
    }
  }, 1);
}

async function converse(conn: Deno.Conn, first: number): Promise<void> {
  const buffer = new Uint8Array(65536);
  let next = first;
  try {
    while (running) {
      await conn.write(batchFrom(next));
      next += pipeline;
      const bytes = await readLines(conn, buffer, pipeline);
      replyBytes += bytes;
      replies += pipeline;
    }
  } catch {
    failures++;
  }
}

/** The requests from the one numbered `first` on that are sent in one write. */
function batchFrom(first: number): Uint8Array {
  if (pipeline === 1) return requests[first % requests.length]!;
  const records = Array.from(
    { length: pipeline },
    (_, i) => requests[(first + i) % requests.length]!,
  );
  const batch = new Uint8Array(records.reduce((sum, record) => sum + record.length, 0));
  let at = 0;
  for (const record of records) {
    batch.set(record, at);
    at += record.length;
  }
  return batch;
}

/** Reads until `lines` lines have come; resolves to their bytes. */
async function readLines(conn: Deno.Conn, buffer: Uint8Array, lines: number): Promise<number> {
  let bytes = 0;
  while (lines > 0) {
    const count = await conn.read(buffer);
    if (count === null) throw new Deno.errors.UnexpectedEof("the server closed a connection");
    const chunk = buffer.subarray(0, count);
    bytes += count;
    for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) lines--;
  }
  return bytes;
}

async function requestAgainAndAgain(first: number): Promise<void> {
  const buffer = new Uint8Array(65536);
  for (let next = first; running; next++) {
    try {
      using conn = await Deno.connect({ hostname: "127.0.0.1", port });
      await conn.write(requests[next % requests.length]!);
      let bytes = await readLines(conn, buffer, 1);
      for (let more; (more = await conn.read(buffer)) !== null;) bytes += more;
      replies++;
      replyBytes += bytes;
    } catch {
      failures++;
    }
  }
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
