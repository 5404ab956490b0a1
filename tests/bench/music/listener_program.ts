/**
 * A node that fetches one file, with the product's own runtime, and forgets it piece by verified
 * piece. Its only argument is a {@link ListenerPlan} as JSON. It says a {@link Fetched} when it has all
 * of it, and ends with its input.
 *
 * @module
 */
import { Transfers } from "../../../lib/runtime/music/transfers.ts";
import { UdpSocket } from "../../../lib/runtime/udp_socket.ts";
import type { IpPort } from "../../../lib/base/address.ts";

/** What is to be fetched, and from whom. */
export interface ListenerPlan {
  readonly source: IpPort;
  readonly id: string;
  readonly size: number;
  readonly pieces: string;
}

/** How that went. */
export interface Fetched {
  readonly bytes: number;
  /** From the first GET to the last verified piece. */
  readonly seconds: number;
}

if (import.meta.main) {
  const { source, id, size, pieces } = JSON.parse(Deno.args[0]!) as ListenerPlan;
  const bug = (error: unknown) => console.error(error);
  const socket = UdpSocket.open({ hostname: "0.0.0.0", port: 0 }, {
    datagram: (from, bytes) => transfers.datagram(from, bytes),
    bug,
  });
  const nothing = {
    file: () => null,
    open: () => Promise.reject(new Error("nothing is shared here")),
  };
  const transfers = new Transfers(socket, nothing, null, bug);
  const begun = performance.now();
  const fetch = transfers.fetch({ id, size, pieces, sources: [source], offset: 0 }, (event) => {
    if (event.kind === "piece") fetch.submit({ kind: "stored", piece: event.piece });
    if (event.kind === "failed") {
      console.error(`the fetch failed: ${event.fault}`);
      Deno.exit(1);
    }
    if (event.kind === "complete") {
      const fetched: Fetched = { bytes: size, seconds: (performance.now() - begun) / 1000 };
      console.log(JSON.stringify(fetched));
    }
  });
  for await (const _ of Deno.stdin.readable);
  Deno.exit(0);
}
