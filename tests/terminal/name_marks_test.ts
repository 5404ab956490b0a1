import { deepEqual, equal, match, ok } from "node:assert/strict";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { NameMarks, paintMarks } from "../../lib/terminal/name_marks.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";
import { openScreen } from "./screen_fixture.ts";

const paint = createPainter(false);
const COPY = "\u0421\u0430\u0440\u0430";
const MIXED = "\u0410na";

function explained(marks: NameMarks, language: "en" | "pt" = "pt"): string[] {
  return marks.explanations({ say: translator(language), paint });
}

Deno.test("marks: mixed scripts are marked at once, and explained once", () => {
  const marks = new NameMarks();
  deepEqual([marks.mark(MIXED), marks.mark("Ana"), marks.mark(MIXED)], ["≈", "", "≈"]);
  const [sentence, ...rest] = explained(marks);
  match(sentence!, new RegExp(`^≈${MIXED} mistura letras`));
  deepEqual(rest, []);
  marks.mark(MIXED);
  deepEqual(explained(marks), []);
});

Deno.test("marks: letters of one script are marked where a name that they look like is there", () => {
  const marks = new NameMarks();
  equal(marks.mark(COPY), "");
  equal(marks.mark("Capa"), "", "the name that is copied is not suspected");
  equal(marks.mark(COPY), "≈");
  deepEqual(explained(marks, "en"), [
    `≈${COPY} looks like Capa, but is written with other characters. Do not take one for the other.`,
  ]);
});

Deno.test("marks: a name that is marked brings nobody else under suspicion", () => {
  const marks = new NameMarks();
  marks.mark("\u0421ap\u0430");
  equal(marks.mark(COPY), "", "it is compared with what is what it seems");
});

Deno.test("marks: what is remembered is bounded, and hostile names are shown harmlessly", () => {
  const marks = new NameMarks();
  marks.see("Capa");
  for (let n = 0; n < 10_000; n++) marks.see(`n${n}`);
  equal(marks.mark(COPY), "", "too long ago");
  marks.mark("\x1b[2J\u0410na");
  ok(!explained(marks)[0]!.includes("\x1b"));
});

Deno.test("marks: the mark has a colour of its own, and is told of the name without its label", () => {
  const marks = new NameMarks();
  const marked = paintMarks(createPainter(true), marks);
  equal(
    marked.name(`?${MIXED}~2`, MIXED),
    `\x1b[33m≈\x1b[39m${createPainter(true).name(`?${MIXED}~2`)}`,
  );
  equal(marked.name("Ana"), createPainter(true).name("Ana"));
  equal(marked.mark(MIXED), "≈");
});

Deno.test("screen: names that can be taken for others are marked wherever they are shown", () => {
  const { screen, console, peer } = openScreen();
  const since = (act: () => void): string => {
    const before = console.printed.length;
    act();
    return console.printed.slice(before).join("\n");
  };
  const partner = { label: `?${MIXED}`, name: MIXED, verified: false };
  const shown = [
    since(() => screen.status({ kind: "users", names: [COPY, "Capa", "João"] })),
    since(() => screen.status({ kind: "message", partner, text: "Oi" })),
    since(() =>
      screen.call({ kind: "invited", name: MIXED, from: { ip: "10.0.0.2", port: 6000 } })
    ),
    since(() =>
      screen.report({
        kind: "message",
        id: "1",
        from: `${MIXED}@UnB`,
        to: "*",
        text: "Oi",
        via: null,
      })
    ),
    since(() =>
      screen.music({
        kind: "nodes",
        nodes: [{ name: MIXED, ip: "10.0.0.2", port: 7000, files: 1 }],
      })
    ),
  ];
  match(shown[0]!, new RegExp(`: ≈${COPY}, Capa, João\n≈${COPY} looks like Capa`));
  match(shown[1]!, new RegExp(`≈\\?${MIXED} \\(not verified\\): Oi\n≈${MIXED} mixes letters`));
  match(shown[2]!, new RegExp(` ≈${MIXED} is calling you`));
  match(shown[3]!, new RegExp(`≈${MIXED}@UnB: Oi$`));
  match(shown[4]!, new RegExp(`^≈${MIXED} `, "m"));
  peer.call = { phone: "invited", partner: MIXED, confirmed: false };
  screen.call({ kind: "caller_checked", name: MIXED, doubt: "not_registered" });
  equal(console.prompt, `(≈?${MIXED} is calling) > `);
});
