import { join } from "node:path";

/** A home, a folder for temporary files and an empty folder to work in, of an ordinary user. */
export interface OrdinaryUser extends AsyncDisposable {
  /** Holds the rest; readable by everybody, so that files to run can be put here. */
  readonly base: string;
  readonly home: string;
  readonly temporary: string;
  readonly work: string;
  /** A command as this user, with nothing in the environment but what a login sets, and `env`. */
  command(
    file: string,
    args?: readonly string[],
    options?: Partial<Deno.CommandOptions>,
  ): Deno.Command;
  /** Makes a folder that belongs to this user. */
  folder(path: string, mode: number): Promise<void>;
}

// "nobody", on Linux. A test run by root steps down to it; anybody else is ordinary already.
const NOBODY = 65534;

/** Makes the folders of an ordinary user, whoever runs the tests; they go with it. */
export async function ordinaryUser(): Promise<OrdinaryUser> {
  const base = await Deno.makeTempDir({ prefix: "ordinary user " });
  await Deno.chmod(base, 0o755);
  const identity = Deno.uid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const home = join(base, "home of ana");
  const temporary = join(base, "temporary");
  const work = join(base, "work");

  async function folder(path: string, mode: number): Promise<void> {
    await Deno.mkdir(path);
    await Deno.chmod(path, mode);
    if (identity.uid !== undefined) await Deno.chown(path, identity.uid, identity.gid);
  }
  for (const path of [home, temporary, work]) await folder(path, 0o700);

  return {
    base,
    home,
    temporary,
    work,
    folder,
    command(file, args = [], { env, ...options } = {}) {
      return new Deno.Command(file, {
        args: [...args],
        cwd: work,
        clearEnv: true,
        env: { PATH: "/usr/bin:/bin", HOME: home, TMPDIR: temporary, LANG: "C.UTF-8", ...env },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
        ...identity,
        ...options,
      });
    },
    async [Symbol.asyncDispose]() {
      await Deno.remove(base, { recursive: true });
    },
  };
}

/** What a command prints and how it ends, as text. */
export async function outcome(
  command: Deno.Command,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
