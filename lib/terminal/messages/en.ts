import { call } from "./en/call.ts";
import { chat } from "./en/chat.ts";
import { commands } from "./en/commands.ts";
import { doctor } from "./en/doctor.ts";
import { music } from "./en/music.ts";
import { options } from "./en/options.ts";
import { overlay } from "./en/overlay.ts";
import { program } from "./en/program.ts";
import { sound } from "./en/sound.ts";

/** Every sentence in English: the catalogue that defines the keys and their gaps. */
export const en = {
  ...options,
  ...commands,
  ...chat,
  ...call,
  ...sound,
  ...music,
  ...overlay,
  ...program,
  ...doctor,
} as const;
