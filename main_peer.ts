/**
 * `peer`: the program that a person runs. Reads the arguments, builds, wires and disposes.
 *
 * @module
 */
import { LIMITS } from "./lib/base/limits.ts";
import { diagnose, isHealthy } from "./lib/doctor/mark.ts";
import { MemoryStore } from "./lib/directory/memory_store.ts";
import { examine } from "./lib/runtime/doctor/examination.ts";
import { EndSignal } from "./lib/runtime/end_signal.ts";
import { type Log, LogFile, NO_LOG } from "./lib/runtime/log_file.ts";
import { ownAddresses } from "./lib/runtime/own_addresses.ts";
import { Peer, PeerPortError, type PeerServer } from "./lib/runtime/peer.ts";
import { PortError, Server } from "./lib/runtime/server.ts";
import { wantsColour } from "./lib/terminal/console/at_terminal.ts";
import type { Console } from "./lib/terminal/console/console.ts";
import { LineOutput } from "./lib/terminal/console/line_output.ts";
import { openConsole } from "./lib/terminal/console/open_console.ts";
import { printError, tellStartFailure } from "./lib/terminal/console/start_failure.ts";
import { terminalSize, writeAll } from "./lib/terminal/console/terminal_device.ts";
import { DoctorScreen } from "./lib/terminal/doctor/doctor_screen.ts";
import { examineTerminal } from "./lib/terminal/doctor/terminal_finding.ts";
import { type Translator, translator } from "./lib/terminal/messages/catalogue.ts";
import type { DoctorOptions } from "./lib/terminal/options/doctor_options.ts";
import { parsePeerCommandLine } from "./lib/terminal/options/peer_command_line.ts";
import type { PeerOptions } from "./lib/terminal/options/peer_options.ts";
import { formatServerAddress } from "./lib/terminal/options/server_address.ts";
import { type Note, PeerScreen } from "./lib/terminal/peer_screen.ts";
import { askName, askServer } from "./lib/terminal/questions.ts";
import { createPainter } from "./lib/terminal/text/painter.ts";
import { joinCommand, peerCommand } from "./lib/terminal/views/join_command.ts";
import { protocolLine, who, wireText } from "./lib/terminal/views/protocol_line.ts";
import { logFailure, logProblem, portProblem } from "./lib/terminal/views/start_problem.ts";

/** The reason, as a sentence for the person, why the program cannot go on; exit code 1. */
class Problem extends Error {}

/** The person leaves instead of answering a question, and has no problem; exit code 0. */
class Left extends Error {}

/** Where downloads go unless the person says so: in the folder that the program was started in. */
const DOWNLOADS = "downloads";
/** Which option chooses a port. */
const PORT_OPTIONS = { listen: "--listen", call: "--call-port", music: "--music-port" } as const;

/** Where the server is, and what the person should read of it at the start. */
interface Meeting {
  readonly server: PeerServer;
  readonly notes: readonly Note[];
}

if (import.meta.main) Deno.exit(await main(Deno.args));

/** Runs the peer until the person leaves; the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { columns } = terminalSize();
  const parsed = parsePeerCommandLine(args, { locale: navigator.language, columns });
  if (parsed.kind === "exit") {
    (parsed.stream === "stdout" ? console.log : printError)(parsed.output);
    return parsed.code;
  }
  const say = translator(parsed.options.language);
  if (parsed.kind === "doctor") return await doctor(parsed.options, say);
  try {
    return await run(parsed.options, say);
  } catch (error) {
    if (error instanceof Left) return 0;
    if (!(error instanceof Problem)) throw error;
    tellStartFailure(error.message, say);
    return 1;
  }
}

/** Examines this machine, its network and the server; 1 where something failed. */
async function doctor(options: DoctorOptions, say: Translator): Promise<number> {
  const { listen, callPort: call, musicPort: music } = options;
  const server = options.server === null ? null : { ...options, host: options.server };
  const colour = wantsColour(!options.color);
  const output = new LineOutput(writeAll, (count) => say.count("console.not_shown", count));
  const columns = Deno.stdout.isTerminal() ? terminalSize().columns : Infinity;
  const page = { say, paint: createPainter(colour), columns };
  const screen = new DoctorScreen(page, (line) => output.print(line));
  using ended = new EndSignal();
  const ending = new AbortController();
  ended.came.then(() => {
    screen.interrupt();
    ending.abort();
  });

  const terminal = diagnose(await examineTerminal(colour));
  screen.begin(server === null ? null : formatServerAddress(server));
  screen.tell(terminal);
  const ports = { listen, call, music };
  const found = await examine({ server, ports }, (one) => screen.tell(one), ending.signal);
  screen.end({ withServer: server !== null });
  await output.drained();
  return ending.signal.aborted || !isHealthy(found) ? 1 : 0;
}

async function run(options: PeerOptions, say: Translator): Promise<number> {
  await using resources = new AsyncDisposableStack();
  const log = resources.use(await openLog(options, say, (line) => person.print(line)));
  const colour = wantsColour(!options.color);
  const person = resources.use(openConsole({ sentences: consoleSentences(say), colour }));
  const signal = resources.use(new EndSignal());

  const asking = { person, signal };
  const name = options.name ??
    await answered(askName(person, say), say("problem.name_needed"), asking);
  const { server, notes } = options.serve
    ? await host(options, say, log, resources)
    : await findServer(options, asking, say);

  const paint = createPainter(colour);
  const at = formatServerAddress(server);
  const screen = new PeerScreen({
    console: person,
    say,
    paint,
    server: at,
    rendezvous: formatServerAddress({ host: server.host, chatPort: server.registryPort }),
    namespace: options.namespace,
    quiet: options.quiet,
    halfDuplex: options.halfDuplex,
  });
  person.print(paint.dim(say("link.connecting", { server: at })));
  const peer = resources.use(
    startPeer(
      options,
      say,
      () =>
        new Peer(peerOptions(options, name, server), {
          status: (status) => {
            screen.status(status);
            log.add(status.kind, { status: JSON.stringify(status) });
          },
          report: (report) => {
            screen.report(report);
            log.add(report.kind, { report: JSON.stringify(report) });
          },
          call: (status) => {
            screen.call(status);
            log.add(status.kind, { call: JSON.stringify(status) });
          },
          sound: (report) => {
            screen.sound(report);
            log.add(report.kind, { sound: JSON.stringify(report) });
          },
          music: (report) => {
            screen.music(report);
            log.add(report.kind, { music: JSON.stringify(report) });
          },
          library: (status) => {
            screen.library(status);
            log.add(status.kind, { library: JSON.stringify(status) });
          },
          catalogue: (status) => {
            screen.catalogue(status);
            log.add(status.kind, { catalogue: JSON.stringify(status) });
          },
          line: (line) => {
            const { direction, text } = line;
            if (options.trace) {
              person.print(protocolLine({ direction, who: who(line), text }, Date.now(), paint));
            } else if (line.system === "call") screen.callMessage(line);
            if (options.logFile === null) return;
            log.add(direction, { who: who(line), text: wireText(text) });
          },
          linesHidden: (count) => {
            if (options.trace) person.print(paint.dim(say.count("call.hidden", count)));
            else screen.callMessagesHidden(count);
            log.add("lines_hidden", { count });
          },
          bug: (error) => {
            person.print(paint.error(say("problem.bug", { detail: String(error) })));
            log.add("bug", { error: String(error) });
          },
        }),
    ),
  );
  screen.attach(peer, [...notes, { text: listening(options, peer, say) }]);
  signal.came.then(() => screen.end(0));

  const code = await screen.run();
  await peer.leave();
  if (code === 0) person.print(say("exit.goodbye"));
  return code;
}

function peerOptions(options: PeerOptions, name: string, server: PeerServer) {
  const { namespace, listen, callPort, mic, speaker, halfDuplex } = options;
  const sound = { microphone: mic, speaker, halfDuplex };
  const { musicPort, shares, downloads, cache, cacheSize, maxUpload } = options;
  const music = { shares, downloads: downloads ?? DOWNLOADS, cache, cacheSize, maxUpload };
  return { name, namespace, server, listen, callPort, sound, musicPort, music };
}

function consoleSentences(say: Translator) {
  return {
    howToLeave: () => say("exit.how"),
    linesNotShown: (count: number) => say.count("console.not_shown", count),
    inputCut: (characters: number) => say("console.input_cut", { characters }),
  };
}

/** @param tell shows what becomes of the log later */
async function openLog(
  { logFile }: PeerOptions,
  say: Translator,
  tell: (line: string) => void,
): Promise<Log> {
  if (logFile === null) return NO_LOG;
  try {
    return await LogFile.open(logFile, {
      failed: (error) => tell(logFailure(error, logFile, say)),
      works: () => tell(say("log.works", { file: logFile })),
    });
  } catch (error) {
    throw new Problem(logProblem(error, logFile, say));
  }
}

/** What is needed to end with a question open. */
interface Asking {
  readonly person: Console;
  readonly signal: EndSignal;
}

/**
 * What a question was answered with.
 *
 * @param problem what is wrong where the input ends before there is an answer
 */
async function answered<Value>(
  answer: Promise<Value | null>,
  problem: string,
  { person, signal }: Asking,
): Promise<Value> {
  const ended = signal.came.then(() => {
    throw new Left();
  });
  const value = await Promise.race([answer, ended]);
  if (value === null) throw person.interactive ? new Left() : new Problem(problem);
  return value;
}

async function findServer(
  { server, chatPort, registryPort }: PeerOptions,
  asking: Asking,
  say: Translator,
): Promise<Meeting> {
  const address = server === null
    ? await answered(askServer(asking.person, say), say("problem.server_needed"), asking)
    : { host: server, chatPort };
  return {
    server: { host: address.host, chatPort: address.chatPort ?? chatPort, registryPort },
    notes: [],
  };
}

/** Hosts the server in this process, and says how others join. */
async function host(
  options: PeerOptions,
  say: Translator,
  log: Log,
  resources: AsyncDisposableStack,
): Promise<Meeting> {
  const caps = { total: LIMITS.serverConnections, perIp: LIMITS.serverConnectionsPerIp };
  const observer = {
    report: (report: { readonly kind: string }) => log.add(report.kind, { ...report }),
    bug: (error: unknown) => log.add("bug", { error: String(error) }),
  };
  const server = await Server.open(
    { ...options, host: "0.0.0.0", caps },
    new MemoryStore(),
    observer,
  )
    .catch((error) => {
      if (!(error instanceof PortError)) throw error;
      const { cause, port } = error;
      const option = error.which === "chat" ? "--chat-port" : "--registry-port";
      throw new Problem(portProblem({ error: cause, host: "0.0.0.0", port, option }, say));
    });
  resources.use(server);
  const addresses = ownAddresses();
  // The server tells others the address that it sees of us, so it must see one that they reach.
  const own = addresses?.[0] ?? "127.0.0.1";
  const { chat, registry } = server.ports;
  const command = joinCommand(peerCommand(import.meta.url), own, server.ports);
  return {
    server: { host: own, chatPort: chat, registryPort: registry },
    notes: [
      { text: say("welcome.hosting") },
      { text: say("welcome.join") },
      { text: command, toCopy: true },
      ...addresses === null
        ? [{ text: say("welcome.local_only", { flag: "--allow-sys=networkInterfaces" }) }]
        : [],
    ],
  };
}

function startPeer(
  { listen, callPort, musicPort }: PeerOptions,
  say: Translator,
  start: () => Peer,
): Peer {
  try {
    return start();
  } catch (error) {
    if (!(error instanceof PeerPortError)) throw error;
    const { cause } = error;
    const port = { listen, call: callPort, music: musicPort }[error.which];
    const option = PORT_OPTIONS[error.which];
    throw new Problem(portProblem({ error: cause, host: "0.0.0.0", port, option }, say));
  }
}

function listening({ listen }: PeerOptions, { port }: Peer, say: Translator): string {
  return listen === 0 || listen === port
    ? say("welcome.listening", { port })
    : say("welcome.listening_other", { port, wanted: listen });
}
