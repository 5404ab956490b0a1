import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { openNear } from "../../lib/runtime/open_near.ts";

/** Opens ports of which some are taken; returns what was tried along with the result. */
function tried(wanted: number, taken: (port: number) => boolean) {
  const ports: number[] = [];
  const open = (port: number) => {
    ports.push(port);
    if (taken(port)) throw new Deno.errors.AddrInUse("taken");
    return port;
  };
  try {
    return { opened: openNear(wanted, open), ports };
  } catch (error) {
    return { error, ports };
  }
}

Deno.test("the wanted port where it is free, else the next free one", () => {
  assert.deepEqual(tried(6000, () => false), { opened: 6000, ports: [6000] });
  const { opened, ports } = tried(6000, (port) => port < 6003);
  assert.equal(opened, 6003);
  assert.deepEqual(ports, [6000, 6001, 6002, 6003]);
});

Deno.test("it gives up after so many ports, and at the last one there is", () => {
  const { error, ports } = tried(6000, () => true);
  assert.ok(error instanceof Deno.errors.AddrInUse);
  assert.equal(ports.length, LIMITS.portsTried);
  assert.deepEqual(tried(65534, () => true).ports, [65534, 65535]);
});

Deno.test("any free port is asked for once", () => {
  assert.deepEqual(tried(0, () => true).ports, [0]);
});

Deno.test("what else goes wrong is not tried around", () => {
  assert.throws(
    () =>
      openNear(80, () => {
        throw new Deno.errors.PermissionDenied("no");
      }),
    Deno.errors.PermissionDenied,
  );
});
