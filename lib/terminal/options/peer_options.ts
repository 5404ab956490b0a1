import { object, type ObjectErrorOptions } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import type { SoundChoice } from "../../media/sound_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Language } from "../messages/language.ts";
import { type Sentence, sentence } from "../messages/sentence.ts";
import {
  type CommandLine,
  type Definition,
  type Environment,
  parseCommandLine,
} from "./command_line.ts";
import { chatPortConflict } from "./chat_port.ts";
import { byteCount, byteRate } from "./byte_count.ts";
import { CALL_PORT, DEFAULT_PORTS, MUSIC_PORT } from "./default_ports.ts";
import { DOCTOR_COMMAND } from "./doctor_options.ts";
import { microphoneChoice, speakerChoice } from "./sound_choice.ts";
import { flagged, repeated, valued } from "./typed_option.ts";
import { filePath, folderPath, language, ownName, port, serverAddress } from "./value_parsers.ts";

/** What `peer` was told to do. What is null and needed is asked for. */
export interface PeerOptions {
  /** The server's address or machine name; null with `serve`, or to be asked for. */
  readonly server: string | null;
  /** The server's chat port; 0, any free port, only with `serve`. */
  readonly chatPort: number;
  /** The server's registry port; 0, any free port, only with `serve`. */
  readonly registryPort: number;
  readonly name: string | null;
  readonly namespace: string;
  /** Port on which other peers connect; 0: any free port. */
  readonly listen: number;
  readonly mic: SoundChoice;
  readonly speaker: SoundChoice;
  /** UDP port of calls; where it is taken, the next free one. 0: any free port. */
  readonly callPort: number;
  /** Shuts the microphone while the other side speaks. */
  readonly halfDuplex: boolean;
  /** Folders whose music others can have. */
  readonly shares: readonly string[];
  /** Where downloads go; null for the usual folder. */
  readonly downloads: string | null;
  /** UDP port of music; where it is taken, the next free one. 0: any free port. */
  readonly musicPort: number;
  /** Bytes a second that all listeners together may be sent, or null for no limit. */
  readonly maxUpload: number | null;
  /** Where music that was played is kept; null where none was chosen. */
  readonly cache: string | null;
  /** Bytes of it. */
  readonly cacheSize: number;
  /** Does not print the messages of calls and of their registry. */
  readonly quiet: boolean;
  readonly language: Language;
  readonly logFile: string | null;
  readonly trace: boolean;
  readonly color: boolean;
  /** Hosts the server in the same process. */
  readonly serve: boolean;
}

const NAMESPACE = "geral";
/** Some 200 songs of a usual length and rate, in bytes. */
const CACHE_SIZE = { text: "1G", bytes: 1e9 } as const;

/** The command line of `peer`: the options to run with, or what to print before ending. */
export function parsePeerOptions(
  args: readonly string[],
  environment: Environment,
): CommandLine<PeerOptions> {
  return parseCommandLine(PEER, args, environment);
}

type Parsed = InferValue<ReturnType<typeof parser>>;

/** What the program is where it is not told to do something else. */
export const PEER: Definition<Parsed, PeerOptions> = {
  program: "peer",
  brief: "options.peer.brief",
  commands: [{ name: DOCTOR_COMMAND, about: "options.doctor.brief" }],
  examples: [
    "--server 192.168.0.10 --name Ana",
    "--serve --name Ana",
    "doctor --server 192.168.0.10",
  ],
  parser,
  finish: (parsed, t) =>
    conflict(parsed) ?? {
      server: parsed.server?.host ?? null,
      chatPort: parsed.server?.chatPort ?? parsed.chatPort ?? DEFAULT_PORTS.chat,
      registryPort: parsed.registryPort ?? DEFAULT_PORTS.registry,
      name: parsed.name ?? null,
      namespace: parsed.namespace ?? NAMESPACE,
      listen: parsed.listen ?? 0,
      mic: parsed.mic ?? { kind: "auto" },
      speaker: parsed.speaker ?? { kind: "auto" },
      callPort: parsed.callPort ?? CALL_PORT,
      halfDuplex: parsed.halfDuplex,
      shares: parsed.share,
      downloads: parsed.downloads ?? null,
      musicPort: parsed.musicPort ?? MUSIC_PORT,
      maxUpload: parsed.maxUpload?.limit ?? null,
      cache: parsed.cache ?? null,
      cacheSize: parsed.cacheSize ?? CACHE_SIZE.bytes,
      quiet: parsed.quiet,
      language: t.language,
      logFile: parsed.logFile ?? null,
      trace: parsed.trace,
      color: !parsed.noColor,
      serve: parsed.serve,
    },
};

/** What is wrong with options that are right one by one. */
function conflict({ server, serve, chatPort, registryPort }: Parsed): Sentence | null {
  if (serve && server !== undefined) return sentence("options.fault.serve_and_server");
  const conflict = chatPortConflict({ server, chatPort });
  if (conflict !== null) return conflict;
  // Any free port is something to listen on, not something to connect to.
  if (!serve && chatPort === 0) return portZero("--chat-port");
  if (!serve && registryPort === 0) return portZero("--registry-port");
  return null;
}

function portZero(option: string): Sentence {
  return sentence("options.fault.port", { option, least: 1, value: 0 });
}

function parser(t: Translator, errors: ObjectErrorOptions) {
  const { chat, registry } = DEFAULT_PORTS;
  return object(t("options.heading"), {
    server: valued(t, "--server", serverAddress, t("options.peer.server")),
    name: valued(t, "--name", ownName("name"), t("options.peer.name")),
    serve: flagged(t, "--serve", t("options.peer.serve")),
    chatPort: valued(
      t,
      "--chat-port",
      port(0),
      t("options.peer.chat_port", { default: chat }),
    ),
    registryPort: valued(
      t,
      "--registry-port",
      port(0),
      t("options.peer.registry_port", { default: registry }),
    ),
    listen: valued(t, "--listen", port(0), t("options.peer.listen")),
    namespace: valued(
      t,
      "--namespace",
      ownName("namespace"),
      t("options.peer.namespace", { default: NAMESPACE }),
    ),
    mic: valued(t, "--mic", microphoneChoice, t("options.peer.mic")),
    speaker: valued(t, "--speaker", speakerChoice, t("options.peer.speaker")),
    callPort: valued(
      t,
      "--call-port",
      port(0),
      t("options.peer.call_port", { default: CALL_PORT }),
    ),
    halfDuplex: flagged(t, "--half-duplex", t("options.peer.half_duplex")),
    share: repeated(t, "--share", folderPath, t("options.peer.share")),
    downloads: valued(t, "--downloads", folderPath, t("options.peer.downloads")),
    musicPort: valued(
      t,
      "--music-port",
      port(0),
      t("options.peer.music_port", { default: MUSIC_PORT }),
    ),
    maxUpload: valued(t, "--max-upload", byteRate, t("options.peer.max_upload")),
    cache: valued(t, "--cache", folderPath, t("options.peer.cache")),
    cacheSize: valued(
      t,
      "--cache-size",
      byteCount,
      t("options.peer.cache_size", { default: CACHE_SIZE.text }),
    ),
    quiet: flagged(t, "--quiet", t("options.peer.quiet")),
    trace: flagged(t, "--trace", t("options.peer.trace")),
    noColor: flagged(t, "--no-color", t("options.peer.no_color")),
    logFile: valued(t, "--log-file", filePath, t("options.log_file")),
    language: valued(t, "--lang", language, t("options.lang")),
  }, { errors });
}
