import type { CatalogueFile } from "../../../lib/protocol/music.ts";
import { splitRegistration } from "../../../lib/protocol/music.ts";
import { CATALOGUE_LIMITS } from "../../../lib/directory/catalogue_limits.ts";
import type { Attack } from "../attack.ts";
import { RawClient } from "../../processes/raw_client.ts";
import { ServerTarget } from "../server_target.ts";

/** Addresses that register at a time; each may fill its share. */
const ADDRESSES = 8;
/** Refusals of an address after which it is clear that no more of it is taken. */
const ENOUGH = 3;
const NEVER = new AbortController().signal;
/** In the lines that are made once, where the name of the node belongs. */
const NAME = "n".repeat(8);

/** Lists of files, as long as they may be, under one name after the other. */
export const catalogueBomb: Attack<ServerTarget> = {
  name: "catalogue-bomb",
  deed:
    `${ADDRESSES} addresses register nodes of ${CATALOGUE_LIMITS.filesPerNode} files each, one ` +
    "after the other, as many as they can",
  outcome: "each gets its share of 64 MiB, all together 512 MiB, and `full` beyond that",
  open: () => ServerTarget.open(),
  async run({ registryPort }, end) {
    const list = nodeLines(CATALOGUE_LIMITS.filesPerNode);
    // One of them goes on until it is refused, however little time there is.
    const ends = Array.from({ length: ADDRESSES }, (_, index) => index === 0 ? NEVER : end);
    const sums = await Promise.all(
      ends.map((end, index) => fill(registryPort, `127.0.1.${index + 1}`, list, end)),
    );
    const total = (pick: (sum: Filled) => number) => sums.reduce((all, sum) => all + pick(sum), 0);
    return {
      "files taken": total(({ files }) => files),
      "answered with full": total(({ refused }) => refused),
    };
  },
};

/** Bytes that the server counts for a file of {@link nodeLines}, at the most. */
export function countedBytes(): number {
  const { name, title, artist } = fileOf(CATALOGUE_LIMITS.filesPerNode);
  const units = name.length + title.length + artist.length;
  return CATALOGUE_LIMITS.fileBytes + CATALOGUE_LIMITS.unitBytes * units;
}

/** What an address got in. */
export interface Filled {
  readonly files: number;
  readonly refused: number;
}

/** The lines that register a node of so many files, under the name {@link fill} puts in. */
export function nodeLines(count: number): readonly string[] {
  const files = Array.from({ length: count }, (_, index) => fileOf(index));
  return splitRegistration({ name: NAME, port: 7000, ttl: 3600 }, files);
}

function fileOf(index: number): CatalogueFile {
  return {
    id: index.toString(16).padStart(64, "0"),
    name: `${index}.mp3`,
    size: 5_000_000,
    title: `Faixa ${index}`,
    artist: "Ninguém",
    seconds: 200,
    pieces: undefined,
  };
}

/** Registers node after node from one address, one at least, until it has its share or the time is over. */
export async function fill(
  port: number,
  from: string,
  lines: readonly string[],
  end: AbortSignal,
): Promise<Filled> {
  let [files, refused] = [0, 0];
  for (let node = 0; refused < ENOUGH && (node === 0 || !end.aborted); node += 1) {
    const name = `${from.split(".")[3]}_${node}`.padEnd(NAME.length, "n");
    for (const line of lines) {
      await using client = await RawClient.connect(port, from);
      client.send(`${line.replace(NAME, name)}\n`);
      const [answer] = await client.waitFor(/.*\n/);
      const { status, registered } = JSON.parse(answer);
      if (status === "ERROR") {
        refused += 1;
        break;
      }
      if (line === lines.at(-1)) files += registered;
    }
  }
  return { files, refused };
}
