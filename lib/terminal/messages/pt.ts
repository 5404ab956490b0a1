import { call } from "./pt/call.ts";
import { chat } from "./pt/chat.ts";
import { commands } from "./pt/commands.ts";
import { doctor } from "./pt/doctor.ts";
import { music } from "./pt/music.ts";
import { options } from "./pt/options.ts";
import { overlay } from "./pt/overlay.ts";
import { program } from "./pt/program.ts";
import { sound } from "./pt/sound.ts";

/** Every sentence in Brazilian Portuguese. */
export const pt = {
  ...options,
  ...commands,
  ...chat,
  ...call,
  ...sound,
  ...music,
  ...overlay,
  ...program,
  ...doctor,
};
