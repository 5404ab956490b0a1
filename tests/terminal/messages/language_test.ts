import { equal } from "node:assert/strict";
import { chooseLanguage } from "../../../lib/terminal/messages/language.ts";

Deno.test("chooseLanguage: the option wins, then the locale, then English", () => {
  const rows = [
    ["auto", "pt-BR", "pt"],
    ["auto", "pt", "pt"],
    ["auto", "PT_br.UTF-8", "pt"],
    ["auto", "pt_PT", "pt"],
    ["auto", "en-US", "en"],
    ["auto", "de", "en"],
    ["auto", "ptx", "en"],
    ["auto", "", "en"],
    ["auto", undefined, "en"],
    ["en", "pt-BR", "en"],
    ["pt", "en-US", "pt"],
  ] as const;
  for (const [option, locale, language] of rows) equal(chooseLanguage(option, locale), language);
});
