import assert from "node:assert/strict";
import { parseAlsaDefault, parseAlsaHardware } from "../../../lib/runtime/sound/alsa_devices.ts";

const HARDWARE = `**** List of CAPTURE Hardware Devices ****
card 0: PCH [HDA Intel PCH], device 0: ALC257 Analog [ALC257 Analog]
  Subdevices: 1/1
  Subdevice #0: subdevice #0
card 2: Webcam [HD Webcam C525], device 0: USB Audio [USB Audio]
  Subdevices: 1/1
  Subdevice #0: subdevice #0
card 3: Loopback [Loopback], device 1: Loopback PCM [Loopback]
`;

const NAMES = `null
    Discard all samples (playback) or generate zero samples (capture)
pulse
    PulseAudio Sound Server
default
    Default Audio Device
sysdefault:CARD=PCH
    HDA Intel PCH, ALC257 Analog
    Default Audio Device
`;

Deno.test("alsa devices: cards, each with its number", () => {
  assert.deepEqual(parseAlsaHardware(HARDWARE), [
    {
      backend: "alsa",
      id: "alsa:plughw:0,0",
      label: "HDA Intel PCH, ALC257 Analog",
      card: "alsa 0",
    },
    { backend: "alsa", id: "alsa:plughw:2,0", label: "HD Webcam C525, USB Audio", card: "alsa 2" },
    { backend: "alsa", id: "alsa:plughw:3,1", label: "Loopback", card: "alsa 3" },
  ]);
  assert.deepEqual(parseAlsaHardware("arecord: device_list:274: no soundcards found..."), []);
});

Deno.test("alsa devices: the default is the first card's, unless it is described as another", () => {
  const hardware = parseAlsaHardware(HARDWARE);
  assert.deepEqual(parseAlsaDefault(NAMES, hardware), {
    backend: "alsa",
    id: "alsa:default",
    label: "Default Audio Device",
    card: "alsa 0",
  });
  const other = NAMES.replace("default\n    Default Audio Device", "default\n    Through Pulse");
  assert.equal(parseAlsaDefault(other, hardware)!.card, null);
  assert.equal(parseAlsaDefault(other, hardware)!.label, "Through Pulse");
});

Deno.test("alsa devices: without cards there is a default only where somebody wrote one", () => {
  assert.equal(parseAlsaDefault("null\n    Discard\n", []), null);
  assert.equal(parseAlsaDefault("default\n    Through Pulse\n", [])!.id, "alsa:default");
  assert.equal(parseAlsaDefault("", parseAlsaHardware(HARDWARE))!.label, "default");
});
