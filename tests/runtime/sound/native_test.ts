import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { bundle } from "../../../lib/runtime/packaging/bundle.ts";
import { NATIVE } from "../../../lib/runtime/sound/native.ts";
import { nativeDevice, nativeFault } from "../../../lib/runtime/sound/native_library.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";

const LISTER = fileURLToPath(new URL("native_lister.ts", import.meta.url));
const FLAGS = ["--allow-ffi", "--allow-env", "--allow-read"];

/** Asks the library in a program of its own, which may do no more than the flags say. */
async function devicesWith(flags: readonly string[], lister = LISTER): Promise<unknown> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      ...flags,
      lister,
    ],
    stdin: "null",
    stdout: "piped",
    // The library's own libraries complain of sound cards that are missing.
    stderr: "null",
  }).output();
  assert.equal(code, 0);
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test({
  name: "native: without the permissions it names the flags, and loads nothing",
  permissions: { read: true },
  async fn() {
    await assert.rejects(NATIVE.devices("microphone"), (error) => {
      assert.ok(error instanceof DeviceError);
      assert.deepEqual(error.fault, { why: "permission", flag: FLAGS.join(" ") });
      return true;
    });
  },
});

Deno.test("native: a device is known by its id, or by its name where it has none", () => {
  const device = { backend: "native", id: "native:{0.0.1}", label: "Mic", card: null } as const;
  assert.deepEqual(nativeDevice(device), { id: "{0.0.1}" });
  assert.equal(nativeDevice({ ...device, id: "native:Mic" }), "Mic");
  assert.deepEqual(nativeFault(device, new Error("busy")), {
    why: "failed",
    wanted: "native:{0.0.1}",
    detail: "busy",
  });
  assert.equal(NATIVE.unlisted("x"), null);
});

Deno.test("native: the library loads with the flags that are named, where it is for this system", async () => {
  const { all, preferred } = await devicesWith(FLAGS) as {
    all: { id: string; backend: string }[];
    preferred: { id: string } | null;
  };
  assert.ok(all.every(({ id, backend }) => id.startsWith("native:") && backend === "native"));
  assert.equal(preferred === null, all.length === 0);
});

Deno.test("native: a script of one file is made without the library, and finds none", async () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const lister = "tests/runtime/sound/native_lister.ts";
  const script = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await Deno.writeFile(script, await bundle(root, lister));
    assert.equal(await devicesWith([...FLAGS, "--no-config", "--no-npm"], script), null);
  } finally {
    await Deno.remove(script);
  }
});
