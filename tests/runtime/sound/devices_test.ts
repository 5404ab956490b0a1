import assert from "node:assert/strict";
import {
  chosenMicrophone,
  chosenSpeaker,
  listMicrophones,
  listSpeakers,
  openMicrophone,
  openSpeaker,
} from "../../../lib/runtime/sound/devices.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";
import { TemporaryFolder } from "../temporary_folder.ts";

const EVENTS = { frame: () => {}, lost: () => {} };

Deno.test("devices: none is no device on either side", async () => {
  const none = { backend: "none", id: "none", label: "none", card: null };
  assert.equal(await openMicrophone({ kind: "none" }, EVENTS), null);
  assert.equal(await openSpeaker({ kind: "none" }, EVENTS), null);
  assert.deepEqual(await chosenMicrophone({ kind: "none" }), none);
  assert.deepEqual(await chosenSpeaker({ kind: "none" }), none);
});

Deno.test("devices: a file and a tone, and what is told before they are opened", async () => {
  await using folder = await TemporaryFolder.make();
  const file = { kind: "file", path: folder.at("a.wav") } as const;
  {
    await using speaker = await openSpeaker(file, EVENTS);
    assert.deepEqual(speaker!.device, await chosenSpeaker(file));
  }
  await using microphone = await openMicrophone(file, EVENTS);
  assert.deepEqual(microphone!.device, await chosenMicrophone(file));
  const tone = { kind: "tone", hertz: 440 } as const;
  await using source = await openMicrophone(tone, EVENTS);
  assert.deepEqual(source!.device, await chosenMicrophone(tone));
});

Deno.test("devices: a file that cannot be used is not told to be in use", async () => {
  await using folder = await TemporaryFolder.make();
  const file = (name: string) => ({ kind: "file", path: folder.at(name) }) as const;
  const fault = (name: string, trouble: string) => {
    return { why: "file", wanted: folder.at(name), trouble };
  };
  await folder.write("text", "");
  assert.deepEqual(await chosenMicrophone(file("a.wav")), fault("a.wav", "not_found"));
  assert.deepEqual(await chosenMicrophone(file(".")), { why: "no_wav", wanted: folder.at(".") });
  assert.deepEqual(await chosenSpeaker(file("no/a.wav")), fault("no/a.wav", "no_folder"));
  assert.deepEqual(await chosenSpeaker(file("text/a.wav")), fault("text/a.wav", "no_folder"));
  assert.deepEqual(await chosenSpeaker(file(".")), fault(".", "is_folder"));
  assert.equal((await chosenSpeaker(file("new.wav")) as { backend?: string }).backend, "file");
});

Deno.test("devices: a tone is no speaker", async () => {
  const fault = { why: "not_found", wanted: "tone:440" };
  const choice = { kind: "tone", hertz: 440 } as const;
  assert.deepEqual(await chosenSpeaker(choice), fault);
  await assert.rejects(openSpeaker(choice, EVENTS), (error) => {
    assert.ok(error instanceof DeviceError);
    assert.deepEqual(error.fault, fault);
    return true;
  });
});

Deno.test({
  name: "devices: a program that may do nothing finds none, and is told what it needs",
  permissions: "none",
  async fn() {
    assert.deepEqual(await listMicrophones(), []);
    assert.deepEqual(await listSpeakers(), []);
    for (const choice of [{ kind: "auto" }, { kind: "device", id: "x" }] as const) {
      const fault = await chosenMicrophone(choice);
      assert.ok("why" in fault && fault.why === "permission");
      assert.match(fault.flag, /^--allow-(?:run=parec|ffi)/);
      await assert.rejects(openSpeaker(choice, EVENTS), DeviceError);
    }
  },
});
