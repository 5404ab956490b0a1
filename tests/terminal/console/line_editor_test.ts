import { strict as assert } from "node:assert";
import { VirtualTerminal } from "../../processes/virtual_terminal.ts";

const FIXTURE = new URL("./chat_fixture.ts", import.meta.url).pathname;
const RUN = ["run", "--no-check", "--allow-net", "--no-prompt", FIXTURE];

async function start(columns = 37, rows = 24, ...args: string[]): Promise<VirtualTerminal> {
  const terminal = await VirtualTerminal.start({
    command: Deno.execPath(),
    args: [...RUN, ...args],
    columns,
    rows,
  });
  await terminal.waitFor("Ana>");
  return terminal;
}

/** The rows from the prompt on, as one text: what is being typed. */
function typed(terminal: VirtualTerminal): string {
  const rows = terminal.screen();
  return rows.slice(rows.findLastIndex((row) => row.startsWith("Ana>"))).join("");
}

/** Like `waitFor`, for the text that is being typed. */
function waitForTyped(terminal: VirtualTerminal, text: string): Promise<void> {
  return terminal.waitFor((terminal) => typed(terminal) === text);
}

Deno.test("a line that is entered stays on the screen and is read", async () => {
  await using terminal = await start();
  terminal.type("olá, mundo\r");
  await terminal.waitFor('got "olá, mundo"');
  assert.deepEqual(terminal.screen().slice(0, 4), [
    "ready editor",
    "Ana> olá, mundo",
    'got "olá, mundo"',
    "Ana>",
  ]);
});

Deno.test("lines that arrive leave a line longer than the terminal as it is", async () => {
  await using terminal = await start();
  terminal.type("/arrive 12\r");
  const long = "uma frase comprida com 日本語 e 😀 e ação, que não cabe em 37 colunas. ".repeat(2) +
    "x";
  for (const part of long.match(/.{1,7}/gu)!) terminal.type(part);
  await terminal.waitFor("arrived 12 ");
  await terminal.waitFor((terminal) => squeeze(typed(terminal)) === squeeze("Ana> " + long));
  const lines = terminal.lines().join("\n");
  for (let i = 1; i <= 12; i++) {
    const arrived = squeeze(`arrived ${i} 日本語 ${"é".repeat(i * 3)}.`);
    assert.equal(squeeze(lines).split(arrived).length, 2, `line ${i}`);
  }
  // Nothing of the drawings in between is left.
  assert.equal(lines.split("uma frase").length, 3);
  terminal.press("enter");
  await terminal.waitFor((terminal) =>
    squeeze(terminal.lines().join("")).includes(
      squeeze("got" + JSON.stringify(long)),
    )
  );
});

Deno.test("the cursor goes by characters, and editing in the middle is shown right", async () => {
  await using terminal = await start();
  terminal.type("日本👩‍👩‍👧ée\u0301x");
  await waitForTyped(terminal, "Ana> 日本👩‍👩‍👧ée\u0301x");
  for (let i = 0; i < 3; i++) terminal.press("left");
  terminal.press("backspace");
  terminal.type("ok");
  await waitForTyped(terminal, "Ana> 日本okée\u0301x");
  assert.deepEqual(terminal.cursor().column, "Ana> ".length + 4 + 2);
  terminal.press("home");
  terminal.press("delete");
  await waitForTyped(terminal, "Ana> 本okée\u0301x");
  terminal.press("enter");
  await terminal.waitFor('got "本okée\u0301x"');
});

Deno.test("the line is drawn again after a resize", async () => {
  await using terminal = await start(50, 20);
  terminal.type("/arrive 1\r");
  await terminal.waitFor("arrived 1");
  const long = "abcdefghij".repeat(11);
  terminal.type(long);
  await waitForTyped(terminal, "Ana> " + long);
  for (const columns of [23, 61, 37, 120]) {
    terminal.resize(columns, 20);
    await terminal.waitFor((terminal) =>
      typed(terminal) === "Ana> " + long &&
      terminal.cursor().column === ("Ana> " + long).length % columns
    );
    const lines = terminal.lines().join("\n");
    assert.equal(lines.split("Ana> abc").length, 2, `one prompt at ${columns}:\n${lines}`);
    assert.match(lines, /ready editor\nAna> \/arrive 1\narrived 1 日本語 ééé\./);
  }
  terminal.type("Z\r");
  await terminal.waitFor((terminal) => terminal.lines().join("").includes(`${long}Z"`));
});

Deno.test("a line higher than the screen shows the part with the cursor", async () => {
  await using terminal = await start(20, 6);
  const long = Array.from({ length: 60 }, (_, i) => `w${i}`).join(" ");
  terminal.type(long);
  await terminal.waitFor("w59");
  terminal.press("home");
  await terminal.waitFor((terminal) => terminal.screen()[1]!.startsWith("Ana> w0 w1"));
  terminal.press("enter");
  await terminal.waitFor((terminal) =>
    squeeze(terminal.lines().join("")).includes(squeeze(`got "${long}"`))
  );
});

Deno.test("printed lines are broken at blanks, at the width that the terminal has then", async () => {
  await using terminal = await start(30, 20);
  terminal.type("um dois três quatro cinco seis sete oito\r");
  await terminal.waitFor('oito"');
  assert.deepEqual(terminal.screen().slice(1, 6), [
    "Ana> um dois três quatro cinco",
    "  seis sete oito",
    'got "um dois três quatro cinco',
    '  seis sete oito"',
    "Ana>",
  ]);
  terminal.resize(60, 20);
  await terminal.waitFor((terminal) => terminal.cursor().column === 5);
  terminal.type("um dois três quatro cinco seis sete oito\r");
  await terminal.waitFor('got "um dois três quatro cinco seis sete oito"');
});

Deno.test("a line to copy stays one line in a terminal that is narrower", async () => {
  await using terminal = await start(30, 20);
  const command = "npx --yes program --server 192.168.0.10:12000 --registry-port 5001 --name Ana";
  terminal.type("/copy\r");
  await terminal.waitFor((terminal) => terminal.lines().includes(command));
  assert.equal(terminal.lines().at(terminal.lines().indexOf(command) + 1), "Ana>");
});

Deno.test("a status stays between what is printed and the prompt until it goes", async () => {
  await using terminal = await start();
  const last = (count: number) => terminal.screen().filter((row) => row !== "").slice(-count);
  terminal.type("/status Playing a song that is longer than the row\r");
  await terminal.waitFor("Playing a song that is longer than …");
  terminal.type("olá");
  await waitForTyped(terminal, "Ana> olá");
  terminal.type("\r");
  await terminal.waitFor('got "olá"');
  assert.deepEqual(last(4), [
    "Ana> olá",
    'got "olá"',
    "Playing a song that is longer than …",
    "Ana>",
  ]);
  terminal.resize(24, 24);
  await terminal.waitFor("Playing a song that is…");
  assert.equal(terminal.lines().join("\n").split("Playing a song").length, 3);
  terminal.type("/status\r");
  await terminal.waitFor((terminal) =>
    last(2)[0] === "Ana> /status" && terminal.screen().every((row) => !row.startsWith("Playing"))
  );
});

Deno.test("a status that moves leaves what is typed alone", async () => {
  await using terminal = await start();
  terminal.type("/tick 40\r");
  await terminal.waitFor("tick 1 of 40");
  for (const part of ["uma ", "frase ", "digitada"]) terminal.type(part);
  await waitForTyped(terminal, "Ana> uma frase digitada");
  await terminal.waitFor("tick 40 of 40");
  assert.equal(typed(terminal), "Ana> uma frase digitada");
  assert.equal(terminal.lines().join("\n").split(/tick \d+ of/).length, 2);
  const erasures = terminal.raw.split("\x1b[J").length;
  assert(erasures < 30, `${erasures} times all was drawn`);
});

Deno.test("a question and what is wrong with its answer are broken at blanks too", async () => {
  await using terminal = await start(10, 20);
  terminal.type("/ask\r");
  await terminal.waitFor("Your name?");
  terminal.type("Jo");
  await terminal.waitFor("letters");
  const rows = terminal.screen();
  assert.deepEqual(rows.slice(rows.lastIndexOf("Your name?")).slice(0, 5), [
    "Your name?",
    "Jo",
    "At least",
    "  three",
    "  letters",
  ]);
});

Deno.test("Ctrl-C clears a line, then says how to leave, then ends", async () => {
  await using terminal = await start();
  terminal.type("half a line");
  await waitForTyped(terminal, "Ana> half a line");
  terminal.press("ctrl-c");
  await waitForTyped(terminal, "Ana>");
  assert(!terminal.lines().join().includes("To leave"));
  terminal.press("ctrl-c");
  await terminal.waitFor("To leave: /exit");
  terminal.type("x");
  terminal.press("backspace");
  terminal.press("ctrl-c");
  await terminal.waitFor(/To leave[^]*To leave/);
  terminal.press("ctrl-c");
  await terminal.waitFor("bye");
  assert.equal(await terminal.exit, 0);
});

Deno.test("Ctrl-D ends on an empty line and deletes in another", async () => {
  await using terminal = await start();
  terminal.type("ab");
  terminal.press("left");
  terminal.press("ctrl-d");
  await waitForTyped(terminal, "Ana> a");
  terminal.press("ctrl-u");
  terminal.press("ctrl-d");
  await terminal.waitFor("bye");
  assert.equal(await terminal.exit, 0);
});

Deno.test("history has each line once and gives back what was being typed", async () => {
  await using terminal = await start();
  terminal.type("one\rtwo\rone\r");
  await terminal.waitFor(/got "one"[^]*got "two"[^]*got "one"/);
  terminal.type("draft");
  const steps = [["up", "one"], ["up", "two"], ["up", "two"], ["down", "one"], ["down", "draft"]];
  for (const [key, text] of steps) {
    terminal.press(key as "up" | "down");
    await waitForTyped(terminal, `Ana> ${text}`);
  }
});

Deno.test("Tab completes, and lists where there are several", async () => {
  await using terminal = await start();
  terminal.type("/c\t Joã\t");
  await waitForTyped(terminal, "Ana> /chat João");
  terminal.press("ctrl-u");
  terminal.type("/l\t");
  await waitForTyped(terminal, "Ana> /list");
  await terminal.waitFor("/list    /listen");
});

Deno.test("pasted lines are several lines, and a pasted tab completes nothing", async () => {
  await using terminal = await start();
  terminal.paste("/l\tx\nsecond\nthird");
  await waitForTyped(terminal, "Ana> third");
  await terminal.waitFor(/got "\/l {4}x"[^]*got "second"/);
  assert(!terminal.lines().join().includes("/listen"));
});

Deno.test("a question is checked while it is typed and accepts only what is right", async () => {
  await using terminal = await start();
  terminal.type("/ask\r");
  await terminal.waitFor("Your name?");
  terminal.type("Jo");
  await terminal.waitFor("At least three letters");
  terminal.press("enter");
  terminal.type("ã");
  await terminal.waitFor((terminal) => !terminal.lines().join().includes("At least"));
  terminal.type("o\r");
  await terminal.waitFor('answer "João"');
  assert(terminal.lines().includes("Your name? João"));
  terminal.type("/ask\r");
  await terminal.waitFor(/João"[^]*Your name\?/);
  terminal.press("ctrl-c");
  await terminal.waitFor("answer null");
  terminal.type("goes on\r");
  await terminal.waitFor('got "goes on"');
});

Deno.test("a flood is drawn in batches while typing goes on", async () => {
  await using terminal = await start();
  terminal.type("/flood 5000\r");
  terminal.type("typed meanwhile");
  await terminal.waitFor("flood over");
  await waitForTyped(terminal, "Ana> typed meanwhile");
  const lines = terminal.lines();
  const at = lines.indexOf("flood line number 1");
  for (let i = 1; i <= 5000; i++) assert.equal(lines[at + i - 1], `flood line number ${i}`);
  const drawings = terminal.raw.split("Ana").length - 1;
  assert(drawings < 200, `${drawings} drawings of the prompt`);
});

Deno.test("the terminal is given back however the program ends", async (t) => {
  const cases = [["/exit\r", 0], ["/end\r", 7], ["/throw\r", 1], ["\x04", 0]] as const;
  for (const [keys, code] of cases) {
    await t.step(JSON.stringify(keys), async () => {
      await using terminal = await VirtualTerminal.start({
        command: "sh",
        args: ["-c", '"$@"; echo "code $?"; stty -a', "sh", Deno.execPath(), ...RUN],
        columns: 77,
      });
      await terminal.waitFor("Ana>");
      terminal.type(keys);
      await terminal.waitFor(/code \d[^]* icanon/);
      assert(terminal.lines().includes(`code ${code}`), terminal.lines().join("\n"));
      assert.match(terminal.lines().join(" "), / echo /);
      assert.equal(terminal.raw.lastIndexOf("\x1b[?2004"), terminal.raw.lastIndexOf("\x1b[?2004l"));
      assert.equal(terminal.raw.lastIndexOf("\x1b[?25"), terminal.raw.lastIndexOf("\x1b[?25h"));
    });
  }
});

Deno.test("SIGTERM ends the input and gives the terminal back", async () => {
  await using terminal = await start();
  Deno.kill(terminal.pid, "SIGTERM");
  await terminal.waitFor("bye");
  assert.equal(await terminal.exit, 0);
});

/** Without blanks: at the end of a row they cannot be told from an empty screen. */
function squeeze(text: string): string {
  return text.replace(/\s/g, "");
}
