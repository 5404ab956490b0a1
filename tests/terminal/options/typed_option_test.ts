import { deepEqual, equal, ok } from "node:assert/strict";
import { object } from "@optique/core/constructs";
import { formatMessage } from "@optique/core/message";
import { parse } from "@optique/core/parser";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { flagged, valued } from "../../../lib/terminal/options/typed_option.ts";
import { port } from "../../../lib/terminal/options/value_parsers.ts";

const t = translator("pt");
const parser = object({
  port: valued(t, "--port", port(0), "a porta"),
  quiet: flagged(t, "--quiet", "em silêncio"),
});

const TAKEN = [
  [[], { port: undefined, quiet: false }],
  [["--port", "80"], { port: 80, quiet: false }],
  [["--port=80", "--quiet"], { port: 80, quiet: true }],
  [["--quiet", "--port", "0"], { port: 0, quiet: true }],
] as const;

for (const [args, value] of TAKEN) {
  Deno.test(`options ${JSON.stringify(args)} are taken`, () => {
    const result = parse(parser, args);
    ok(result.success);
    deepEqual({ ...result.value }, value);
  });
}

const REFUSED = [
  [["--port"], t("options.fault.value_missing", { option: "--port", form: "--port PORTA" })],
  [
    ["--port", "x"],
    t("options.fault.port", { option: "--port", least: 0, value: "x" }),
  ],
  [["--port=1", "--port=2"], t("options.fault.twice", { option: "--port" })],
  [["--quiet", "--quiet"], t("options.fault.twice", { option: "--quiet" })],
  [
    ["--quiet=\x07"],
    t("options.fault.no_value", { option: "--quiet", value: "␇" }),
  ],
] as const;

for (const [args, sentence] of REFUSED) {
  Deno.test(`options ${JSON.stringify(args)} are refused in the person's language`, () => {
    const result = parse(parser, args);
    ok(!result.success);
    equal(formatMessage(result.error, { quotes: true }), sentence);
  });
}
