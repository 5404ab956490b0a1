import { join } from "node:path";
import { build, bundleAll } from "../../../lib/runtime/packaging/build.ts";
import { hasBaseBinary } from "../../../lib/runtime/packaging/deno_compile.ts";
import { PackagingError } from "../../../lib/runtime/packaging/packaging_error.ts";
import { PROGRAMS } from "../../../lib/runtime/packaging/permissions.ts";
import { hostTarget } from "../../../lib/runtime/packaging/targets.ts";
import type { Figure } from "../figures.ts";
import { Program } from "../process.ts";
import { type Start, type Startable, timeStarts } from "../start_times.ts";
import { denoRun, PROJECT, type Workbench } from "../workbench.ts";
import { serverCommand } from "./directory_server.ts";
import type { Suite } from "./suite.ts";

const VERSION = ["--version"];
const ANY_SERVER_PORTS = ["--chat-port", "0", "--registry-port", "0"];
const ANY_PEER_PORTS = ["--listen", "0", "--call-port", "0", "--music-port", "0"];
const SERVER = ["--host", "127.0.0.1", ...ANY_SERVER_PORTS, "--lang", "en"];
const PEER = ["--name", "bench", ...ANY_PEER_PORTS, "--lang", "en"];

/** How long the programs take to start. */
export const START_UP: Suite = {
  name: "start-up",
  about: "From starting a process: of `--version` until it has ended; of a server until it has " +
    "said where it listens; of a peer until it takes what a person types, which is when it says " +
    "where it connects to. The single files are those of `deno task compile`. In its first start " +
    "a file finds an empty cache folder and unpacks itself; otherwise the caches are filled. " +
    "Beside them the least that Deno takes, which the ratio refers to: `deno run` of an empty " +
    "program, or of one that opens a TCP port and says so; and the same from the sources.",
  async *measure(bench) {
    const empty = join(bench.folder, "empty.ts");
    await Deno.writeTextFile(empty, "");
    const ending = [Deno.execPath(), "run", "--no-config", empty];
    const listening = [...bench.baselines.get("bare Deno")!, "persistent", "1:1"];
    const files = await singleFiles(bench);
    await using server = new Program([...serverCommand(), ...SERVER, "--quiet"], PROJECT);
    const [chat, registry] = await server.ports(2) as [number, number];
    const at = ["--server", `127.0.0.1:${chat}`, "--registry-port", String(registry)];
    const programs = [
      { program: "server", ready: "listens", args: SERVER },
      { program: "peer", ready: "takes input", args: [...at, ...PEER] },
    ];
    for (const { program, ready, args } of programs) {
      const file = files.get(program);
      const measured = (what: string, until: Start["until"], args: readonly string[]) =>
        timeStarts(bench, {
          name: `${program}, ${what}`,
          until,
          cold: false,
          candidates: candidates(program, file, args, until === "ended" ? ending : listening),
        });
      if (file !== undefined) yield await firstStart(bench, program, file, ending);
      yield await measured("--version", "ended", VERSION);
      yield await measured(ready, "port_named", args);
    }
  },
};

/** From the sources nothing can be measured here: Deno's cache has the packages. */
function firstStart(
  bench: Workbench,
  program: string,
  file: string,
  bare: readonly string[],
): Promise<Figure> {
  return timeStarts(bench, {
    name: `${program}, --version, first start`,
    until: "ended",
    cold: true,
    candidates: [singleFile(file, VERSION), bareDeno(bare)],
  });
}

/** The subject, the baseline that counts, then the other one. */
function candidates(
  program: string,
  file: string | undefined,
  args: readonly string[],
  bare: readonly string[],
): Startable[] {
  const sources: Startable = {
    name: "sources",
    argv: [...denoRun(join(PROJECT, `main_${program}.ts`)), ...args],
    cache: "DENO_DIR",
  };
  if (file === undefined) return [sources, bareDeno(bare)];
  return [singleFile(file, args), bareDeno(bare), sources];
}

function singleFile(file: string, args: readonly string[]): Startable {
  return { name: "single file", argv: [file, ...args], cache: "XDG_CACHE_HOME" };
}

function bareDeno(argv: readonly string[]): Startable {
  return { name: "bare Deno", argv, cache: "DENO_DIR" };
}

/** The single files of this machine by their programs; none where they cannot be built. */
async function singleFiles(bench: Workbench): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const target = hostTarget();
  if (target === null) return files;
  bench.progress("start-up: building the single files");
  try {
    const scripts = await bundleAll(PROJECT, PROGRAMS);
    const options = {
      out: join(bench.folder, "dist"),
      targets: [target],
      level: bench.timing.compression,
      compile: await hasBaseBinary(target),
    };
    for await (const file of build(scripts, options)) {
      if ("error" in file) throw file.error;
      if (file.way !== "zip") files.set(file.program.name, file.path);
    }
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error;
    bench.progress(`start-up: without single files: ${error.message}`);
  }
  return files;
}
