import { strictEqual, throws } from "node:assert/strict";
import { parseCpuSeconds, parseResidentBytes } from "./proc.ts";

const after = "S 1 2 3 0 -1 4194560 100 0 0 0 150 25 7 8 20 0 9 0 1234 5678 90";

Deno.test("processor time is that of user and system, in seconds", () => {
  strictEqual(parseCpuSeconds(`42 (deno) ${after}`), 1.75);
});

Deno.test("the name of a program may hold blanks and brackets", () => {
  strictEqual(parseCpuSeconds(`42 (tmux: (a) b) ${after}`), 1.75);
});

Deno.test("resident memory is in bytes", () => {
  strictEqual(
    parseResidentBytes("Name:\tdeno\nVmHWM:\t  9000 kB\nVmRSS:\t  2000 kB\n"),
    2_048_000,
  );
});

Deno.test("what is not from /proc is refused", () => {
  throws(() => parseCpuSeconds("nothing"), TypeError);
  throws(() => parseResidentBytes("nothing"), TypeError);
});
