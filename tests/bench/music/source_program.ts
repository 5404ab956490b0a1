/**
 * A node that gives music, with the product's own machine and socket. Its only argument is a
 * {@link SourcePlan} as JSON. It says a {@link SourceReady}, then a {@link Served} for each listener
 * that it has served. A line of its input with a {@link CatalogueEntry} enters it in the catalogue,
 * after which it says `entered`; it ends with its input.
 *
 * @module
 */
import { basename } from "node:path";
import { CatalogueClient } from "../../../lib/runtime/music/catalogue_client.ts";
import { TransferLoop } from "../../../lib/runtime/music/transfer_loop.ts";
import { UdpSocket } from "../../../lib/runtime/udp_socket.ts";
import { TransferPort } from "../../../lib/music/transfer_port.ts";
import { describe, type SampleFile, sampleFile } from "../../music/sim/sample_file.ts";
import { TextLineStream } from "../text_lines.ts";

/** What a source is to give. */
export interface SourcePlan {
  /** Paths of files, whose titles are their names. */
  readonly files: readonly string[];
  /** Bytes of one more file, of noise. */
  readonly noise: number | null;
}

/** Where a source listens, and what it gives. */
export interface SourceReady {
  readonly port: number;
  readonly files: readonly {
    readonly id: string;
    readonly size: number;
    readonly pieces: string;
  }[];
}

/** A stream that is over. */
export interface Served {
  /** Share of its packets that were sent again. */
  readonly again: number;
  readonly why: string;
}

/** Where the catalogue is, and which port it is told. */
export interface CatalogueEntry {
  readonly host: string;
  readonly catalogue: number;
  readonly port: number;
}

/** How often the streams are looked at, in milliseconds: they are gone when they are over. */
const LOOK = 20;

interface NamedFile extends SampleFile {
  readonly name: string;
}

async function filesOf({ files, noise }: SourcePlan): Promise<NamedFile[]> {
  const read = await Promise.all(files.map(async (path) => {
    return { name: basename(path), ...describe(await Deno.readFile(path)) };
  }));
  return noise === null ? read : [...read, { name: "noise", ...sampleFile(noise) }];
}

if (import.meta.main) {
  const bug = (error: unknown) => console.error(error);
  const files = await filesOf(JSON.parse(Deno.args[0]!) as SourcePlan);
  const byId = new Map(files.map((file) => [file.shared.id, file]));
  const port = new TransferPort({
    file: (id) => byId.get(id)?.shared ?? null,
    newToken: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    limit: null,
  });
  const again = new Map<number, number>();
  const loop: TransferLoop = new TransferLoop(port, {
    send: (to, bytes) => void socket.send(to, bytes),
    perform: (effect) => {
      if (effect.kind !== "source") return;
      const what = effect.effect;
      if (what.kind === "read") {
        const { stream, id, piece, offset, length } = what;
        const bytes = byId.get(id)!.bytes.slice(offset, offset + length);
        const input = { kind: "block", stream, piece, bytes } as const;
        queueMicrotask(() => loop.submit({ kind: "source", input }));
      } else if (what.kind === "served") {
        console.log(JSON.stringify({ again: again.get(what.stream) ?? 0, why: what.why }));
      }
    },
    bug,
  });
  const socket = UdpSocket.open({ hostname: "0.0.0.0", port: 0 }, {
    datagram: (from, bytes) => loop.submit({ kind: "datagram", from, bytes }),
    bug,
  });
  setInterval(() => {
    for (const one of port.outgoing()) again.set(one.stream, one.again);
  }, LOOK);
  const ready: SourceReady = {
    port: socket.port,
    files: files.map(({ shared: { id, size }, pieces }) => ({ id, size, pieces })),
  };
  console.log(JSON.stringify(ready));
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  for await (const line of lines) {
    const entry = JSON.parse(line) as CatalogueEntry;
    const client = new CatalogueClient(
      { host: entry.host, port: entry.catalogue },
      { name: "Bia", port: entry.port, random: Math.random },
      {
        report: ({ kind }) => kind === "music_registered" && console.log("entered"),
        bug,
      },
    );
    client.share(files.map(({ name, shared: { id, size }, pieces }) => {
      return { id, name, size, title: name, artist: "", seconds: null, pieces };
    }));
    client.start();
  }
  Deno.exit(0);
}
