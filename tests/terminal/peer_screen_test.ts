import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { PeerMessage } from "../../lib/terminal/message_trace.ts";
import { openScreen } from "./screen_fixture.ts";
import { playing, song } from "./views/music_fixture.ts";

const address = { ip: "10.0.0.2", port: 6050 };
const message: PeerMessage = {
  direction: "in",
  name: null,
  ip: "10.0.0.1",
  port: 5000,
  text: '{"type":"registro_ok"}',
};

Deno.test("screen: the welcome says how to call", () => {
  const { console } = openScreen();
  ok(console.printed.includes("To call somebody type: /call <name>"));
  match(console.printed.at(-1)!, /\/exit$/);
});

Deno.test("screen: an invitation rings, and the prompt says who is calling", () => {
  const { screen, console, peer } = openScreen();
  peer.call = { phone: "invited", partner: "Maria", confirmed: true };
  screen.call({ kind: "invited", name: "Maria", from: address });
  equal(console.bells, 1);
  match(console.printed.at(-1)!, /Maria is calling you.*\/accept.*\/reject$/);
  equal(console.prompt, "(Maria is calling) > ");
  peer.call = { phone: "idle", partner: null, confirmed: true };
  screen.call({ kind: "missed", name: "Maria", confirmed: true });
  equal(console.bells, 1);
  equal(console.prompt, "> ");
});

Deno.test("screen: commands of calls go to the telephone and to the sound", async () => {
  const { screen, console, peer } = openScreen();
  const ended = screen.run();
  for (const line of ["/call Ana", "/mute on", "/volume loud", "/watch off"]) {
    await console.type(line);
  }
  deepEqual(peer.asked.slice(0, 2), [{ kind: "call", name: "Ana" }, { kind: "mute", on: true }]);
  equal(peer.asked[2]!.kind, "watch");
  equal(peer.asked.length, 3);
  screen.end(0);
  equal(await ended, 0);
});

Deno.test("screen: who is active and who called can be completed for a call", () => {
  const { screen, console } = openScreen();
  screen.call({ kind: "invited", name: "Zé", from: address });
  deepEqual(console.complete("/call ").candidates, ["Ana", "Zé"]);
  deepEqual(console.complete("/chat ").candidates, ["Ana"]);
});

Deno.test("screen: messages of calls are shown, unless --quiet or /watch off says otherwise", async () => {
  const { screen, console } = openScreen();
  const before = console.printed.length;
  screen.callMessage(message);
  equal(console.printed.length, before + 1);
  const ended = screen.run();
  await console.type("/watch off");
  screen.callMessage(message);
  equal(console.printed.length, before + 1);
  await console.type("/watch on");
  screen.callMessage(message);
  equal(console.printed.length, before + 2);
  screen.end(0);
  await ended;

  const quiet = openScreen({ quiet: true });
  const shown = quiet.console.printed.length;
  quiet.screen.callMessage(message);
  equal(quiet.console.printed.length, shown);
});

Deno.test("screen: a script's next line waits until a call is connected or came to nothing", async () => {
  const { screen, console, peer } = openScreen({}, false);
  const ended = screen.run();
  let next = console.type("/call Ana");
  await peer.nextCommand();
  screen.call({ kind: "calling", name: "Ana" });
  await turn();
  equal(console.isAskedFor, false);
  screen.call({ kind: "call_failed", name: "Ana", why: "rejected" });
  await next;
  equal(console.printed.at(-1), "usuário destino ocupado (the person is busy or said no)");

  next = console.type("/calltest");
  await peer.nextCommand();
  await turn();
  equal(console.isAskedFor, false);
  screen.sound({ kind: "test_ended", outcome: { kind: "done", peak: -20 } });
  await next;
  match(console.printed.at(-1)!, /works/);
  screen.end(0);
  await ended;
});

Deno.test("screen: commands of music go to the music, and what goes on stays above the prompt", async () => {
  const { screen, console, peer } = openScreen();
  const ended = screen.run();
  await console.type("/play 1");
  deepEqual(peer.asked, [{ kind: "play", wanted: { kind: "number", number: 1 } }]);
  screen.music({ kind: "now_playing", now: playing(), tick: false });
  match(console.printed.at(-1)!, /^Playing Bach .*from ana\.$/);
  const { length } = console.printed;
  screen.music({ kind: "now_playing", now: playing({ position: 43 }), tick: true });
  equal(console.printed.length, length);
  match(console.status!, /0:43\/3:45/);
  screen.music({ kind: "song_ended", song: song(), stopped: false });
  equal(console.status, null);
  screen.library({ kind: "reading", doneFiles: 3, files: 12, doneBytes: 5, bytes: 10 });
  match(console.status!, /^Reading/);
  screen.catalogue({ kind: "music_registered", files: 12, again: false });
  match(console.printed.at(-1)!, /12 songs/);
  screen.end(0);
  await ended;
});

Deno.test("screen: a script's next line waits until a song is got or cannot be", async () => {
  const { screen, console, peer } = openScreen({}, false);
  const ended = screen.run();
  let next = console.type("/files");
  await peer.nextCommand();
  await turn();
  equal(console.isAskedFor, false);
  screen.music({ kind: "songs", query: null, songs: [song()], more: false });
  await next;
  next = console.type("/play 7");
  await peer.nextCommand();
  screen.music({ kind: "now_playing", now: playing(), tick: true });
  await turn();
  equal(console.isAskedFor, false);
  const fault = { why: "unknown_song", wanted: "7" } as const;
  screen.music({ kind: "music_fault", song: null, fault });
  await next;
  screen.end(0);
  await ended;
});

/** Lets everything happen that nothing more has to come for. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
