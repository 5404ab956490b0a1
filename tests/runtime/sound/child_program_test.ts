import assert from "node:assert/strict";
import { childOutput } from "../../../lib/runtime/sound/child_output.ts";
import { ChildProgram } from "../../../lib/runtime/sound/child_program.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";

const PIPES = { stdin: "null", stdout: "null" } as const;

/** Whether a process is there. */
function lives(id: number): boolean {
  try {
    Deno.kill(id, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

Deno.test("child program: how it ended, with its last line", async () => {
  const lines: string[] = [];
  const child = ChildProgram.start("sh", [
    "-c",
    "printf 'one\\rtwo\\033[K\\n\\nTime: 3\\n' >&2; exit 3",
  ], {
    ...PIPES,
    line(line) {
      lines.push(line);
      return line.startsWith("Time");
    },
  });
  assert.deepEqual(await child!.ended, { code: 3, detail: "two" });
  assert.deepEqual(lines, ["one", "two", "Time: 3"]);
  await child![Symbol.asyncDispose]();
});

Deno.test("child program: one that says nothing has its exit code as the reason", async () => {
  await using child = ChildProgram.start("sh", ["-c", "exit 7"], PIPES);
  assert.deepEqual(await child!.ended, { code: 7, detail: "exit code 7" });
});

Deno.test("child program: it speaks English", async () => {
  const output = await childOutput("sh", ["-c", "echo $LC_ALL"]);
  assert.equal(output, "C\n");
});

Deno.test("child program: there is none of that name", async () => {
  assert.equal(ChildProgram.start("no-such-program-anywhere", [], PIPES), null);
  assert.equal(await childOutput("no-such-program-anywhere", []), null);
});

Deno.test("child program: it is ended by its id, also where it does not want to", async () => {
  for (const script of ["exec sleep 60", "trap '' TERM; while :; do sleep 0.05; done"]) {
    const child = ChildProgram.start("sh", ["-c", `echo ready >&2; ${script}`], {
      ...PIPES,
      line: () => {
        started.resolve();
        return true;
      },
    })!;
    const started = Promise.withResolvers<void>();
    await started.promise;
    assert.ok(lives(child.id));
    await child[Symbol.asyncDispose]();
    assert.ok(!lives(child.id));
    await child[Symbol.asyncDispose]();
  }
});

Deno.test("child program: what it left behind does not hold up its end", async () => {
  await using child = ChildProgram.start("sh", ["-c", "sleep 2 & echo said >&2"], PIPES);
  const before = performance.now();
  assert.equal((await child!.ended).detail, "said");
  assert.ok(performance.now() - before < 1900);
});

Deno.test("child program: a line without an end does not fill the memory", async () => {
  const script = "head -c 3000000 /dev/zero | tr '\\0' x >&2";
  await using child = ChildProgram.start("sh", ["-c", script], PIPES);
  assert.ok((await child!.ended).detail.length <= 1000);
});

Deno.test("child output: what fails, hangs or never ends tells nothing", async () => {
  assert.equal(await childOutput("sh", ["-c", "echo something; exit 1"]), null);
  assert.equal(await childOutput("yes", []), null);
  const before = performance.now();
  assert.equal(await childOutput("sleep", ["60"]), null);
  assert.ok(performance.now() - before < 1900);
});

const FLAG = "--allow-run=parec,pacat,pactl,arecord,aplay";

Deno.test({
  name: "child program: without the permission it names the flag",
  permissions: { run: false },
  fn() {
    assert.throws(
      () => ChildProgram.start("parec", [], PIPES),
      (error) =>
        error instanceof DeviceError && error.fault.why === "permission" &&
        error.fault.flag === FLAG,
    );
  },
});

Deno.test({
  name: "child program: one that the flag names and the machine lacks is not there",
  permissions: { run: ["pactl"] },
  fn() {
    assert.equal(ChildProgram.start("parec", [], PIPES), null);
  },
});
