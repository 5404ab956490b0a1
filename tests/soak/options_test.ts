import { strict as assert } from "node:assert";
import { MINUTE, SECOND } from "../../lib/base/units.ts";
import { parseOptions, UsageError } from "./options.ts";

Deno.test("soak options: what is left out, and what is said", () => {
  const usual = parseOptions([]);
  assert.deepEqual(
    [usual.peers, usual.workers, usual.seed, usual.warmUp + usual.main],
    [200, 4, 1, 10 * MINUTE],
  );
  const said = parseOptions(["--", "--minutes", "60", "--peers", "51", "--seed", "7"]);
  assert.deepEqual(
    [said.peers, said.workers, said.seed, said.warmUp, said.main],
    [51, 2, 7, 3 * MINUTE, 57 * MINUTE],
  );
  assert.equal(parseOptions(["--minutes", "1"]).sampling, 5 * SECOND);
});

Deno.test("soak options: what makes no sense is said", () => {
  for (
    const args of [
      ["--minutes", "0"],
      ["--peers", "1"],
      ["--peers", "2.5"],
      ["--seed", "x"],
      [
        "--minutes",
        "",
      ],
      ["--days", "3"],
      ["much"],
    ]
  ) {
    assert.throws(() => parseOptions(args), UsageError, args.join(" "));
  }
});
