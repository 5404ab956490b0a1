import assert from "node:assert/strict";
import { parsePulseDefaults, parsePulseDevices } from "../../../lib/runtime/sound/pulse_devices.ts";

const SOURCES = `Source #51
	State: SUSPENDED
	Name: alsa_output.pci-0000_00_1f.3.analog-stereo.monitor
	Description: Monitor of Built-in Audio Analog Stereo
	Driver: PipeWire
	Sample Specification: s32le 2ch 48000Hz
	Owner Module: 4294967295
	Mute: no
	Volume: front-left: 65536 / 100% / 0.00 dB,   front-right: 65536 / 100% / 0.00 dB
	        balance 0.00
	Monitor of Sink: alsa_output.pci-0000_00_1f.3.analog-stereo
	Properties:
		alsa.card = "0"
		device.class = "monitor"
	Formats:
		pcm

Source #52
	State: RUNNING
	Name: alsa_input.pci-0000_00_1f.3.analog-stereo
	Description: Built-in Audio Analog Stereo
	Driver: PipeWire
	Monitor of Sink: n/a
	Properties:
		alsa.card = "0"
		alsa.card_name = "HDA Intel PCH"
		device.bus_path = "pci-0000:00:1f.3"
		media.class = "Audio/Source"
	Ports:
		analog-input-internal-mic: Internal Microphone (type: Mic, priority: 8900, availability group: Legacy 2, availability unknown)
		analog-input-mic: Microphone (type: Mic, priority: 8700, not available)
	Active Port: analog-input-internal-mic
	Formats:
		pcm

Source #70
	Name: bluez_input.AA_BB_CC_DD_EE_FF.0
	Description: Fones do João (5)
	Monitor of Sink: n/a
	Properties:
		api.bluez5.address = "AA:BB:CC:DD:EE:FF"
	Ports:
		headset-input: Headset (type: Headset, priority: 0, available)
	Active Port: headset-input

Source #71
	Name: noise_filter
	Description: Without noise
	Monitor of Sink: n/a
	Properties:
		device.master_device = "alsa_input.pci-0000_00_1f.3.analog-stereo"
		device.class = "filter"
`;

Deno.test("pulse devices: sources of PipeWire, the monitors last", () => {
  assert.deepEqual(
    parsePulseDevices(SOURCES).map(({ device, isMonitor }) => [
      device.id,
      device.label,
      device.card,
      isMonitor,
    ]),
    [
      [
        "pulse:alsa_input.pci-0000_00_1f.3.analog-stereo",
        "Built-in Audio Analog Stereo (Internal Microphone)",
        "alsa 0",
        false,
      ],
      [
        "pulse:bluez_input.AA_BB_CC_DD_EE_FF.0",
        "Fones do João (5) (Headset)",
        "AA:BB:CC:DD:EE:FF",
        false,
      ],
      ["pulse:noise_filter", "Without noise", "alsa 0", false],
      [
        "pulse:alsa_output.pci-0000_00_1f.3.analog-stereo.monitor",
        "Monitor of Built-in Audio Analog Stereo",
        "alsa 0",
        true,
      ],
    ],
  );
});

Deno.test("pulse devices: a sink of PulseAudio with headphones plugged in", () => {
  const [sink] = parsePulseDevices(`Sink #0
	State: SUSPENDED
	Name: alsa_output.usb
	Description: Jabra Link 380
	Monitor Source: alsa_output.usb.monitor
	Properties:
		device.bus_path = "pci-0000:00:14.0-usb-0:2:1.0"
	Ports:
		analog-output-speaker: Speakers (priority: 10000, not available)
		analog-output-headphones: Headphones (priority: 9900, available)
	Active Port: analog-output-headphones
`);
  assert.deepEqual(sink, {
    device: {
      backend: "pulse",
      id: "pulse:alsa_output.usb",
      label: "Jabra Link 380 (Headphones)",
      card: "pci-0000:00:14.0-usb-0:2:1.0",
    },
    name: "alsa_output.usb",
    isMonitor: false,
  });
});

Deno.test("pulse devices: filters that stand for each other end nowhere", () => {
  const devices = parsePulseDevices(`Source #1
	Name: a
	Properties:
		device.master_device = "b"

Source #2
	Name: b
	Properties:
		device.master_device = "a"
`);
  assert.deepEqual(devices.map(({ device }) => device.card), [null, null]);
  assert.equal(devices[0]!.device.label, "a");
});

Deno.test("pulse devices: what is no list has none", () => {
  for (const text of ["", "Connection failure", "Source #1\n", SOURCES.replaceAll("Name", "")]) {
    assert.deepEqual(parsePulseDevices(text), []);
  }
});

Deno.test("pulse devices: the defaults", () => {
  assert.deepEqual(
    parsePulseDefaults("Server Name: x\nDefault Sink: a.b\nDefault Source: c d\nCookie: 1\n"),
    { source: "c d", sink: "a.b" },
  );
  assert.deepEqual(parsePulseDefaults(""), { source: null, sink: null });
});
