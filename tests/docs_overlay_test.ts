import { strict as assert } from "node:assert";
import { KIB, MIB, MINUTE, SECOND } from "../lib/base/units.ts";
import { OVERLAY_LIMITS } from "../lib/overlay/limits.ts";
import { Pipes } from "./overlay/pipes.ts";

const PAGE = new URL("../docs/overlay.md", import.meta.url);

/** A relayed message as the relay sees it pass: `ana → rui  {"type":…}`. */
function transcript(): string[] {
  const net = new Pipes();
  const [ana, rui, bia] = [net.host("ana"), net.host("rui@Giga"), net.host("bia")];
  rui.command("watch", { on: true });
  net.join(ana, rui);
  net.join(rui, bia);
  ana.send("bia@UnB", "por ti");
  net.run(SECOND / 2);
  const short = (id: string) => id.slice(0, id.indexOf("@"));
  return rui.all("watched").map(({ direction, peer, line }) => {
    // Before the handshake a link has no name yet; the line itself says who it comes from.
    const { type, peer_id } = JSON.parse(line);
    const other = peer !== "" ? short(peer) : type === "HELLO_OK" ? short(peer_id) : "";
    const [from, to] = direction === "in"
      ? [other === "" ? short(peer_id) : other, "rui"]
      : ["rui", other === "" ? "bia" : other];
    return `${from} → ${to}  ${line}`;
  });
}

/** Lines with their ids by the order in which they appear: which ones are drawn is chance. */
function withoutIds(lines: readonly string[]): string[] {
  const ids: string[] = [];
  return lines.map((line) =>
    line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      if (!ids.includes(id)) ids.push(id);
      return `id ${ids.indexOf(id)}`;
    })
  );
}

Deno.test("docs/overlay.md: the transcript is what three nodes say to each other", async () => {
  const [, block] = /```text\n(.*?)\n```/s.exec(await Deno.readTextFile(PAGE))!;
  assert.deepEqual(withoutIds(block!.split("\n")), withoutIds(transcript()));
});

const UNITS: Readonly<Record<string, number>> = { s: SECOND, min: MINUTE, KiB: KIB, MiB: MIB };

Deno.test("docs/overlay.md: every limit is in the table, in order, with its value", async () => {
  const rows = (await Deno.readTextFile(PAGE)).matchAll(/^\| `(\w+)` +\| (\d[^|]*?) +\| \S/gm);
  const shown = Array.from(rows, ([, name, value]) => {
    const amounts = value!.matchAll(/(\d[\d,.]*)(?: (s|min|KiB|MiB)\b)?/g);
    return [
      name,
      Array.from(
        amounts,
        ([, amount, unit = ""]) => Number(amount!.replaceAll(",", "")) * (UNITS[unit] ?? 1),
      ),
    ];
  });
  const real = Object.entries(OVERLAY_LIMITS).map(([name, value]) => [
    name,
    typeof value === "number" ? [value] : Object.values(value),
  ]);
  assert.deepEqual(shown, real);
});
