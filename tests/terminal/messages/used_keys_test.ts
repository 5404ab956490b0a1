import { deepEqual } from "node:assert/strict";
import { CATALOGUES, isMessageKey } from "../../../lib/terminal/messages/catalogue.ts";

const ROOT = new URL("../../../", import.meta.url);

/** Beginnings of keys that the sources put together from parts. Empty: every key is written out. */
const BUILT_FROM_PARTS: readonly string[] = [];

/** Every source of the product but the catalogues themselves, as one text. */
async function sources(): Promise<string> {
  const texts = ["main_server.ts", "main_peer.ts"].map((main) =>
    Deno.readTextFile(new URL(main, ROOT))
  );
  const walk = async (folder: URL): Promise<void> => {
    for await (const entry of Deno.readDir(folder)) {
      const at = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
      if (entry.isDirectory) {
        if (!/\/messages\/(en|pt)\/$/.test(at.pathname)) await walk(at);
      } else if (entry.name.endsWith(".ts")) texts.push(Deno.readTextFile(at));
    }
  };
  await walk(new URL("lib/", ROOT));
  return (await Promise.all(texts)).join("\n");
}

Deno.test("every sentence of the catalogues is said somewhere", async () => {
  const text = await sources();
  const unused = Object.keys(CATALOGUES.en).filter((key) =>
    !text.includes(`"${key}"`) &&
    !text.includes(`"${key.replace(/\.(one|other)$/, "")}"`) &&
    !BUILT_FROM_PARTS.some((prefix) => key.startsWith(prefix))
  );
  deepEqual(unused, []);
});

Deno.test("every PersonError names a sentence of the catalogues", async () => {
  const named = (await sources()).matchAll(/new PersonError\(\s*"([^"]*)"/g);
  deepEqual(Array.from(named, (found) => found[1]!).filter((key) => !isMessageKey(key)), []);
});
