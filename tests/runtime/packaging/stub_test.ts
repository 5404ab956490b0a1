import assert from "node:assert/strict";
import {
  stub,
  STUB_LENGTH,
  stubTemplate,
  type StubValues,
} from "../../../lib/runtime/packaging/stub.ts";

const VALUES: StubValues = {
  program: "server",
  target: "x86_64-unknown-linux-gnu",
  version: "2.9.6",
  flags: ["--no-prompt", "--allow-net=127.0.0.1:80,localhost"],
  scriptHash: "0123456789abcdef",
  denoHash: "fedcba9876543210",
  scriptLength: 1000,
};

Deno.test("The stub has one length, every place filled, and ends before the payload", async () => {
  const bytes = stub(await stubTemplate(), VALUES);
  assert.equal(bytes.length, STUB_LENGTH);
  const text = new TextDecoder().decode(bytes);
  assert.match(text, /^#!\/bin\/sh\n/);
  assert.doesNotMatch(text, /@[A-Z_]+@/);
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  assert.match(last, /^exec .* run --no-prompt --allow-net=127\.0\.0\.1:80,localhost .* "\$@"$/);
  assert.ok(text.includes(`tail -c +${STUB_LENGTH + 1} `));
  assert.ok(text.includes("head -c 1000;"));
  assert.ok(text.includes(`tail -c +${STUB_LENGTH + 1001} `));
});

Deno.test("The stub is a script that a POSIX shell can read", async () => {
  const child = new Deno.Command("sh", { args: ["-n"], stdin: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(stub(await stubTemplate(), VALUES));
  await writer.close();
  const { code, stderr } = await child.output();
  assert.deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
});

Deno.test("Nothing that a shell would read otherwise gets into the stub", () => {
  const bad: Partial<StubValues>[] = [
    { program: "ser ver" },
    { program: "" },
    { target: "x'; id; '" },
    { version: "2.9.6\n" },
    { scriptHash: "$(id)" },
    { flags: ["--allow-net; id"] },
    { flags: ["--allow-write=/tmp/a b"] },
    { flags: ["allow"] },
  ];
  for (const change of bad) {
    assert.throws(() => stub("#!/bin/sh\n", { ...VALUES, ...change }), RangeError);
  }
});

Deno.test("A place that nothing fills and a stub that is too long are bugs that are noticed", () => {
  assert.throws(() => stub("@UNKNOWN@", VALUES), RangeError);
  assert.throws(() => stub("#".repeat(STUB_LENGTH + 1), VALUES), RangeError);
});
