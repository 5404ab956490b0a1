import type { Finding, PermissionUse } from "../../doctor/findings.ts";
import { RUN_PROGRAMS } from "../packaging/permissions.ts";
import { SOUND_PROGRAMS } from "../sound/sound_programs.ts";

type Missing = (Finding & { readonly kind: "permissions" })["missing"];

/** Where the devices are reached through a library instead of programs. */
const HAS_LIBRARY = Deno.build.os === "windows" || Deno.build.os === "darwin";

/** What the program may not do, and the flag that would let it. Asks no question of the person. */
export function missingPermissions(): Missing {
  const wanted: readonly (readonly [PermissionUse, string, Deno.PermissionDescriptor[]])[] = [
    ["network", "--allow-net", [{ name: "net" }]],
    ...soundPermissions(),
    ["addresses", "--allow-sys=networkInterfaces", [{ name: "sys", kind: "networkInterfaces" }]],
    ["files", "--allow-read", [{ name: "read" }]],
    ["files", "--allow-write", [{ name: "write" }]],
  ];
  return wanted
    .filter(([, , anyOf]) => !anyOf.some(isGranted))
    .map(([use, flag]) => ({ use, flag }));
}

function soundPermissions(): readonly (readonly [
  PermissionUse,
  string,
  Deno.PermissionDescriptor[],
])[] {
  if (HAS_LIBRARY) {
    return [
      ["sound", "--allow-ffi", [{ name: "ffi" }]],
      ["sound", "--allow-env", [{ name: "env" }]],
    ];
  }
  // Of programs that are not there no flag gives the right to start them: one that is there is enough.
  const anyOf = SOUND_PROGRAMS.map((command) => ({ name: "run" as const, command }));
  return [["sound", `--allow-run=${RUN_PROGRAMS.join(",")}`, anyOf]];
}

function isGranted(descriptor: Deno.PermissionDescriptor): boolean {
  const { state, partial } = Deno.permissions.querySync(descriptor);
  // Some folders or hosts are what the person chose; more would not be for us to ask.
  return state === "granted" || partial;
}
