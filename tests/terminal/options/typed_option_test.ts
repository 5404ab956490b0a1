import { deepEqual, equal, ok } from "node:assert/strict";
import { object } from "@optique/core/constructs";
import { formatMessage } from "@optique/core/message";
import { parse } from "@optique/core/parser";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { flagged, repeated, valued } from "../../../lib/terminal/options/typed_option.ts";
import { port } from "../../../lib/terminal/options/value_parsers.ts";

const t = translator("pt");
const parser = object({
  port: valued(t, "--port", port(0), "a porta"),
  quiet: flagged(t, "--quiet", "em silêncio"),
  near: repeated(t, "--near", port(0), "outra porta"),
});

const TAKEN = [
  [[], { port: undefined, quiet: false, near: [] }],
  [["--port", "80"], { port: 80, quiet: false, near: [] }],
  [["--port=80", "--quiet"], { port: 80, quiet: true, near: [] }],
  [["--quiet", "--port", "0"], { port: 0, quiet: true, near: [] }],
  [["--near", "2", "--port=80", "--near=1"], { port: 80, quiet: false, near: [2, 1] }],
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
  [
    ["--near", "1", "--near", "x"],
    t("options.fault.port", { option: "--near", least: 0, value: "x" }),
  ],
  [
    ["--near=1", "--near"],
    t("options.fault.value_missing", { option: "--near", form: "--near PORTA" }),
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
