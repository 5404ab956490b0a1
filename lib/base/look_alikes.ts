/**
 * Names that look like others, after Unicode's security mechanisms (UTS #39, "the annex" below): of
 * mixed scripts, or with the same skeleton as another name. Nothing on the wire depends on this:
 * names are marked for people, and nobody is refused.
 *
 * @module
 */

/** Scripts in common use (UAX #31, table 5), each of which a name may be written in. */
const SCRIPTS = [
  ...["Arabic", "Armenian", "Bengali", "Cyrillic", "Devanagari", "Ethiopic", "Georgian", "Greek"],
  ...["Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya"],
  ...["Sinhala", "Tamil", "Telugu", "Thaana", "Thai", "Tibetan"],
];

/**
 * Scripts that are written together ("highly restrictive", section 5.2): Latin with those of Japan,
 * of Taiwan, of Korea. Each alone is among them.
 */
const TOGETHER = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];

/** Characters of any script: digits, signs, emoji, accents that are set by themselves. */
const NEUTRAL = String.raw`\p{scx=Common}\p{scx=Inherited}`;

/** A name all of whose letters go together; rare scripts may be mixed among themselves. */
const ONE_WRITING = new RegExp(
  [
    ...[...SCRIPTS.map((script) => [script]), ...TOGETHER].map((scripts) =>
      `[${NEUTRAL}${scripts.map((script) => `\\p{scx=${script}}`).join("")}]*`
    ),
    `[^${
      [...SCRIPTS, ...new Set(TOGETHER.flat())].map((script) => `\\p{sc=${script}}`).join("")
    }]*`,
  ].map((writing) => `^${writing}$`).join("|"),
  "u",
);

const ASCII = /^[ -~]*$/;

/** What could be a special form of a letter or digit; ª and º are none, but end ordinal numbers. */
const PERHAPS_DRESSED = /[[\p{Lu}\p{Ll}\p{Lo}\p{Nd}\p{So}]--[\p{ASCII}ªº]]/gv;

const PLAIN = /^[a-z0-9]$/i;

/**
 * Whether a name mixes scripts in a way that no language does, or has letters or digits that are
 * special forms of plain ones: full-width, mathematical, encircled.
 */
export function mixesScripts(name: string): boolean {
  if (ASCII.test(name)) return false;
  if (!ONE_WRITING.test(name)) return true;
  return name.match(PERHAPS_DRESSED)?.some((letter) => PLAIN.test(letter.normalize("NFKC"))) ??
    false;
}

/**
 * Letters that look like one of ASCII or Latin, each group with what they look like: the letters of
 * the annex' table `confusables.txt` that are common enough to make whole names of. ASCII itself is
 * left as it is: the fonts of terminals tell `l`, `I`, `1` and `O`, `0` apart.
 */
const LOOKS: readonly (readonly [string, string])[] = [
  // Cyrillic.
  ["асеԁһіјӏорԛгѕуѵԝхҽ", "acedhijlopqrsyvwxe"],
  ["АВСЕԌНІЈКӀМОРԚЅТѴԜХҮУЬ", "ABCEGHIJKIMOPQSTVWXYYb"],
  // Greek.
  ["αγιϳνορσυ", "ayijvopou"],
  ["ΑΒΕΗΙΚΜΝΟΡΤΥΧΖϜ", "ABEHIKMNOPTYXZF"],
  // Armenian.
  ["ցհյոօզսա", "ghjnoquw"],
  ["ԼՕՏՍ", "LOSU"],
  // Cherokee.
  ["ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᏔᎩᏃ", "ABCDEGHJKLMPRSTVWYZ"],
  // Lisu.
  ["ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHIJKLMNOPRSTUVWXYZ"],
  // Latin letters of phonetic alphabets, and those without their dot.
  ["ɑɡıɩɪȷǀʋᴄᴏᴜᴠᴡᴢꜱʏ", "agiiijlvcouvwzsy"],
];

const LOOK = new Map(
  LOOKS.flatMap(([letters, plain]) => Array.from(letters, (letter, at) => [letter, plain[at]!])),
);

/**
 * What a name looks like: two names with the same skeleton can be taken for each other (section 4).
 * Accents are kept, they are seen.
 */
export function skeleton(name: string): string {
  if (ASCII.test(name)) return name;
  const decomposed = name.replace(/[^ªº]+/gu, (part) => part.normalize("NFKD"));
  return decomposed.replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/\P{ASCII}/gu, (letter) => LOOK.get(letter) ?? letter);
}

/**
 * Whether a name looks like what it is: one that is its own skeleton is never the copy, so that no
 * stranger can bring a name in plain letters under suspicion by copying it.
 */
export function looksLikeItself(name: string): boolean {
  return ASCII.test(name) || skeleton(name) === name.normalize("NFD");
}
