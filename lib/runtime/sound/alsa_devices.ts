import type { SoundDevice } from "../../media/sound_status.ts";

/** What `default` is called in the lists of ALSA. */
const DEFAULT = "default";

/**
 * Reads the hardware of `arecord -l` or `aplay -l`, in English:
 *
 * ```text
 * card 0: PCH [HDA Intel PCH], device 0: ALC257 Analog [ALC257 Analog]
 * ```
 *
 * Each is reached through `plughw`, which converts what the card cannot do.
 */
export function parseAlsaHardware(output: string): SoundDevice[] {
  const line = /^card (\d+): \S+ \[(.*?)\], device (\d+): .*?\[(.*)\]$/gm;
  return [...output.matchAll(line)].map(([, card, cardName, device, deviceName]) => ({
    backend: "alsa",
    id: `alsa:plughw:${card},${device}`,
    label: cardName === deviceName || deviceName === "" ? cardName! : `${cardName}, ${deviceName}`,
    card: `alsa ${card}`,
  }));
}

/**
 * The device that programs of this machine take when they are not told one, from `arecord -L` or
 * `aplay -L`; null where there is none. It is the first card's, unless somebody wrote otherwise.
 */
export function parseAlsaDefault(
  output: string,
  hardware: readonly SoundDevice[],
): SoundDevice | null {
  const lines = output.split("\n");
  const at = lines.indexOf(DEFAULT);
  if (at === -1 && hardware.length === 0) return null;
  const description = lines[at + 1]?.startsWith(" ") ? lines[at + 1]!.trim() : null;
  // Described as a card's own, and not as another program's, it is that card.
  const card = at === -1 || description?.startsWith("Default Audio Device")
    ? hardware[0]?.card ?? null
    : null;
  return { backend: "alsa", id: `alsa:${DEFAULT}`, label: description ?? DEFAULT, card };
}
