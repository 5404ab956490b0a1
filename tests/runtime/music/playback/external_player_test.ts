import assert from "node:assert/strict";
import type { PlaybackFault } from "../../../../lib/media/music/playback_status.ts";
import { ExternalPlayer } from "../../../../lib/runtime/music/playback/external_player.ts";
import { songFile } from "../../../media/music/song_files.ts";
import { until } from "../../sound/condition.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { PlayerRig } from "./player_rig.ts";

const AAC = ["-c:a", "aac", "-f", "adts"];

/** A program of a test's own in the place of a player. */
function shell(script: string) {
  return { command: "sh", args: (percent: number) => ["-c", script, "sh", `${percent}`] };
}

function isAlive(id: number): boolean {
  return new Deno.Command("sh", { args: ["-c", `kill -0 ${id}`] }).outputSync().success;
}

Deno.test("external player: what is not decoded here goes to another program, whole", async () => {
  const file = await songFile(AAC);
  await using folder = await TemporaryFolder.make();
  const path = folder.at("taken");
  const missing = { command: "prosa-no-such-program", args: () => [] };
  await using rig = new PlayerRig({ programs: [missing, shell(`exec cat > ${path}`)] });
  await rig.play(file);
  await rig.until(() => rig.rewinds === 1);
  assert.equal(rig.player.status.state, "playing");
  assert.equal(rig.player.status.program, "sh");
  assert.equal(rig.player.byteOffsetOf(1), null);
  rig.player.seek(0, 0);
  await rig.push(file);
  await rig.until(() => rig.player.status.state === "ended");
  assert.deepEqual(await Deno.readFile(path), file);
});

Deno.test("external player: its time stands still in a pause, and it is ended with the song", async () => {
  const file = await songFile(AAC);
  await using rig = new PlayerRig({ programs: [shell("exec cat > /dev/null")] });
  await rig.play(file);
  await rig.until(() => rig.rewinds === 1);
  rig.player.seek(0, 0);
  await until(() => rig.player.status.position > 0.02);
  rig.player.pause();
  assert.equal(rig.player.status.state, "paused");
  const { position } = rig.player.status;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(rig.player.status.position, position);
  rig.player.resume();
  await until(() => rig.player.status.position > position);
  rig.player.pause();
  await rig.player.stop();
  assert.equal(rig.player.status.program, null);
});

Deno.test("external player: one that is held is ended too, by its id", async () => {
  const player = ExternalPlayer.start([shell("exec cat > /dev/null")], 1, "", () => {});
  assert.ok(player instanceof ExternalPlayer);
  assert.ok(player.pause());
  assert.ok(isAlive(player.id));
  await player[Symbol.asyncDispose]();
  assert.ok(!isAlive(player.id));
  await player[Symbol.asyncDispose]();
});

Deno.test("external player: what it says when it fails", async () => {
  const file = await songFile(AAC);
  await using rig = new PlayerRig({ programs: [shell("echo 'no such codec' >&2; exit 3")] });
  await rig.play(file);
  await rig.until(() => rig.player.status.state === "failed");
  const fault = { why: "player_failed", program: "sh", detail: "no such codec" };
  assert.deepEqual(rig.player.status.fault, fault);
  // Pushing goes on without harm.
  await rig.push(file);
});

Deno.test("external player: none is there", async () => {
  const file = await songFile(AAC);
  await using rig = new PlayerRig({ programs: [{ command: "prosa-none", args: () => [] }] });
  await rig.play(file);
  await rig.until(() => rig.player.status.state === "failed");
  assert.deepEqual(rig.player.status.fault, {
    why: "no_player",
    detail: "no format that is decoded here",
    programs: ["prosa-none"],
    flag: null,
  });
});

Deno.test({
  name: "external player: none may be started: the flag is named",
  permissions: { run: false },
  fn() {
    const programs = ["one", "two"].map((command) => ({ command, args: () => [] }));
    const fault = ExternalPlayer.start(programs, 1, "why", () => {}) as PlaybackFault;
    assert.deepEqual(fault, {
      why: "no_player",
      detail: "why",
      programs: ["one", "two"],
      flag: "--allow-run=one,two",
    });
  },
});

Deno.test("external player: loudness is told at the start", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("percent");
  const ended = Promise.withResolvers<PlaybackFault | null>();
  const script = shell(`echo "$1" > ${path}`);
  const player = ExternalPlayer.start([script], 0.25, "", ended.resolve);
  assert.ok(player instanceof ExternalPlayer);
  assert.equal(await ended.promise, null);
  assert.equal(await Deno.readTextFile(path), "25\n");
  await player[Symbol.asyncDispose]();
});
