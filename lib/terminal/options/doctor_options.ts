import { object, type ObjectErrorOptions } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import type { Translator } from "../messages/catalogue.ts";
import type { Language } from "../messages/language.ts";
import { chatPortConflict } from "./chat_port.ts";
import type { Definition } from "./command_line.ts";
import { CALL_PORT, DEFAULT_PORTS, MUSIC_PORT } from "./default_ports.ts";
import { flagged, valued } from "./typed_option.ts";
import { language, port, serverAddress } from "./value_parsers.ts";

/** What `peer doctor` was told to do. */
export interface DoctorOptions {
  /** Null to examine this machine alone. */
  readonly server: string | null;
  readonly chatPort: number;
  readonly registryPort: number;
  /** 0: any free port, as with the next two. */
  readonly listen: number;
  readonly callPort: number;
  readonly musicPort: number;
  readonly language: Language;
  readonly color: boolean;
}

type Parsed = InferValue<ReturnType<typeof doctorParser>>;

/** The word that makes `peer` examine instead of talk. */
export const DOCTOR_COMMAND = "doctor";

/** The command line of `peer doctor`. */
export const DOCTOR: Definition<Parsed, DoctorOptions> = {
  program: "peer doctor",
  brief: "options.doctor.brief",
  examples: ["", "--server 192.168.0.10 --listen 45000"],
  parser: doctorParser,
  finish: (parsed, t) =>
    chatPortConflict(parsed) ?? {
      server: parsed.server?.host ?? null,
      chatPort: parsed.server?.chatPort ?? parsed.chatPort ?? DEFAULT_PORTS.chat,
      registryPort: parsed.registryPort ?? DEFAULT_PORTS.registry,
      listen: parsed.listen ?? 0,
      callPort: parsed.callPort ?? CALL_PORT,
      musicPort: parsed.musicPort ?? MUSIC_PORT,
      language: t.language,
      color: !parsed.noColor,
    },
};

/** The options of `peer doctor`, with their descriptions. */
export function doctorParser(t: Translator, errors: ObjectErrorOptions) {
  const { chat, registry } = DEFAULT_PORTS;
  return object(t("options.heading"), {
    server: valued(t, "--server", serverAddress, t("options.doctor.server")),
    chatPort: valued(t, "--chat-port", port(1), t("options.peer.chat_port", { default: chat })),
    registryPort: valued(
      t,
      "--registry-port",
      port(1),
      t("options.peer.registry_port", { default: registry }),
    ),
    listen: valued(t, "--listen", port(0), t("options.doctor.listen")),
    callPort: valued(
      t,
      "--call-port",
      port(0),
      t("options.doctor.call_port", { default: CALL_PORT }),
    ),
    musicPort: valued(
      t,
      "--music-port",
      port(0),
      t("options.doctor.music_port", { default: MUSIC_PORT }),
    ),
    noColor: flagged(t, "--no-color", t("options.peer.no_color")),
    language: valued(t, "--lang", language, t("options.lang")),
  }, { errors });
}
