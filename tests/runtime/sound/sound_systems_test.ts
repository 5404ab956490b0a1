import assert from "node:assert/strict";
import type { DeviceFault, SoundBackend, SoundDevice } from "../../../lib/media/sound_status.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";
import type { SoundSystem, SystemDevices } from "../../../lib/runtime/sound/sound_system.ts";
import { SoundSystems } from "../../../lib/runtime/sound/sound_systems.ts";

function device(id: string, label = `label of ${id}`): SoundDevice {
  return { backend: id.split(":")[0] as SoundBackend, id, label, card: null };
}

/** A system that has some devices, none (`null`), or may not be asked. */
function system(
  backend: SoundBackend,
  devices: readonly SoundDevice[] | null | DeviceFault,
  { unlisted = false, preferred = 0 } = {},
): SoundSystem & { asked: number } {
  const refuse = () => Promise.reject(new Error("not in this test"));
  return {
    backend,
    asked: 0,
    devices(): Promise<SystemDevices | null> {
      this.asked++;
      if (devices === null) return Promise.resolve(null);
      if ("why" in devices) return Promise.reject(new DeviceError(devices));
      return Promise.resolve({ all: devices, preferred: devices[preferred] ?? null });
    },
    unlisted: (name) => unlisted ? device(`${backend}:${name}`) : null,
    openMicrophone: refuse,
    openSpeaker: refuse,
  };
}

const PERMISSION: DeviceFault = { why: "permission", flag: "--allow-x" };
const OTHER_PERMISSION: DeviceFault = { why: "permission", flag: "--allow-y" };

/** Opens what works, which is any but those of `broken`. */
async function opened(
  systems: SoundSystems,
  wanted: string | null,
  broken: readonly string[] = [],
): Promise<string | DeviceFault> {
  try {
    return await systems.open("microphone", wanted, (_, { id }) => {
      if (!broken.includes(id)) return Promise.resolve(id);
      throw new DeviceError({ why: "failed", wanted: id, detail: "broken" });
    });
  } catch (error) {
    assert.ok(error instanceof DeviceError);
    return error.fault;
  }
}

const NONE = () => system("native", null);

Deno.test("sound systems: auto takes the first that works, and asks no further", async () => {
  const alsa = system("alsa", [device("alsa:x")]);
  const systems = new SoundSystems([system("pulse", [device("pulse:a")]), alsa], NONE());
  assert.equal(await opened(systems, null), "pulse:a");
  assert.equal(alsa.asked, 0);
  assert.equal(await opened(systems, null, ["pulse:a"]), "alsa:x");
  assert.deepEqual(await opened(systems, null, ["pulse:a", "alsa:x"]), {
    why: "failed",
    wanted: "pulse:a",
    detail: "broken",
  });
  assert.equal((await systems.find("microphone", null)).id, "pulse:a");
});

Deno.test("sound systems: one that answers and has none ends the search", async () => {
  const alsa = system("alsa", [device("alsa:default")]);
  const systems = new SoundSystems([system("pulse", []), alsa], NONE());
  assert.deepEqual(await opened(systems, null), { why: "none_found" });
  assert.equal(alsa.asked, 0);
  await assert.rejects(
    systems.find("microphone", null),
    (error) => error instanceof DeviceError && error.fault.why === "none_found",
  );
});

Deno.test("sound systems: the last resort is asked where no other is there", async () => {
  const native = system("native", [device("native:n")]);
  const absent = new SoundSystems([system("pulse", null), system("alsa", PERMISSION)], native);
  assert.equal(await opened(absent, null), "native:n");
  assert.deepEqual((await absent.list("microphone")).map(({ id }) => id), ["native:n"]);
  const asked = native.asked;
  const there = new SoundSystems([system("pulse", null), system("alsa", [])], native);
  assert.deepEqual(await opened(there, null), { why: "none_found" });
  assert.deepEqual(await there.list("microphone"), []);
  assert.equal(native.asked, asked);
});

Deno.test("sound systems: what may not be asked is the reason only where nothing else is", async () => {
  const refused = system("pulse", PERMISSION);
  const native = system("native", OTHER_PERMISSION);
  assert.deepEqual(await opened(new SoundSystems([refused], native), null), PERMISSION);
  assert.deepEqual(await opened(new SoundSystems([], native), null), OTHER_PERMISSION);
  assert.deepEqual(await opened(new SoundSystems([], NONE()), null), { why: "none_found" });
  const systems = new SoundSystems([system("alsa", [device("alsa:x")]), refused], native);
  assert.deepEqual(await opened(systems, null, ["alsa:x"]), {
    why: "failed",
    wanted: "alsa:x",
    detail: "broken",
  });
  assert.deepEqual(await new SoundSystems([refused], native).list("speaker"), []);
});

Deno.test("sound systems: a device by its id, by its name, by its label", async () => {
  const systems = new SoundSystems([
    system("pulse", [device("pulse:a", "Mic"), device("pulse:b", "Two"), device("pulse:c", "Two")]),
    system("alsa", [device("alsa:b", "Card")], { unlisted: true }),
  ], NONE());
  const not_found = (wanted: string) => ({ why: "not_found", wanted });
  assert.equal(await opened(systems, "pulse:b"), "pulse:b");
  assert.equal(await opened(systems, "alsa:b"), "alsa:b");
  assert.equal(await opened(systems, "a"), "pulse:a");
  assert.equal(await opened(systems, "mic"), "pulse:a");
  assert.equal(await opened(systems, "CARD"), "alsa:b");
  assert.equal(await opened(systems, "alsa:hw:7,0"), "alsa:hw:7,0", "ALSA knows more names");
  for (const wanted of ["b", "two", "nobody", "pulse:nobody", "native:x", "x:y", ""]) {
    assert.deepEqual(await opened(systems, wanted), not_found(wanted), wanted);
  }
});

Deno.test("sound systems: a name cannot be looked up without the permission", async () => {
  const systems = new SoundSystems([system("pulse", PERMISSION)], NONE());
  assert.deepEqual(await opened(systems, "pulse:a"), PERMISSION);
  assert.deepEqual(await opened(systems, "a"), PERMISSION);
});
