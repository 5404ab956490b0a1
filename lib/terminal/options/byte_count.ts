import { quoted, type Reader, valueParser } from "./value_parsers.ts";

/** What the letters behind a number of bytes stand for: powers of ten, as disks and links have. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1e3],
  ["m", 1e6],
  ["g", 1e9],
  ["t", 1e12],
]);

/** Bytes a second: `500k`, `2M`, `1.5M`; null for no limit, which is `none` or `0`. */
export const byteRate: Reader<{ readonly limit: number | null }> = (t, option) =>
  valueParser({
    metavar: t("options.value.rate"),
    read: (input) => {
      const bytes = input.toLowerCase() === "none" ? 0 : readBytes(input);
      return bytes === null ? null : { limit: bytes === 0 ? null : bytes };
    },
    fault: (input) => t("options.fault.rate", { option, value: quoted(input) }),
    format: ({ limit }) => limit === null ? "none" : String(limit),
    placeholder: { limit: null },
  });

/** How many bytes: `200M`, `1G`, `1.5G`. */
export const byteCount: Reader<number> = (t, option) =>
  valueParser({
    metavar: t("options.value.size"),
    read: readBytes,
    fault: (input) => t("options.fault.size", { option, value: quoted(input) }),
    format: String,
    placeholder: 0,
  });

function readBytes(input: string): number | null {
  const [, amount, letter = ""] = /^([0-9]{1,15}(?:\.[0-9]{1,3})?)([kmgt]?)b?$/i.exec(input) ?? [];
  const unit = UNITS.get(letter.toLowerCase());
  if (amount === undefined || unit === undefined) return null;
  const bytes = Math.round(Number(amount) * unit);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
