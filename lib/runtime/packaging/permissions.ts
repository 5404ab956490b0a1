import { MUSIC_PROGRAMS } from "../music/playback/player_programs.ts";
import { SOUND_PROGRAMS } from "../sound/sound_programs.ts";

/** A program that is packaged: its name, its entry file and what it is allowed. */
export interface Program {
  /** The first part of the file's name, and what it calls itself in its own sentences. */
  readonly name: string;
  /** Path of the entry file, relative to the project's folder. */
  readonly entry: string;
  /** Deno's permission flags, baked into the file: whoever runs it cannot add to them. */
  readonly permissions: readonly string[];
  /** Flags for the engine, where the usual settings do not suit the program. */
  readonly engine?: readonly string[];
}

const PERMISSIONS = ["--allow-net", "--allow-write", "--allow-sys=networkInterfaces"];

/** Every program that a peer may start: those of calls, then those of music. */
export const RUN_PROGRAMS: readonly string[] = [
  ...SOUND_PROGRAMS,
  ...MUSIC_PROGRAMS.map(({ command }) => command),
];

/** Sound comes through these programs; sounds, and the music that is shared, may be files. */
const SOUND_PERMISSIONS = [`--allow-run=${RUN_PROGRAMS.join(",")}`, "--allow-read"];

/**
 * Keeps the memory of idle connections small (`docs/benchmarks.md`). What a connection waits with
 * between two `KEEP`s outlives a young generation of 32 MiB as well as one of 8 MiB; and
 * because it becomes garbage among the old, those are collected once they have grown by a fifth,
 * and not, as by default, to twice and more.
 */
const SMALL_HEAP = "--v8-flags=--max-semi-space-size=8,--heap-growing-percent=20";

/**
 * The programs and their permissions. From the sources both run with `--allow-net` alone, and a
 * feature that needs more names the flag. A single file takes no flags, so it is given what its
 * documented options need, and nothing else: `--allow-write` is there for `--log-file FILE`, in a
 * peer for downloads and the cache, in a server for `--data FOLDER`, for which it reads files too; the
 * network interfaces to say under which address others reach a server. A server may not start
 * programs; neither may see the environment.
 */
export const PROGRAMS: readonly Program[] = [
  {
    name: "server",
    entry: "main_server.ts",
    permissions: [...PERMISSIONS, "--allow-read"],
    engine: [SMALL_HEAP],
  },
  { name: "peer", entry: "main_peer.ts", permissions: [...PERMISSIONS, ...SOUND_PERMISSIONS] },
];

/** The flags that every program runs with: no remarks of Deno's own, no questions, and the datagrams of `Deno.listenDatagram`. */
export const COMMON_FLAGS: readonly string[] = ["--quiet", "--no-prompt", "--unstable-net"];

/**
 * The flags of `deno run` that keep it to the one script it is given: no configuration of the
 * folder it lies in, no lock file, nothing fetched.
 */
export const ISOLATION_FLAGS: readonly string[] = [
  "--no-config",
  "--no-lock",
  "--no-npm",
  "--no-remote",
  "--cached-only",
];

/** Everything between `deno run` and the script, for a bundle of `program`. */
export function runFlags(program: Program): string[] {
  return [...COMMON_FLAGS, ...ISOLATION_FLAGS, ...program.engine ?? [], ...program.permissions];
}
