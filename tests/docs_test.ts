import { strict as assert } from "node:assert";
import { stateDiagram } from "../lib/base/state_table.ts";
import { PHONE, REGISTRY } from "../lib/call/states.ts";
import { CONVERSATION, SESSION } from "../lib/chat/states.ts";
import { MEMBERSHIP } from "../lib/music/catalogue/states.ts";
import { OUTGOING, RECEPTION } from "../lib/music/states.ts";
import { LINK_TRANSITIONS } from "../lib/overlay/link_states.ts";

/** The Mermaid blocks of a page. */
async function diagramsOf(page: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(`../docs/${page}`, import.meta.url));
  return [...text.matchAll(/```mermaid\n(.*?)\n```/gs)].map(([, diagram]) => diagram!);
}

Deno.test("docs/chat.md draws the state tables as they are", async () => {
  assert.deepEqual(await diagramsOf("chat.md"), [
    stateDiagram(SESSION, "offline"),
    stateDiagram(CONVERSATION, "looking_up", "greeting"),
  ]);
});

Deno.test("docs/call.md draws the state tables as they are", async () => {
  assert.deepEqual(await diagramsOf("call.md"), [
    stateDiagram(REGISTRY, "offline"),
    stateDiagram(PHONE, "idle"),
  ]);
});

Deno.test("docs/overlay.md draws the state table as it is", async () => {
  assert.deepEqual(await diagramsOf("overlay.md"), [
    stateDiagram(LINK_TRANSITIONS, "dialling", "handshake"),
  ]);
});

Deno.test("docs/music.md draws the state tables as they are", async () => {
  assert.deepEqual(await diagramsOf("music.md"), [
    stateDiagram(MEMBERSHIP, "offline"),
    stateDiagram(OUTGOING, "unproven"),
    stateDiagram(RECEPTION, "idle"),
  ]);
});

Deno.test("every page that a page links to is there", async () => {
  const root = new URL("../", import.meta.url);
  const pages = ["README.md", "README.pt-BR.md"];
  for await (const { name } of Deno.readDir(new URL("docs/", root))) pages.push(`docs/${name}`);
  for (const page of pages.filter((name) => name.endsWith(".md"))) {
    const text = await Deno.readTextFile(new URL(page, root));
    for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
      await assert.doesNotReject(
        Deno.stat(new URL(target!, new URL(page, root))),
        `${page} links to ${target}, which is not there`,
      );
    }
  }
});
