import assert from "node:assert/strict";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { build, fileName } from "../../../lib/runtime/packaging/build.ts";
import { DENO_VERSION, findTarget, TARGETS } from "../../../lib/runtime/packaging/targets.ts";
import { packageRegistry, windowsExecutable } from "./package_registry.ts";
import { buildProbe, here, PROBE } from "./probe_program.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "build " });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("Two builds of the same tree give the same bytes, and leave nothing else", async () => {
  await inFolder(async (folder) => {
    const [one, two] = [join(folder, "one"), join(folder, "another one")];
    const first = await buildProbe(one);
    const second = await buildProbe(two);
    const [a, b] = [await Deno.readFile(first.path), await Deno.readFile(second.path)];
    assert.equal(a.length, b.length);
    assert.ok(a.every((byte, at) => byte === b[at]));
    for (const out of [one, two]) {
      const names = [...Deno.readDirSync(out)].map((entry) => entry.name);
      assert.deepEqual(names, [fileName("probe", here(), "self-extracting")]);
    }
  });
});

Deno.test("A compiled file that does not run the program is not trusted", async () => {
  await inFolder(async (folder) => {
    // A whole Deno in the place of the base binary gives a file that is just that Deno.
    Deno.env.set("DENORT_BIN", Deno.execPath());
    try {
      const file = await buildProbe(folder, { compile: true });
      assert.equal(file.way, "self-extracting");
      assert.equal(file.notCompiled, "it runs something else than the program");
      assert.equal(file.tried, true);
      assert.equal(file.length, (await Deno.stat(file.path)).size);
    } finally {
      Deno.env.delete("DENORT_BIN");
    }
  });
});

Deno.test("A target for which there is no Deno does not stop the others", async () => {
  await inFolder(async (folder) => {
    await using _registry = await packageRegistry(
      "@deno/win32-x64",
      DENO_VERSION,
      "deno.exe",
      windowsExecutable(),
    );
    const targets = TARGETS.filter((target) => target.os !== "linux");
    const script = { program: PROBE, bytes: new TextEncoder().encode("console.log(1)") };
    // What an earlier build made in another way must not stay beside the new file.
    await Deno.writeTextFile(join(folder, "probe-x86_64-pc-windows-msvc.exe"), "older");
    const options = { out: folder, targets, level: 1, compile: false } as const;
    const results = await Array.fromAsync(build([script], options));
    assert.deepEqual(
      results.map((result) => [result.target.triple, "error" in result ? "failed" : result.way]),
      [
        ["x86_64-apple-darwin", "failed"],
        ["aarch64-apple-darwin", "failed"],
        ["x86_64-pc-windows-msvc", "zip"],
      ],
    );
    const names = [...Deno.readDirSync(folder)].map((entry) => entry.name);
    assert.deepEqual(names, ["probe-x86_64-pc-windows-msvc.zip"]);
    const zip = unzipSync(await Deno.readFile(join(folder, names[0] ?? "")));
    assert.deepEqual(zip["deno.exe"], windowsExecutable());
  });
});

Deno.test("A file that fails its trial is not published", async () => {
  await inFolder(async (folder) => {
    const script = { program: PROBE, bytes: new TextEncoder().encode("throw new Error('mute')") };
    const options = { out: folder, targets: [here()], level: 1, compile: false } as const;
    const [result] = await Array.fromAsync(build([script], options));
    assert.ok(result !== undefined && "error" in result);
    assert.match(result.error.message, /^probe-\S+ was built, but the program itself fails: /);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("Files are named after their target", () => {
  const windows = findTarget("x86_64-pc-windows-msvc");
  const mac = findTarget("aarch64-apple-darwin");
  assert.ok(windows !== null && mac !== null);
  assert.equal(fileName("peer", mac, "self-extracting"), "peer-aarch64-apple-darwin");
  assert.equal(fileName("peer", mac, "deno compile"), "peer-aarch64-apple-darwin");
  assert.equal(fileName("peer", windows, "zip"), "peer-x86_64-pc-windows-msvc.zip");
  assert.equal(fileName("peer", windows, "deno compile"), "peer-x86_64-pc-windows-msvc.exe");
});
