import assert from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { logProblem, portProblem } from "../../../lib/terminal/views/start_problem.ts";

const say = translator("en");

Deno.test("start problem: a taken port names the option that chooses another", () => {
  const error = new Deno.errors.AddrInUse("in use");
  const host = "0.0.0.0";
  assert.equal(
    portProblem({ error, host, port: 10000, option: "--chat-port" }, say),
    "Port 10000 is taken. Choose another with --chat-port",
  );
  assert.equal(
    portProblem({ error, host: "127.0.0.1", port: 9100, option: "--metrics-port" }, say),
    "Port 9100 is taken. Choose another with --metrics-port",
  );
  for (const option of ["--listen", "--call-port", "--music-port"] as const) {
    assert.match(portProblem({ error, host, port: 20000, option }, say), /20000.*20099/);
  }
});

Deno.test("start problem: an address that this machine does not have names its option", () => {
  const error = new Deno.errors.AddrNotAvailable("Cannot assign requested address (os error 99)");
  const problem = { error, host: "192.0.2.1", port: 10000, option: "--chat-port" } as const;
  assert.equal(
    portProblem(problem, say),
    "Cannot listen on 192.0.2.1:10000 (this machine does not have the address). " +
      "Choose another with --host",
  );
  assert.match(
    portProblem({ error, host: "2001:db8::1", port: 9100, option: "--metrics-port" }, say),
    / \[2001:db8::1\]:9100 .* with --metrics-host$/,
  );
  assert.match(portProblem({ ...problem, host: "0.0.0.0" }, say), /with --chat-port$/);
});

Deno.test("start problem: what is not allowed names the flag", () => {
  const error = new Deno.errors.NotCapable("no");
  const host = "0.0.0.0";
  assert.match(portProblem({ error, host, port: 1, option: "--listen" }, say), /--allow-net/);
  assert.match(logProblem(error, "x.log", say), /x\.log.*--allow-write/);
});
