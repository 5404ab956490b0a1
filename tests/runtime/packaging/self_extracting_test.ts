import assert from "node:assert/strict";
import { join } from "node:path";
import { buildProbe } from "./probe_program.ts";
import { type OrdinaryUser, ordinaryUser, outcome } from "./ordinary_user.ts";

const folder = await Deno.makeTempDir({ prefix: "self extracting " });
await Deno.chmod(folder, 0o755);
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const { path: file } = await buildProbe(folder);

/** What lies in a cache folder, but for what Deno itself keeps there. */
function cached(cache: string): string[] {
  return [...Deno.readDirSync(cache)].map((entry) => entry.name)
    .filter((name) => name !== "deno_dir").sort();
}

/** Starts once, so that the cache of `user` is filled, and tells where it is. */
async function started(user: OrdinaryUser): Promise<string> {
  assert.equal((await outcome(user.command(file, ["exit", "0"]))).code, 0);
  return join(user.home, ".cache", "prosa");
}

Deno.test("A first start unpacks two files into the user's cache; a second uses them", async () => {
  await using user = await ordinaryUser();
  const cache = await started(user);
  const names = cached(cache);
  assert.equal(names.length, 2);
  assert.match(names[0] ?? "", /^deno-[\d.]+-[0-9a-f]{16}$/);
  assert.match(names[1] ?? "", /^probe-[0-9a-f]{16}\.js$/);
  assert.equal((Deno.statSync(cache).mode ?? 0) & 0o777, 0o700);
  const before = names.map((name) => Deno.statSync(join(cache, name)).ino);
  const second = await outcome(user.command(file, ["--version"]));
  assert.deepEqual(second, { code: 0, stdout: "probe 1.2.3 1 true\n", stderr: "" });
  assert.deepEqual(names.map((name) => Deno.statSync(join(cache, name)).ino), before);
});

Deno.test("Nothing is left in the working folder or the folder for temporary files", async () => {
  await using user = await ordinaryUser();
  await started(user);
  assert.deepEqual([...Deno.readDirSync(user.work)], []);
  assert.deepEqual([...Deno.readDirSync(user.temporary)], []);
  assert.deepEqual([...Deno.readDirSync(user.home)].map((entry) => entry.name), [".cache"]);
});

Deno.test("Eight first starts at once all run", async () => {
  await using user = await ordinaryUser();
  const starts = Array.from({ length: 8 }, () => outcome(user.command(file, ["--version"])));
  for (const start of await Promise.all(starts)) {
    assert.deepEqual(start, { code: 0, stdout: "probe 1.2.3 1 true\n", stderr: "" });
  }
  assert.equal(cached(join(user.home, ".cache", "prosa")).length, 2);
});

Deno.test("Arguments, standard input, exit code, process id and signals are the program's", async () => {
  await using user = await ordinaryUser();
  await started(user);

  const odd = ["two words", "", "--help", "--allow-all", "*", "$HOME", "`id`", "a\nb", "-", "--"];
  const child = user.command(file, ["arguments", ...odd]).spawn();
  const { stdout } = await child.output();
  const told = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual(told, { arguments: odd, pid: child.pid });

  assert.equal((await outcome(user.command(file, ["exit", "42"]))).code, 42);

  const copy = user.command(file, ["copy"], { stdin: "piped" }).spawn();
  const writer = copy.stdin.getWriter();
  await writer.write(new TextEncoder().encode("olá\n"));
  await writer.close();
  assert.equal(new TextDecoder().decode((await copy.output()).stdout), "olá\n");

  const waiting = user.command(file, ["wait"], { stderr: "null" }).spawn();
  const lines = waiting.stdout.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await lines.read()).value, "ready\n");
  waiting.kill("SIGTERM");
  assert.equal((await lines.read()).value, "ended\n");
  await lines.cancel();
  assert.equal((await waiting.status).code, 7);
});

Deno.test("It has the permissions of the table and no others", async () => {
  await using user = await ordinaryUser();
  // A configuration in the working folder or the home must not matter.
  for (const place of [user.work, user.home]) {
    await Deno.writeTextFile(join(place, "deno.json"), "{ broken");
    await Deno.writeTextFile(join(place, "package.json"), "{ broken");
  }
  const { stdout, stderr } = await outcome(user.command(file, ["permissions"]));
  assert.equal(stderr, "");
  assert.deepEqual(JSON.parse(stdout), {
    net: "granted",
    write: "granted",
    read: "prompt",
    env: "prompt",
    run: "prompt",
    ffi: "prompt",
    sys: "prompt",
    datagrams: "function",
  });
});

Deno.test("It is found on the PATH, through a link, and by a shell", async () => {
  await using user = await ordinaryUser();
  await started(user);
  const bin = join(user.base, "my bin");
  await Deno.mkdir(bin);
  await Deno.chmod(bin, 0o755);
  await Deno.symlink(file, join(bin, "probe"));
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  const script =
    'probe exit 3; a=$?; cd "$1"; sh probe exit 4; b=$?; ./probe exit 5; echo $a $b $?';
  const { stdout } = await outcome(user.command("sh", ["-c", script, "sh", bin], { env }));
  assert.equal(stdout, "3 4 5\n");
});

Deno.test("XDG_CACHE_HOME is used where it is absolute", async () => {
  await using user = await ordinaryUser();
  const place = join(user.home, "elsewhere");
  const env = { XDG_CACHE_HOME: place };
  assert.equal((await outcome(user.command(file, ["exit", "0"], { env }))).code, 0);
  assert.equal(cached(join(place, "prosa")).length, 2);
  const relative = { XDG_CACHE_HOME: "elsewhere" };
  assert.equal((await outcome(user.command(file, ["exit", "0"], { env: relative }))).code, 0);
  assert.equal(cached(join(user.home, ".cache", "prosa")).length, 2);
});

/** The fallback of the only user with a folder for temporary files of its own. */
function fallback(user: OrdinaryUser): string {
  const names = [...Deno.readDirSync(user.temporary)].map((entry) => entry.name);
  assert.equal(names.length, 1);
  assert.match(names[0] ?? "", /^prosa-\d+$/);
  return join(user.temporary, names[0] ?? "");
}

Deno.test("Without a home that can be written to it falls back, and uses that again", async () => {
  await using user = await ordinaryUser();
  await Deno.chmod(user.home, 0o500);
  assert.equal((await outcome(user.command(file, ["exit", "5"]))).code, 5);
  const names = cached(fallback(user));
  assert.equal(names.length, 2);
  const before = Deno.statSync(join(fallback(user), names[0] ?? "")).ino;
  assert.equal((await outcome(user.command(file, ["exit", "6"], { env: { HOME: "" } }))).code, 6);
  assert.equal(Deno.statSync(join(fallback(user), names[0] ?? "")).ino, before);
});

Deno.test("A cache that others can write to is not trusted", async () => {
  for (const mode of [0o777, 0o720, 0o702]) {
    await using user = await ordinaryUser();
    await user.folder(join(user.home, ".cache"), 0o700);
    const cache = join(user.home, ".cache", "prosa");
    await user.folder(cache, mode);
    assert.equal((await outcome(user.command(file, ["exit", "5"]))).code, 5);
    assert.deepEqual(cached(cache), []);
    assert.equal(cached(fallback(user)).length, 2);
  }
});

Deno.test("A link in the place of the cache is not followed; no place left is said", async () => {
  await using user = await ordinaryUser();
  const trap = join(user.home, "trap");
  await user.folder(trap, 0o700);
  await user.folder(join(user.home, ".cache"), 0o700);
  await Deno.symlink(trap, join(user.home, ".cache", "prosa"));
  await Deno.chmod(user.temporary, 0o500);
  const english = await outcome(user.command(file, ["exit", "0"]));
  assert.equal(english.code, 1);
  assert.match(english.stderr, /^probe: no folder to unpack to: [^\n]*XDG_CACHE_HOME[^\n]*\n$/);
  assert.match(english.stderr, /\.cache\/prosa \(belongs to, or is open to, somebody else\);/);
  assert.match(english.stderr, /prosa-\d+ \(cannot be written to\)\./);
  const env = { LC_ALL: "pt_BR.UTF-8" };
  const portuguese = await outcome(user.command(file, ["exit", "0"], { env }));
  assert.equal(portuguese.code, 1);
  assert.match(portuguese.stderr, /^probe: nenhuma pasta onde descompactar: [^\n]+\n$/);
  assert.deepEqual(cached(trap), []);
});

Deno.test("What is missing from the cache is unpacked again", async () => {
  await using user = await ordinaryUser();
  const cache = await started(user);
  for (const name of cached(cache)) {
    await Deno.remove(join(cache, name));
    assert.equal((await outcome(user.command(file, ["exit", "4"]))).code, 4);
  }
  assert.equal(cached(cache).length, 2);
});

Deno.test("A damaged file is noticed, wherever the damage is, and leaves nothing behind", async () => {
  await using user = await ordinaryUser();
  const whole = await Deno.readFile(file);
  const damages: [string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>][] = [
    ["cut off", (bytes) => bytes.subarray(0, bytes.length - 1)],
    ["cut off early", (bytes) => bytes.subarray(0, 9000)],
    ["a bit in Deno", (bytes) => flip(bytes, bytes.length >> 1)],
    ["a bit in the program", (bytes) => flip(bytes, 8192 + 2000)],
  ];
  const broken = join(user.base, "broken");
  for (const [name, damage] of damages) {
    await Deno.writeFile(broken, damage(whole.slice()), { mode: 0o755 });
    const { code, stdout, stderr } = await outcome(user.command(broken, ["--version"]));
    assert.deepEqual([code, stdout], [1, ""], name);
    assert.equal(stderr, "probe: this file is damaged; fetch it again.\n", name);
    assert.deepEqual(cached(join(user.home, ".cache", "prosa")), [], name);
  }
});

function flip(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  return bytes;
}
