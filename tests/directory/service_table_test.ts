import assert from "node:assert/strict";
import { type Held, ServiceTable } from "../../lib/directory/service_table.ts";

function held(id: string, expiresAt: number): Held {
  const place = { service: "some", group: `of ${id}`, id };
  return { ...place, owner: id, holder: id, payload: null, expiresAt };
}

Deno.test("service table: lists of groups that nobody is in take no memory", () => {
  const table = new ServiceTable();
  table.insert(held("ana", 1000));
  table.insert(held("bia", 2000));
  for (let n = 0; n < 1000; n += 1) {
    assert.deepEqual(table.list({ group: `made up ${n}` }, 0), []);
    assert.deepEqual(table.list({ group: "of ana", owner: `made up ${n}` }, 0), []);
  }
  assert.equal(table.listings, 0);
  assert.equal(table.list({ group: "x" }, 0), table.list({ group: "y" }, 0));
});

Deno.test("service table: a list is kept until its first lease ends, an empty one is not", () => {
  const table = new ServiceTable();
  table.insert(held("ana", 1000));
  table.insert(held("bia", 2000));
  const all = table.list({}, 0);
  assert.equal(table.list({}, 999), all);
  assert.equal(all.length, 2);
  assert.equal(table.list({}, 1000).length, 1);
  assert.equal(table.list({ group: "of ana" }, 0).length, 1);
  assert.equal(table.listings, 2);
  assert.deepEqual(table.list({}, 2000), []);
  assert.deepEqual(table.list({ group: "of ana" }, 2000), []);
  assert.equal(table.listings, 0);
});
