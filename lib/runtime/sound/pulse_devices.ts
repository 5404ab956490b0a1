import type { SoundDevice } from "../../media/sound_status.ts";

/** A source or sink of PulseAudio or PipeWire. */
export interface PulseDevice {
  readonly device: SoundDevice;
  /** Its name, unique among sources and among sinks. */
  readonly name: string;
  /** It gives what a speaker plays. */
  readonly isMonitor: boolean;
}

/** Properties that tell the sound card, the first that there is. */
const CARD_PROPERTIES = ["alsa.card", "api.bluez5.address", "device.bus_path"];

/** One block of `pactl list`. */
interface Block {
  readonly name: string;
  readonly label: string;
  readonly isMonitor: boolean;
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * Reads the output of `pactl list sources` or `pactl list sinks`, in English. (Its JSON is newer
 * than systems that are still in use.) A device that stands for another, such as a filter, has that
 * one's card. What others only listen through, monitors, comes last.
 */
export function parsePulseDevices(output: string): PulseDevice[] {
  const blocks = output.split(/^(?=(?:Source|Sink) #\d+$)/m).flatMap((text) =>
    parseBlock(text) ?? []
  );
  const byName = new Map(blocks.map((block) => [block.name, block]));
  const devices = blocks.map((block): PulseDevice => ({
    device: {
      backend: "pulse",
      id: `pulse:${block.name}`,
      label: block.label,
      card: cardOf(block, byName),
    },
    name: block.name,
    isMonitor: block.isMonitor,
  }));
  return devices.toSorted((one, other) => Number(one.isMonitor) - Number(other.isMonitor));
}

/** The names of the default devices in the output of `pactl info`, in English. */
export function parsePulseDefaults(output: string): { source: string | null; sink: string | null } {
  return {
    source: /^Default Source: (.+)$/m.exec(output)?.[1] ?? null,
    sink: /^Default Sink: (.+)$/m.exec(output)?.[1] ?? null,
  };
}

function parseBlock(text: string): Block | null {
  const field = (name: string) => new RegExp(`^\\t${name}: (.*)$`, "m").exec(text)?.[1] ?? null;
  const name = field("Name");
  if (name === null) return null;
  const properties = new Map(
    [...text.matchAll(/^\t\t([\w.]+) = "(.*)"$/gm)].map(([, key, value]) => [key!, value!]),
  );
  const description = field("Description") ?? name;
  const port = portLabel(text, field("Active Port"));
  return {
    name,
    label: port === null ? description : `${description} (${port})`,
    isMonitor: (field("Monitor of Sink") ?? "n/a") !== "n/a",
    properties,
  };
}

/** What a port is called for people: whether headphones are plugged in is told only by that. */
function portLabel(text: string, port: string | null): string | null {
  if (port === null) return null;
  const line = text.split("\n").find((line) => line.startsWith(`\t\t${port}: `));
  return line?.slice(port.length + 4).replace(/ \((?:type|priority): .*$/, "") ?? null;
}

function cardOf(block: Block, byName: ReadonlyMap<string, Block>): string | null {
  const seen = new Set<Block>();
  for (let at: Block | undefined = block; at !== undefined && !seen.has(at);) {
    seen.add(at);
    for (const property of CARD_PROPERTIES) {
      const value = at.properties.get(property);
      if (value !== undefined) return property === "alsa.card" ? `alsa ${value}` : value;
    }
    at = byName.get(at.properties.get("device.master_device") ?? "");
  }
  return null;
}
