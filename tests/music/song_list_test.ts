import assert from "node:assert/strict";
import type { CatalogueSong } from "../../lib/music/catalogue/song.ts";
import { meantSong, SongList } from "../../lib/music/song_list.ts";

function song(id: string, fields: Partial<CatalogueSong> = {}): CatalogueSong {
  const sources = [{ name: "ana", ip: "10.0.0.1", port: 7000 }];
  return {
    ...{ id, name: `${id}.mp3`, title: "", artist: "", seconds: null, size: 1, pieces: null },
    ...{ sources, ...fields },
  };
}

Deno.test("song list: rows are numbered, without our own node, with what is here", () => {
  const list = new SongList(() => "bia", (id) => id === "b");
  const both = [
    { name: "bia", ip: "10.0.0.2", port: 7000 },
    { name: "rui", ip: "10.0.0.3", port: 7000 },
  ];
  const rows = list.show([song("a"), song("b", { sources: both })]);
  assert.deepEqual(rows.map(({ number, nodes, here }) => ({ number, nodes, here })), [
    { number: 1, nodes: ["ana"], here: false },
    { number: 2, nodes: ["rui"], here: true },
  ]);
  assert.equal(list.row(song("b")).number, 2);
  assert.equal(list.row(song("c")).number, 0);
});

Deno.test("song list: a number is of the last list, words are to be searched", () => {
  const list = new SongList(() => "bia", () => false);
  const meaning = (number: number) => list.meaning({ kind: "number", number });
  assert.deepEqual(meaning(1), { kind: "no_list" });
  list.show([]);
  assert.deepEqual(meaning(1), { kind: "unknown", wanted: "1" });
  const [first, second] = [song("a"), song("b")];
  list.show([first]);
  assert.deepEqual(meaning(1), { kind: "song", song: first });
  list.show([second]);
  assert.deepEqual(meaning(1), { kind: "song", song: second });
  for (const number of [0, 2, -1, 1.5]) assert.equal(meaning(number).kind, "unknown");
  const query = list.meaning({ kind: "query", query: "bach" });
  assert.deepEqual(query, { kind: "search", query: "bach" });
});

Deno.test("meant song: of just this title or name, whatever its accents; else the first", () => {
  const songs = [
    song("a", { title: "Canção de amor" }),
    song("b", { title: "Canção" }),
    song("c", { name: "prelude.ogg" }),
  ];
  assert.equal(meantSong(" CANCAO ", songs)?.id, "b");
  assert.equal(meantSong("prelude.ogg", songs)?.id, "c");
  assert.equal(meantSong("amor", songs)?.id, "a");
  assert.equal(meantSong("amor", []), undefined);
});
