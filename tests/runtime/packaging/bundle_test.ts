import assert from "node:assert/strict";
import { join } from "node:path";
import { bundle, withoutPaths } from "../../../lib/runtime/packaging/bundle.ts";
import { PackagingError } from "../../../lib/runtime/packaging/packaging_error.ts";
import { PROBE, ROOT } from "./probe_program.ts";

Deno.test("A bundle is one script with its packages, without the paths of the machine", async () => {
  const text = new TextDecoder().decode(await bundle(ROOT, PROBE.entry));
  assert.match(text, /probe 1\.2\.3/);
  assert.match(text, /^\/\/ npm\/@optique\/core\//m);
  assert.match(text, /"npm\/ipaddr\.js\/[^"]*"\(exports/);
  assert.doesNotMatch(text, /^import /m);
  assert.ok(!text.includes("../"), "no path leads out of the project");
});

Deno.test("The folder of the package cache is cut out, whatever is in its name", () => {
  const cache = "../../home/a.b (c)/deno/npm";
  const script = `// ${cache}/registry.example/x/1.0.0/x.js\n"${cache}/r/@y/z/2.0.0/z.js"(exports)`;
  assert.equal(withoutPaths(script, cache), '// npm/x/1.0.0/x.js\n"npm/@y/z/2.0.0/z.js"(exports)');
  const windows = "..\\cache\\npm";
  assert.equal(withoutPaths("// ../cache/npm/r/x/1.0.0/x.js", windows), "// npm/x/1.0.0/x.js");
  assert.equal(
    withoutPaths("// ../home/aXb/npm/r/x.js", "../home/a.b/npm"),
    "// ../home/aXb/npm/r/x.js",
  );
});

Deno.test("A program that cannot be bundled is a sentence", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const entry = join(folder, "broken.ts");
    await Deno.writeTextFile(entry, "const = ;");
    await assert.rejects(bundle(ROOT, entry), (error: Error) => {
      assert.ok(error instanceof PackagingError);
      assert.match(error.message, /broken\.ts could not be bundled: \S/);
      return true;
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
