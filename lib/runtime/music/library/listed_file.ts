import { basename } from "node:path";
import { type CatalogueFile, catalogueFile } from "../../../protocol/music.ts";
import type { IndexEntry } from "./index_entry.ts";

/** A file as the catalogue lists it. Names come apart into accents on some systems: here they do not. */
export function listedFile({ path, stamp, content, tags }: IndexEntry): CatalogueFile {
  return catalogueFile({
    id: content.id,
    name: basename(path).normalize("NFC"),
    size: stamp.size,
    title: tags.title.normalize("NFC"),
    artist: tags.artist.normalize("NFC"),
    seconds: tags.seconds,
    pieces: content.pieces,
  });
}
