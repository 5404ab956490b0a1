import { strict as assert } from "node:assert";
import { MINUTE, SECOND } from "../../lib/base/units.ts";
import { readArguments, UsageError } from "../command_line/command_line.ts";
import { announcement, SOAK_TASK, soakOptions } from "./options.ts";

function options(...args: string[]) {
  return soakOptions(readArguments(SOAK_TASK, args));
}

Deno.test("soak options: what is left out, and what is said", () => {
  const usual = options();
  assert.deepEqual(
    [usual.peers, usual.workers, usual.seed, usual.warmUp + usual.main],
    [200, 4, 1, 10 * MINUTE],
  );
  const said = options("--", "--minutes", "60", "--peers", "51", "--seed", "7");
  assert.deepEqual(
    [said.peers, said.workers, said.seed, said.warmUp, said.main],
    [51, 2, 7, 3 * MINUTE, 57 * MINUTE],
  );
  assert.equal(options("--minutes", "1").sampling, 5 * SECOND);
});

Deno.test("soak options: nobody, and no time, are refused", () => {
  assert.throws(() => options("--minutes", "0"), UsageError);
  assert.throws(() => options("--peers", "1"), UsageError);
});

Deno.test("the soak says its size, and warns of one that may be too much", () => {
  const said = (peers: number) => announcement(options("--peers", `${peers}`)).split("\n");
  assert.deepEqual(said(50), ["50 people in 1 process for 10 min, seed 1"]);
  assert.deepEqual(said(400), ["400 people in 8 processes for 10 min, seed 1"]);
  const [size, warning, ...more] = said(401);
  assert.equal(size, "401 people in 9 processes for 10 min, seed 1");
  assert.match(warning!, /^More than 400 peers may be too many for this machine: .*\.$/);
  assert.deepEqual(more, []);
});
