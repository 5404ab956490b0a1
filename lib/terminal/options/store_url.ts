import { type Reader, valueParser } from "./value_parsers.ts";

/** Where a shared directory is: a Redis, as `redis://…` or over TLS as `rediss://…`. */
export const storeUrl: Reader<string> = (t, option) =>
  valueParser({
    metavar: t("options.value.url"),
    read: (input) => isRedisUrl(input) ? input : null,
    // What was typed is not quoted: there may be a password in it.
    fault: () => t("options.fault.store", { option }),
    format: String,
    placeholder: "redis://127.0.0.1:6379",
  });

function isRedisUrl(input: string): boolean {
  const url = URL.parse(input);
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== "" &&
    /^\/?[0-9]{0,4}$/.test(url.pathname) && url.search === "" && url.hash === "";
}
