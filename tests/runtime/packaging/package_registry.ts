import { createHash } from "node:crypto";
import { join } from "node:path";

/**
 * A package registry on this machine that knows one package, with one file in it. Deno is pointed
 * at it, and at an empty cache, until it is disposed.
 */
export async function packageRegistry(
  name: string,
  version: string,
  fileName: string,
  file: Uint8Array,
): Promise<AsyncDisposable> {
  const folder = await Deno.makeTempDir({ prefix: "registry-" });
  await Deno.mkdir(join(folder, "package"));
  await Deno.writeFile(join(folder, "package", fileName), file);
  await Deno.writeTextFile(
    join(folder, "package", "package.json"),
    JSON.stringify({ name, version }),
  );
  const tar = new Deno.Command("tar", { args: ["-czf", "package.tgz", "package"], cwd: folder });
  if (!(await tar.output()).success) throw new Error("tar failed");
  const tarball = await Deno.readFile(join(folder, "package.tgz"));
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const url = new URL(request.url);
    if (url.pathname === "/package.tgz") return new Response(tarball);
    if (decodeURIComponent(url.pathname) !== `/${name}`) return new Response(null, { status: 404 });
    const dist = { tarball: `${url.origin}/package.tgz`, integrity };
    return Response.json({
      name,
      "dist-tags": { latest: version },
      versions: { [version]: { name, version, dist } },
    });
  });

  const before = ["NPM_CONFIG_REGISTRY", "DENO_DIR"].map((key) =>
    [key, Deno.env.get(key)] as const
  );
  Deno.env.set("NPM_CONFIG_REGISTRY", `http://127.0.0.1:${server.addr.port}/`);
  Deno.env.set("DENO_DIR", join(folder, "cache"));
  return {
    async [Symbol.asyncDispose]() {
      for (const [key, value] of before) {
        if (value === undefined) Deno.env.delete(key);
        else Deno.env.set(key, value);
      }
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The first bytes of an executable for Windows, and zeros. */
export function windowsExecutable(): Uint8Array {
  const bytes = new Uint8Array(5000);
  bytes.set([0x4d, 0x5a]);
  bytes.set([0x80], 0x3c);
  bytes.set([0x50, 0x45, 0, 0, 0x64, 0x86], 0x80);
  return bytes;
}
