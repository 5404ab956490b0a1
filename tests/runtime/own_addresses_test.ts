import { strict as assert } from "node:assert";
import { ownAddresses } from "../../lib/runtime/own_addresses.ts";

/** Lets this machine have these addresses for as long as `use` runs. */
function withAddresses<T>(addresses: readonly string[], use: () => T): T {
  const real = Deno.networkInterfaces;
  Deno.networkInterfaces = () =>
    addresses.map((address) => {
      const family = address.includes(":") ? "IPv6" : "IPv4";
      return { family, address } as Deno.NetworkInterfaceInfo;
    });
  try {
    return use();
  } finally {
    Deno.networkInterfaces = real;
  }
}

Deno.test("private networks first; neither loopback, link-local nor IPv6", () => {
  const all = ["127.0.0.1", "203.0.113.7", "::1", "169.254.3.4", "192.168.0.10", "10.1.2.3"];
  assert.deepEqual(withAddresses(all, ownAddresses), ["192.168.0.10", "10.1.2.3", "203.0.113.7"]);
});

Deno.test("a machine without a network has none", () => {
  assert.deepEqual(withAddresses(["127.0.0.1"], ownAddresses), []);
});

Deno.test({
  name: "null without the permission to look",
  permissions: { sys: false },
  fn: () => assert.equal(ownAddresses(), null),
});
