/**
 * Music from one packaged peer to another: what is loaded only when it is needed (the reader of tags,
 * a decoder) has to be in the one script, and has to do with the permissions of a single file.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bundle } from "../../../lib/runtime/packaging/bundle.ts";
import { PROGRAMS, runFlags } from "../../../lib/runtime/packaging/permissions.ts";
import { songFile } from "../../media/music/song_files.ts";
import { parseWav } from "../../processes/call_rig/wav.ts";
import { PipedProgram } from "../../processes/piped_program.ts";
import { peerArgs, type ServerPorts } from "../../processes/programs.ts";
import { RunningServer } from "../running_server.ts";
import { ROOT } from "./probe_program.ts";

/** Seconds of the song of each format. */
const SECONDS = 2;
const TAGS = ["-metadata", "title=Prelúdio", "-metadata", "artist=Ana Lima"];
const FORMATS = {
  mp3: ["-b:a", "128k", "-f", "mp3"],
  flac: ["-f", "flac"],
  ogg: ["-c:a", "libvorbis", "-f", "ogg"],
  opus: ["-c:a", "libopus", "-f", "opus"],
};

function packaged(script: string, name: string, server: ServerPorts, args: readonly string[]) {
  const program = PROGRAMS.find((one) => one.name === "peer")!;
  const words = ["run", ...runFlags(program), script, ...peerArgs(server, name, ...args)];
  return new PipedProgram(name, Deno.execPath(), words);
}

Deno.test("A packaged peer reads the tags of music and plays it", async () => {
  const folder = await Deno.makeTempDir({ prefix: "packaged music " });
  try {
    const script = join(folder, "peer.js");
    await Deno.writeFile(script, await bundle(ROOT, "main_peer.ts"));
    const shared = join(folder, "shared");
    await Deno.mkdir(shared);
    for (const [format, encoder] of Object.entries(FORMATS)) {
      const file = await songFile([...TAGS, ...encoder], "ffmpeg", SECONDS);
      await Deno.writeFile(join(shared, `${format} song.${format}`), file);
    }
    await using running = await RunningServer.open();
    const { chat: chatPort, registry: registryPort } = running.server.ports;
    const server = { chatPort, registryPort };
    const shares = ["--speaker", "none", "--share", shared];
    await using bia = packaged(script, "Bia", server, shares);
    await bia.waitFor("Os outros podem encontrar 4 músicas suas.");
    const heard = join(folder, "heard.wav");
    await using ana = packaged(script, "Ana", server, ["--speaker", `file:${heard}`]);
    await ana.waitFor("/files");
    await ana.say("/files");
    await ana.waitFor("4 músicas:");
    for (let row = 0; row < 4; row++) await ana.waitFor(/Prelúdio +Ana Lima +0:02/);
    for (const format of Object.keys(FORMATS)) {
      await ana.say(`/play ${format} song`);
      await ana.waitFor("terminou.");
      assert.ok(loudness(parseWav(await Deno.readFile(heard)).samples) > 500, format);
    }
    for (const program of [ana, bia]) {
      await program.say("/exit");
      const { code, errors } = await program.ended();
      assert.deepEqual([code, errors], [0, ""]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** The root mean square of the loudest tenth of a second. */
function loudness(samples: Int16Array): number {
  let most = 0;
  for (let at = 0; at + 4800 <= samples.length; at += 4800) {
    let sum = 0;
    for (const sample of samples.subarray(at, at + 4800)) sum += sample * sample;
    most = Math.max(most, Math.sqrt(sum / 4800));
  }
  return most;
}
