import { equal, ok } from "node:assert/strict";
import { parseServerOptions } from "../../../lib/terminal/options/server_options.ts";

const REFUSED = [
  "127.0.0.1:6379",
  "http://127.0.0.1:6379",
  "redis://",
  "redis://:6379",
  "redis://h/name",
  "redis://h/0/1",
  "redis://h?db=1",
  "redis://h#1",
  "redis://h:99999",
];

for (const url of REFUSED) {
  Deno.test(`--store ${url} is refused`, () => {
    const parsed = parseServerOptions(["--store", url], { locale: "en" });
    ok(parsed.kind === "exit");
    equal(parsed.code, 2);
    ok(parsed.output.startsWith("Error: --store takes the address of a Redis."), parsed.output);
  });
}

Deno.test("--store: a password is not repeated in the error", () => {
  const parsed = parseServerOptions(["--store", "http://u:secret@h"], { locale: "en" });
  ok(parsed.kind === "exit" && !parsed.output.includes("secret"));
});

Deno.test("--store and --data together are refused", () => {
  const args = ["--store", "redis://h", "--data", "d"];
  const parsed = parseServerOptions(args, { locale: "en" });
  ok(parsed.kind === "exit" && parsed.code === 2);
});
