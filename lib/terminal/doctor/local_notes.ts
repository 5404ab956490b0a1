import type { Finding, PermissionUse } from "../../doctor/findings.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Note } from "./note.ts";
import { portName, portOption, useOf } from "./own_port.ts";

type Of<Kind extends Finding["kind"]> = Finding & { readonly kind: Kind };

/** What the terminal can show. */
export function terminalNote({ terminal }: Of<"terminal">, say: Translator): Note {
  if (terminal === null) return { text: say("doctor.terminal.none") };
  const { columns, colour, utf8 } = terminal;
  const text = say("doctor.terminal", {
    columns,
    colours: say(colour ? "doctor.terminal.colours" : "doctor.terminal.no_colours"),
    characters: utf8 === null
      ? say("doctor.terminal.characters_unknown")
      : say(utf8 ? "doctor.terminal.utf8" : "doctor.terminal.not_utf8"),
  });
  return utf8 === false ? { text, toDo: say("doctor.terminal.to_do") } : { text };
}

/** What the program may not do. */
export function permissionsNote({ missing }: Of<"permissions">, say: Translator): Note {
  if (missing.length === 0) return { text: say("doctor.permissions") };
  const uses = [...new Set(missing.map(({ use }) => permissionUse(use, say)))].join(", ");
  const flags = missing.map(({ flag }) => flag).join(" ");
  // Programs that are not there look like programs that may not be started.
  const runs = missing.some(({ flag }) => flag.startsWith("--allow-run"));
  return {
    text: say("doctor.permissions.missing", { uses }),
    toDo: say(runs ? "doctor.permissions.programs" : "doctor.permissions.to_do", { flags }),
  };
}

/** Under which addresses others may find this machine. */
export function addressesNote({ ips }: Of<"addresses">, say: Translator): Note {
  return ips.length === 0
    ? { text: say("doctor.addresses.none"), toDo: say("doctor.addresses.to_do") }
    : { text: say("doctor.addresses", { ips: ips.join(", ") }) };
}

/** Whether a port of ours can be had. */
export function portNote({ which, wanted, got }: Of<"port">, say: Translator): Note {
  const use = useOf(which, say);
  const option = portOption(which);
  if (got === null) {
    return {
      text: say("doctor.port.none", { use, port: portName(which, wanted) }),
      toDo: say("doctor.port.none.to_do", { option }),
    };
  }
  const port = portName(which, got);
  if (wanted === 0 || wanted === got) return { text: say("doctor.port.free", { use, port }) };
  return {
    text: say("doctor.port.next", { use, wanted: portName(which, wanted), port }),
    toDo: say("doctor.port.next.to_do", { option }),
  };
}

/** Whether datagrams pass on this machine. */
export function udpNote({ works }: Of<"udp">, say: Translator): Note {
  return works
    ? { text: say("doctor.udp") }
    : { text: say("doctor.udp.failed"), toDo: say("doctor.udp.to_do") };
}

function permissionUse(use: PermissionUse, say: Translator): string {
  switch (use) {
    case "network":
      return say("doctor.permissions.network");
    case "sound":
      return say("doctor.permissions.sound");
    case "addresses":
      return say("doctor.permissions.addresses");
    case "files":
      return say("doctor.permissions.files");
  }
}
