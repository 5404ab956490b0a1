import { SECOND } from "../../base/units.ts";
import type { SongRow } from "../../music/music_status.ts";
import { elapsedTime } from "../text/elapsed_time.ts";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";
import { shown } from "./chat_view.ts";

/** Columns of what others call a song, in a sentence. */
const SENTENCE_COLUMNS = 60;
/** Columns of it in a cell that is cut anyway. */
const CELL_COLUMNS = 120;
/** Nodes that are named where many have a song. */
const NODES_NAMED = 3;

/** What is not known. */
export const UNKNOWN = "–";

/** A song in a sentence: `Artist – Title`, or the name of its file. */
export function songText(song: SongRow): string {
  const { artist } = song;
  const title = titleText(song);
  const whole = artist.trim() === "" ? title : `${printable(artist)} – ${title}`;
  return cutToWidth(whole, SENTENCE_COLUMNS);
}

/** Its title, or the name of its file where it has none. */
export function titleText({ title, name }: Pick<SongRow, "title" | "name">): string {
  return cutToWidth(printable(title.trim() === "" ? name : title), CELL_COLUMNS);
}

/** Who sings or plays it, as others write it. */
export function artistText({ artist }: Pick<SongRow, "artist">): string {
  return cutToWidth(printable(artist), CELL_COLUMNS);
}

/** A point of a song, or how long it is: `3:45`. Null seconds are not known. */
export function songTime(seconds: number | null): string {
  return seconds === null ? UNKNOWN : elapsedTime(seconds * SECOND);
}

/** Names of nodes: `ana, rui, eva +4`. */
export function nodeNames(nodes: readonly string[], paint: Painter): string {
  const named = nodes.slice(0, NODES_NAMED).map((name) => shown(name, paint)).join(", ");
  return nodes.length > NODES_NAMED ? `${named} +${nodes.length - NODES_NAMED}` : named;
}
