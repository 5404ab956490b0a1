/** The version of Deno that goes into the files; the one that the whole project is pinned to. */
export const DENO_VERSION = "2.9.6";

/** What an executable is made for, as its first bytes tell. */
export type ExecutableKind =
  | "elf-x86_64"
  | "elf-aarch64"
  | "macho-x86_64"
  | "macho-aarch64"
  | "pe-x86_64";

/** A kind of machine that a file can be built for. */
export interface Target {
  /** Rust's name of it, as `deno compile --target` takes it. */
  readonly triple: string;
  readonly os: "linux" | "darwin" | "windows";
  /** The package of the npm registry that holds Deno for it, and the name of the file inside. */
  readonly npmPackage: string;
  readonly denoFile: string;
  readonly kind: ExecutableKind;
}

/** Every target, in the order in which they are listed and built. */
export const TARGETS: readonly Target[] = [
  {
    triple: "x86_64-unknown-linux-gnu",
    os: "linux",
    npmPackage: "@deno/linux-x64-glibc",
    denoFile: "deno",
    kind: "elf-x86_64",
  },
  {
    triple: "aarch64-unknown-linux-gnu",
    os: "linux",
    npmPackage: "@deno/linux-arm64-glibc",
    denoFile: "deno",
    kind: "elf-aarch64",
  },
  {
    triple: "x86_64-apple-darwin",
    os: "darwin",
    npmPackage: "@deno/darwin-x64",
    denoFile: "deno",
    kind: "macho-x86_64",
  },
  {
    triple: "aarch64-apple-darwin",
    os: "darwin",
    npmPackage: "@deno/darwin-arm64",
    denoFile: "deno",
    kind: "macho-aarch64",
  },
  {
    triple: "x86_64-pc-windows-msvc",
    os: "windows",
    npmPackage: "@deno/win32-x64",
    denoFile: "deno.exe",
    kind: "pe-x86_64",
  },
];

/** The target of that name, or null. */
export function findTarget(triple: string): Target | null {
  return TARGETS.find((target) => target.triple === triple) ?? null;
}

/** The target that this machine is, or null where no file can be built for it. */
export function hostTarget(): Target | null {
  return findTarget(Deno.build.target);
}

/** Whether files for `target` can be run on this machine. */
export function isHost(target: Target): boolean {
  return target.triple === Deno.build.target;
}
