/**
 * Characters that a terminal would obey or that nobody sees and that could forge a line: controls,
 * the separators that end a line, lone surrogates, and all that Unicode calls default ignorable
 * (bidirectional controls, zero-width blanks, fillers, tags), with the interlinear marks.
 */
const SUSPECT = /[\p{Cc}\u2028\u2029\ufff9-\ufffb]|\p{Cs}|\p{Default_Ignorable_Code_Point}/u;

// Letters of these scripts never need an invisible character, so one beside them only disguises.
const PLAIN = String.raw`\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}`;

/**
 * In order: what is kept although it is suspect (the flags that are spelled with tags, joiners
 * inside emoji and after letters of scripts that need them, variation selectors), then the rest.
 */
const KEPT_OR_SUSPECT = new RegExp(
  [
    String.raw`(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}`,
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d`,
    String.raw`(?<=(?![${PLAIN}\p{sc=Common}\p{sc=Inherited}])[\p{L}\p{M}])[\u200c\u200d]`,
    String.raw`(?<=[^${PLAIN}\p{Cc}\s])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])`,
    SUSPECT.source,
  ].join("|"),
  "gu",
);

/**
 * What others sent, fit for a terminal: control characters show as `␛` and their like, invisible
 * characters as `\u{202e}`; letters, accents and emoji stay.
 */
export function printable(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(
    KEPT_OR_SUSPECT,
    (found, kept) => kept === undefined ? visible(found) : found,
  );
}

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  // Unicode's pictures of the controls: U+2400 ␀ to U+241F ␟, and ␡ for DEL.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `\\u{${code.toString(16)}}`;
}
