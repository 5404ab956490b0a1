import assert from "node:assert/strict";
import { unzipSync } from "fflate";
import { windowsLauncher, windowsZip } from "../../../lib/runtime/packaging/windows_zip.ts";
import { PROBE } from "./probe_program.ts";

const script = new TextEncoder().encode("console.log(1)");
const deno = new Uint8Array(1000).fill(7);

Deno.test("The zip file for Windows holds Deno, the script and the batch file", () => {
  const files = unzipSync(windowsZip(PROBE, script, deno, 6));
  assert.deepEqual(Object.keys(files).sort(), ["deno.exe", "probe.cmd", "probe.js"]);
  assert.deepEqual(files["deno.exe"], deno);
  assert.deepEqual(files["probe.js"], script);
  assert.equal(new TextDecoder().decode(files["probe.cmd"]), windowsLauncher(PROBE));
});

Deno.test("The zip file says nothing of when it was made", () => {
  assert.deepEqual(windowsZip(PROBE, script, deno, 1), windowsZip(PROBE, script, deno, 1));
  // 1980-01-01 00:00 in the local header: time, then date.
  const zip = new DataView(windowsZip(PROBE, script, deno, 1).buffer);
  assert.deepEqual([zip.getUint16(10, true), zip.getUint16(12, true)], [0, 0x21]);
});

Deno.test("The batch file starts its neighbours with all arguments and passes the exit code", () => {
  const lines = windowsLauncher(PROBE).split("\r\n");
  assert.equal(lines[0], "@echo off");
  assert.deepEqual(lines.slice(-3), [
    '"%~dp0deno.exe" run --quiet --no-prompt --unstable-net --no-config --no-lock --no-npm ' +
    '--no-remote --cached-only --allow-net --allow-write "%~dp0probe.js" %*',
    "exit /b %ERRORLEVEL%",
    "",
  ]);
  assert.ok(lines.every((line) => !line.includes("\n")));
});
