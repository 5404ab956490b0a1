/** Colours by what they mean. Without colour every method gives its text back unchanged. */
export interface Painter {
  /** A user's name, always in the same colour; `of` is the name itself where `text` has more. */
  name(text: string, of?: string): string;
  /** What stands before a name that is not what it seems, without a colour; mostly nothing. */
  mark(name: string): string;
  /** One's own name. */
  own(text: string): string;
  /** What matters less: times, hints. */
  dim(text: string): string;
  bold(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  error(text: string): string;
}

// The basic colours that are readable on dark and on light, but for red: errors are red.
const NAME_COLOURS = [32, 33, 34, 35, 36, 92, 94, 95, 96] as const;

/** A painter for a terminal, or (`colour` false) one that leaves text as it is. */
export function createPainter(colour: boolean): Painter {
  const paint = (on: number | string, off: number) => (text: string) =>
    colour && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    name: (text) => paint(nameColour(text), 39)(text),
    mark: () => "",
    own: paint(1, 22),
    dim: paint(2, 22),
    bold: paint(1, 22),
    good: paint(32, 39),
    warn: paint(33, 39),
    error: paint(31, 39),
  };
}

/** FNV-1a over UTF-16 units: the same name has the same colour at every start. */
function nameColour(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  return NAME_COLOURS[(hash >>> 0) % NAME_COLOURS.length]!;
}
