import { strict as assert } from "node:assert";
import { join } from "node:path";
import { LIMITS } from "../../lib/base/limits.ts";
import { LogFile, NO_LOG } from "../../lib/runtime/log_file.ts";
import { until } from "./line_client.ts";

async function withFile(use: (file: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(join(folder, "prosa.log"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Bytes of a `much` record, whose time has always the same length. */
function recordBytes(text: string): number {
  return JSON.stringify({ time: new Date().toISOString(), event: "much", text }).length + 1;
}

/** How many of them wait at most: the one that fills the queue is still taken. */
function recordsToFill(text: string): number {
  return Math.floor(LIMITS.outputBytes / recordBytes(text)) + 1;
}

async function records(file: string): Promise<Record<string, unknown>[]> {
  const lines = (await Deno.readTextFile(file)).split("\n");
  assert.equal(lines.pop(), "", "the last line is complete");
  return lines.map((line) => JSON.parse(line));
}

Deno.test("every record is a JSON line with its time, in order, whatever is in it", () =>
  withFile(async (file) => {
    {
      await using log = await LogFile.open(file);
      log.add("in", { text: 'a\nb"\u0000', port: 7, known: true, name: null });
      for (let count = 0; count < 100; count += 1) log.add("tick", { count });
    }
    const [first, ...ticks] = await records(file);
    const { time, ...fields } = first!;
    assert.equal(new Date(String(time)).toISOString(), time);
    assert.deepEqual(fields, {
      event: "in",
      text: 'a\nb"\u0000',
      port: 7,
      known: true,
      name: null,
    });
    assert.deepEqual(ticks.map(({ count }) => count), [...Array(100).keys()]);
  }));

Deno.test("a log is added to, not written over", () =>
  withFile(async (file) => {
    for (const event of ["first", "second"]) {
      await using log = await LogFile.open(file);
      log.add(event, {});
    }
    assert.deepEqual((await records(file)).map(({ event }) => event), ["first", "second"]);
  }));

Deno.test("what is too much at once is counted, and told in the next record that fits", () =>
  withFile(async (file) => {
    const text = "x".repeat(64 * 1024);
    const many = 2 * LIMITS.outputBytes / text.length;
    let added = many;
    {
      await using log = await LogFile.open(file);
      for (let count = 0; count < many; count += 1) log.add("much", { text });
      // All that is kept is in the file before any of these is.
      const full = recordsToFill(text) * recordBytes(text);
      await until(() => {
        log.add("little", {});
        added += 1;
        return Deno.statSync(file).size > full;
      }, "there is room again");
    }
    const all = await records(file);
    const kept = all.filter(({ event }) => event === "much").length;
    assert.ok(kept > 0 && kept < many, `${kept} kept`);
    const lost = all.reduce((sum, record) => sum + Number(record.lost ?? 0), 0);
    assert.equal(all.length + lost, added);
  }));

if (Deno.build.os === "linux") {
  Deno.test("a full disk costs records and nothing else, and is told once", async () => {
    const told: string[] = [];
    {
      await using log = await LogFile.open("/dev/full", {
        failed: (error) => told.push((error as { code?: string }).code ?? String(error)),
        works: () => told.push("works"),
      });
      for (let count = 0; count < 3; count += 1) {
        log.add("lost", {});
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    assert.deepEqual(told, ["ENOSPC"]);
  });
}

Deno.test("a folder is no log", () =>
  withFile(async (file) => {
    await Deno.mkdir(file);
    await assert.rejects(LogFile.open(file));
  }));

Deno.test("without a log nothing happens", async () => {
  await using log = NO_LOG;
  log.add("nothing", {});
});

Deno.test("what a terminal would obey is in the file as an escape, and comes back as it was", () =>
  withFile(async (file) => {
    const name = "\x1b[2J\x7f\x9b\u2028\u202eanA\u200b\u{e0001}é🎵";
    {
      await using log = await LogFile.open(file);
      log.add("user_added", { name });
    }
    const text = await Deno.readTextFile(file);
    assert.ok(
      text.includes("\\u001b[2J\\u007f\\u009b\\u2028\\u202eanA\\u200b\\udb40\\udc01é🎵"),
      text,
    );
    assert.equal((await records(file))[0]?.name, name);
  }));
