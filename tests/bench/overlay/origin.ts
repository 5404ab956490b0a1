import { TextLineStream } from "../text_lines.ts";
import type { Count, Flight, Load } from "./flight.ts";

/** What an origin says of a load, as JSON, one a line. */
export type Told = "begin" | "end" | Count;

const encoder = new TextEncoder();

/**
 * Flies the loads that come as JSON, one a line, from who connects: the bench and nobody else.
 * Prints where it listens, which says that the chain is ready.
 */
export async function takeLoads(flight: Flight): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  console.log(`127.0.0.1:${listener.addr.port}`);
  for await (const conn of listener) {
    const say = (told: Told) => conn.write(encoder.encode(`${JSON.stringify(told)}\n`));
    const lines = conn.readable
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
    for await (const line of lines) await say(await flight.run(JSON.parse(line) as Load, say));
  }
}
