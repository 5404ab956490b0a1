import { zipSync } from "fflate";
import { type Program, runFlags } from "./permissions.ts";
import type { CompressionLevel } from "./self_extracting.ts";

// The earliest time that a zip file can tell, in local time, as the format wants it.
const NO_TIME = new Date(1980, 0, 1);

/**
 * The zip file of `program` for Windows: Deno, the script, and a `.cmd` that runs the one with the
 * other from wherever they are unpacked to.
 */
export function windowsZip(
  program: Program,
  script: Uint8Array,
  deno: Uint8Array,
  level: CompressionLevel,
): Uint8Array {
  const launcher = new TextEncoder().encode(windowsLauncher(program));
  return zipSync({
    "deno.exe": deno,
    [`${program.name}.js`]: script,
    [`${program.name}.cmd`]: launcher,
  }, { level, mtime: NO_TIME });
}

/**
 * The batch file that starts `program`: all arguments and the exit code are passed through, and
 * what Deno keeps between runs goes to the user's own folder for such things.
 */
export function windowsLauncher(program: Program): string {
  return [
    "@echo off",
    "setlocal DisableDelayedExpansion",
    'if not defined LOCALAPPDATA set "LOCALAPPDATA=%TEMP%"',
    'set "DENO_DIR=%LOCALAPPDATA%\\prosa\\deno_dir"',
    'set "DENO_NO_UPDATE_CHECK=1"',
    'set "DENO_NO_PACKAGE_JSON=1"',
    `"%~dp0deno.exe" run ${runFlags(program).join(" ")} "%~dp0${program.name}.js" %*`,
    "exit /b %ERRORLEVEL%",
    "",
  ].join("\r\n");
}
