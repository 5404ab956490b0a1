import { equal, ok } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import {
  deviceName,
  hasDevice,
  isAudible,
  noDevice,
} from "../../../lib/terminal/views/sound_device.ts";
import { device } from "./sound_fixture.ts";

const say = translator("pt");
const silent = { backend: "none", id: "none", label: "", card: null } as const;

Deno.test("a device's name: its label, else its id, short and printable", () => {
  equal(deviceName(device("mic0", "Microfone"), say), "Microfone");
  equal(deviceName(device("mic0", ""), say), "mic0");
  equal(deviceName(silent, say), "nenhum");
  equal(deviceName(device("x", "a\x1bb"), say), "a␛b");
  ok(displayWidth(deviceName(device("x", "日".repeat(500)), say)) <= 60);
});

Deno.test("the device none is one, and silent", () => {
  equal(hasDevice(silent), true);
  equal(isAudible(silent), false);
  equal(isAudible(device("x", "x")), true);
  equal(hasDevice({ why: "none_found" }), false);
  equal(isAudible({ why: "none_found" }), false);
});

Deno.test("a side without a device, in Portuguese", () => {
  equal(
    noDevice("microphone", { why: "permission", flag: "--allow-run" }, say),
    "Sem microfone: falta uma permissão. Inicie o programa com --allow-run.",
  );
});
