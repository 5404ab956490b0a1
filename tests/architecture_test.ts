/**
 * Holds the rooms of `docs/architecture.md` against the imports of every file in `lib/`, and a few
 * rules of size and shape that a reader counts on.
 *
 * @module
 */
import assert from "node:assert/strict";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";

/** Data, not code: any room may read its own version there. */
const MANIFEST = "deno.json";
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * What each room may import besides itself and `base`. Where a room may import `protocol` it may
 * import `wire` too: the wire's lines and JSON objects are part of the protocol's own signatures.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  wire: [],
  protocol: ["wire"],
  directory: ["protocol", "wire"],
  media: ["protocol", "wire"],
  chat: ["protocol", "wire"],
  overlay: ["protocol", "wire"],
  call: ["protocol", "wire", "media"],
  music: ["protocol", "wire", "media"],
  doctor: ["media"],
  runtime: ["wire", "protocol", "directory", "media", "chat", "overlay", "call", "music", "doctor"],
  terminal: [],
};

/** Of these the terminal shows statuses: it may know their types, never their code. */
const SHOWN_BY_TERMINAL = ["chat", "overlay", "call", "media", "music", "directory", "doctor"];

/** The rooms that touch the world; in every other neither `Deno` nor `node:` may appear. */
const WORLDLY = ["runtime", "terminal"];

/** Most lines of a file, and the files that may be longer, each with its reason. */
const MOST_LINES = 350;
const LONGER: Readonly<Record<string, string>> = {};

interface Import {
  readonly from: string;
  /** As it is written. */
  readonly specifier: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  /** From the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The text without comments, strings kept. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** Code without its comments. Strings, templates and regular expressions are stepped over. */
function withoutComments(text: string): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:!&|?{};[]\s*|return\s+)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*\//g;
  return text.replace(token, (found) => /^\/[*/]/.test(found) ? " " : found);
}

/** Every import, export from and dynamic import of a file. */
function importsOf(from: string, code: string): Import[] {
  const statement = /(?:^|[;}\n])\s*(?:import|export)\b([^"';=()]*?)\bfrom\s*["']([^"'\n]+)["']/g;
  const bare = /(?:^|[;}\n])\s*import\s*["']([^"'\n]+)["']/g;
  const called = /\bimport\s*\(\s*(?:["'`]([^"'`\n]*)["'`])?/g;
  const found: Import[] = [];
  for (const [, clause = "", specifier = ""] of code.matchAll(statement)) {
    const names = /^\s*\{([\s\S]*)\}\s*$/.exec(clause)?.[1]?.split(",").filter((name) =>
      name.trim() !== ""
    );
    const typeOnly = /^\s*type\s+[{*\w]/.test(clause) ||
      names !== undefined && names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
    found.push({ from, specifier, typeOnly });
  }
  for (const [, specifier = ""] of code.matchAll(bare)) {
    found.push({ from, specifier, typeOnly: false });
  }
  for (const [, specifier = ""] of code.matchAll(called)) {
    found.push({ from, specifier, typeOnly: false });
  }
  return found;
}

async function* typeScriptIn(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(join(ROOT, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* typeScriptIn(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

async function readSource(path: string): Promise<SourceFile> {
  const text = await Deno.readTextFile(join(ROOT, path));
  const code = withoutComments(text);
  return { path, text, code, imports: importsOf(path, code) };
}

async function sourcesOf(folder: string): Promise<SourceFile[]> {
  const paths = await Array.fromAsync(typeScriptIn(folder));
  return await Promise.all(paths.toSorted().map(readSource));
}

/** The file that a relative import leads to, or null for a package. */
function targetOf({ from, specifier }: Import): string | null {
  return specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : null;
}

/** `chat` for `lib/chat/states.ts`; null outside of `lib/`. */
function roomOf(path: string): string | null {
  const [top, room, file] = path.split("/");
  return top === "lib" && file !== undefined ? room! : null;
}

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to || to === "base") return true;
  if (from === "terminal") return typeOnly && SHOWN_BY_TERMINAL.includes(to);
  return ROOMS[from]?.includes(to) ?? false;
}

const lib = await sourcesOf("lib");

Deno.test("architecture: every file of lib is in a room of the table", () => {
  const lost = lib.filter(({ path }) => ROOMS[roomOf(path) ?? ""] === undefined);
  assert.deepEqual(lost.map(({ path }) => path), []);
});

Deno.test("architecture: rooms import only what the table lets them", () => {
  const wrong = lib.flatMap(({ path, imports }) =>
    imports.flatMap((one) => {
      const target = targetOf(one);
      if (target === null || target === MANIFEST) return [];
      const room = roomOf(target);
      const allowed = room !== null && mayImport(roomOf(path)!, room, one.typeOnly);
      return allowed ? [] : [`${path} imports ${one.specifier}`];
    })
  );
  assert.deepEqual(wrong, []);
});

Deno.test("architecture: imports name a file with its ending, or a package of deno.json", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(ROOT, MANIFEST)));
  const packages = Object.keys(imports);
  const paths = new Set(lib.map(({ path }) => path));
  const wrong = lib.flatMap(({ path, imports }) =>
    imports.filter((one) => {
      const target = targetOf(one);
      if (target !== null) return target !== MANIFEST && !paths.has(target);
      if (one.specifier.startsWith("node:")) return false;
      return !packages.some((name) =>
        one.specifier === name || one.specifier.startsWith(`${name}/`)
      );
    }).map(({ specifier }) => `${path} imports ${specifier || "what it works out"}`)
  );
  assert.deepEqual(wrong, []);
});

Deno.test("architecture: only the runtime and the terminal touch the world", () => {
  const world =
    /\bDeno\s*[.[]|\bglobalThis\s*[.[]|\b(?:set|clear)(?:Timeout|Interval)\s*\(|\bconsole\s*\.|\bfetch\s*\(|\bnew\s+(?:WebSocket|Worker)\b|\bDate\.now\s*\(|\bnew\s+Date\s*\(\s*\)|\bperformance\.|\bMath\.random\b|\bcrypto\./;
  const wrong = lib.filter(({ path }) => !WORLDLY.includes(roomOf(path)!)).flatMap(
    ({ path, code, imports }) => [
      ...imports.filter(({ specifier }) => specifier.startsWith("node:")).map(({ specifier }) =>
        `${path} imports ${specifier}`
      ),
      ...world.test(code) ? [`${path} has ${world.exec(code)![0]}`] : [],
    ],
  );
  assert.deepEqual(wrong, []);
});

Deno.test("architecture: no file imports itself, by whatever way round", () => {
  const edges = new Map(lib.map(({ path, imports }) => [
    path,
    imports.flatMap((one) => one.typeOnly ? [] : targetOf(one) ?? []),
  ]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) {
      cycles.push([...way.slice(way.indexOf(path)), path].join(" → "));
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  assert.deepEqual(cycles, []);
});

Deno.test("architecture: rooms do not depend on each other in a circle, types included", () => {
  const rooms = new Map<string, Set<string>>();
  for (const { path, imports } of lib) {
    const room = roomOf(path)!;
    for (const one of imports) {
      const other = roomOf(targetOf(one) ?? "");
      if (other !== null && other !== room) {
        rooms.set(room, (rooms.get(room) ?? new Set()).add(other));
      }
    }
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...rooms.get(from) ?? []].some((next) =>
      next === to || !seen.has(next) && reaches(next, to, seen.add(next))
    );
  assert.deepEqual([...rooms.keys()].filter((room) => reaches(room, room)), []);
});

Deno.test("architecture: no file of lib is long without a reason", () => {
  const long = lib.filter(({ path, text }) =>
    text.split("\n").length - 1 > MOST_LINES && LONGER[path] === undefined
  );
  assert.deepEqual(long.map(({ path, text }) => `${path}: ${text.split("\n").length - 1}`), []);
  const lines = new Map(lib.map(({ path, text }) => [path, text.split("\n").length - 1]));
  for (const path of Object.keys(LONGER)) {
    assert.ok((lines.get(path) ?? 0) > MOST_LINES, `${path} needs no exception any more`);
  }
});

Deno.test("architecture: the median file of lib is about 100 lines at most", () => {
  const lengths = lib.map(({ text }) => text.split("\n").length).toSorted((a, b) => a - b);
  const median = lengths[lengths.length >> 1]!;
  assert.ok(median <= 130, `${median} lines`);
});

Deno.test("architecture: files are in snake_case, and none is called by no idea", () => {
  const wrong = lib.filter(({ path }) => {
    const names = path.slice("lib/".length, -".ts".length).split("/");
    return names.some((name) =>
      !/^[a-z0-9]+(?:_[a-z0-9]+)*$/.test(name) || /^(?:utils?|helpers?|misc|common)$/.test(name)
    );
  });
  assert.deepEqual(wrong.map(({ path }) => path), []);
});

Deno.test("architecture: what the protocol exports has a doc comment", () => {
  const bare = lib.filter(({ path }) => ["protocol", "wire", "base"].includes(roomOf(path)!))
    .flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, at) => {
        const name = /^export (?:abstract )?(?:async )?(?:function\*?|class) (\w+)/.exec(line)?.[1];
        if (name === undefined) return [];
        return lines[at - 1]?.trimEnd().endsWith("*/") ? [] : [`${path}: ${name}`];
      });
    });
  assert.deepEqual(bare, []);
});

Deno.test("architecture: each protocol file says its grammar and its page", () => {
  const pages = lib.filter(({ path }) => /^lib\/protocol\/\w+\.ts$/.test(path));
  assert.ok(pages.length >= 3);
  for (const { path, text } of pages) {
    const doc = /^\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? "";
    assert.match(doc, /@module/, path);
    assert.match(doc, /```text/, path);
    assert.match(doc, /`protocols\/\w+\.md`/, path);
  }
});

Deno.test("architecture: the reader of imports sees every form of them", () => {
  const code = withoutComments(`
    // import { a } from "./commented.ts";
    /* export * from "./commented.ts"; */
    import assert from "node:assert";
    import type { A } from "./a.ts";
    import { type B, type C } from "./b.ts";
    import { type D, d } from "./d.ts";
    import * as all from './all.ts';
    import {
      many,
      lines, // with a "comment"
    } from "./many.ts";
    import "./bare.ts";
    export * from "./star.ts";
    export type { E } from "./e.ts";
    export { f } from "./f.ts";
    export const from = "./no.ts";
    const url = "https://example.org"; const re = /["'/*]/; import("./late.ts");
    const later = await import(name);
    type G = import("./g.ts").G;
  `);
  const seen = importsOf("x.ts", code).map(({ specifier, typeOnly }) =>
    typeOnly ? `type ${specifier}` : specifier
  );
  assert.deepEqual(seen.toSorted(), [
    "",
    "./all.ts",
    "./bare.ts",
    "./d.ts",
    "./f.ts",
    "./g.ts",
    "./late.ts",
    "./many.ts",
    "./star.ts",
    "node:assert",
    "type ./a.ts",
    "type ./b.ts",
    "type ./e.ts",
  ]);
});

Deno.test("architecture: the table itself", () => {
  assert.equal(roomOf("lib/chat/states.ts"), "chat");
  assert.equal(roomOf("lib/protocol/overlay/parse.ts"), "protocol");
  assert.equal(roomOf("main_peer.ts"), null);
  assert.equal(mayImport("chat", "overlay", true), false);
  assert.equal(mayImport("terminal", "chat", true), true);
  assert.equal(mayImport("terminal", "chat", false), false);
  assert.equal(mayImport("base", "wire", true), false);
});
