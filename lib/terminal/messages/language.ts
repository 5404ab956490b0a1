/** The languages that there is a catalogue of. */
export const LANGUAGES = ["en", "pt"] as const;

export type Language = typeof LANGUAGES[number];

/** What `--lang` takes: `auto` leaves the choice to the system's locale. */
export type LanguageOption = "auto" | Language;

/**
 * The language to speak: what was asked for, else that of the system's locale (`pt`, `pt-BR`,
 * `pt_PT.UTF-8`), else English.
 */
export function chooseLanguage(option: LanguageOption, locale: string | undefined): Language {
  if (option !== "auto") return option;
  return /^pt\b|^pt_/i.test(locale ?? "") ? "pt" : "en";
}
