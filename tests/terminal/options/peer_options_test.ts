import { deepEqual, equal, ok } from "node:assert/strict";
import { parsePeerOptions, type PeerOptions } from "../../../lib/terminal/options/peer_options.ts";

const DEFAULTS: PeerOptions = {
  server: null,
  chatPort: 10000,
  registryPort: 5000,
  name: null,
  namespace: "geral",
  listen: 0,
  mic: { kind: "auto" },
  speaker: { kind: "auto" },
  callPort: 6000,
  halfDuplex: false,
  shares: [],
  downloads: null,
  musicPort: 7000,
  maxUpload: null,
  cache: null,
  cacheSize: 1_000_000_000,
  quiet: false,
  language: "en",
  logFile: null,
  trace: false,
  color: true,
  serve: false,
};

const RIGHT: readonly (readonly [readonly string[], Partial<PeerOptions>])[] = [
  [[], {}],
  [["--server", "192.168.0.10"], { server: "192.168.0.10" }],
  [["--server", "casa:12000"], { server: "casa", chatPort: 12000 }],
  [["--server", "casa:12000", "--chat-port", "12000"], { server: "casa", chatPort: 12000 }],
  [["--server", "casa", "--chat-port", "12000"], { server: "casa", chatPort: 12000 }],
  [["--server", "::1"], { server: "::1" }],
  [["--server=[::1]:12000"], { server: "::1", chatPort: 12000 }],
  [["--registry-port", "5001"], { registryPort: 5001 }],
  [["--name", "Ana Maria", "--namespace", "UnB"], { name: "Ana Maria", namespace: "UnB" }],
  [["--name=Jose\u0301"], { name: "José" }],
  [["--listen", "21500"], { listen: 21500 }],
  [["--call-port", "0"], { callPort: 0 }],
  [["--call-port", "6050"], { callPort: 6050 }],
  [["--mic", "tone:440", "--speaker", "none"], {
    mic: { kind: "tone", hertz: 440 },
    speaker: { kind: "none" },
  }],
  [["--mic=file:voz da Ana.wav", "--speaker", "placa 1"], {
    mic: { kind: "file", path: "voz da Ana.wav" },
    speaker: { kind: "device", id: "placa 1" },
  }],
  [["--half-duplex", "--quiet"], { halfDuplex: true, quiet: true }],
  [["--share", "My music", "--name", "Ana", "--share=/mnt/songs"], {
    shares: ["My music", "/mnt/songs"],
    name: "Ana",
  }],
  [["--downloads", "in", "--music-port", "0"], { downloads: "in", musicPort: 0 }],
  [["--max-upload", "500k"], { maxUpload: 500_000 }],
  [["--max-upload", "none"], { maxUpload: null }],
  [["--cache", "kept", "--cache-size", "2.5G"], { cache: "kept", cacheSize: 2_500_000_000 }],
  [["--lang", "pt"], { language: "pt" }],
  [["--log-file", "prosa.log"], { logFile: "prosa.log" }],
  [["--trace", "--no-color"], { trace: true, color: false }],
  [["--serve", "--chat-port", "0", "--registry-port", "0"], {
    serve: true,
    chatPort: 0,
    registryPort: 0,
  }],
];

for (const [args, changed] of RIGHT) {
  Deno.test(`peer ${args.join(" ")}`, () => {
    deepEqual(parsePeerOptions(args, { locale: "en-US" }), {
      kind: "run",
      options: { ...DEFAULTS, ...changed },
    });
  });
}

const WRONG: readonly (readonly [readonly string[], string])[] = [
  [
    ["--serve", "--server", "casa"],
    "--serve hosts the server in this program and --server names another one. Give only one of them.",
  ],
  [
    ["--server", "casa:1", "--chat-port", "2"],
    "--server names port 1 and --chat-port names 2. Give only one of them.",
  ],
  [
    ["--chat-port", "0"],
    "--chat-port takes a port from 1 to 65535, not “0”. Example: --chat-port 20000",
  ],
  [
    ["--registry-port", "0"],
    "--registry-port takes a port from 1 to 65535, not “0”. Example: --registry-port 20000",
  ],
  [
    ["--call-port", "65536"],
    "--call-port takes a port from 0 to 65535, not “65536”. Example: --call-port 20000",
  ],
  [
    ["--mic", "tone:30000"],
    "--mic takes auto, none, file:PATH, tone:HZ with 50 to 20000 Hz, or a device from /devices, not “tone:30000”. Example: --mic tone:440",
  ],
  [
    ["--speaker", "tone:440"],
    "--speaker takes auto, none, file:PATH, or a device from /devices, not “tone:440”. Example: --speaker file:call.wav",
  ],
  [["--share", " "], '--share takes the path of a folder. Example: --share "My music"'],
  [["--share", "a", "--share"], "--share needs a value: --share FOLDER"],
  [["--downloads", "a", "--downloads", "b"], "--downloads was given more than once. Give it once."],
  [
    ["--max-upload", "fast"],
    "--max-upload takes bytes a second, with k or M for more, or 0 for no limit, not “fast”. Example: --max-upload 500k",
  ],
  [
    ["--cache-size", "-1"],
    "--cache-size takes a number of bytes, with M or G for more, not “-1”. Example: --cache-size 500M",
  ],
  [["--name", "a:b"], "--name does not take “a:b”. A name has none of the characters : @ # *"],
  [["--name", ""], "--name does not take “”. A name has at least one character."],
  [
    ["--namespace", " x"],
    "--namespace does not take “ x”. A name does not begin or end with a space.",
  ],
  [["--name", "x\x1b[31m"], "--name does not take “x␛[31m”. A name has no control characters."],
];

for (const [args, problem] of WRONG) {
  Deno.test(`peer ${JSON.stringify(args)} is refused`, () => {
    const result = parsePeerOptions(args, { locale: "en-US" });
    ok(result.kind === "exit");
    equal(result.code, 2);
    equal(result.stream, "stderr");
    equal(result.output, `Error: ${problem}\nAll options: peer --help`);
  });
}
