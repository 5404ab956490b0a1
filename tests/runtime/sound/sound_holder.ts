/**
 * Opens two microphones and two speakers, plays, says so, and goes on until it is killed.
 *
 * @module
 */
import { openMicrophone, openSpeaker } from "../../../lib/runtime/sound/devices.ts";
import { Pacer } from "../../../lib/runtime/sound/pacer.ts";

const events = { frame: () => {}, lost: () => {} };
await openMicrophone({ kind: "device", id: "pulse:mouth_a" }, events);
await openMicrophone({ kind: "device", id: "pulse:mouth_b" }, events);
const speakers = [
  await openSpeaker({ kind: "device", id: "pulse:ear_a" }, events),
  await openSpeaker({ kind: "device", id: "pulse:ear_b" }, events),
];
new Pacer(() => speakers.forEach((speaker) => speaker?.play(new Int16Array(960))));
console.log("open");
