/** Sentences of the command line: `--help` and what can be wrong with an option. */
export const options = {
  "options.commands": "Commands",
  "options.heading": "Options",
  "options.usage": "Usage:",
  "options.placeholder": "[options]",
  "options.examples": "Examples:",
  "options.help": "Shows this help and ends.",
  "options.version": "Shows the version and ends.",
  "options.completion":
    "Prints the completion script for a shell (bash, zsh, fish, nu, pwsh) and ends.",

  "options.server.brief": "The meeting point: people find each other here and then talk directly.",
  "options.server.host": "Address to listen on (default {default}: all of this machine's).",
  "options.server.chat_port": "TCP port of direct chat; 0 takes any free port (default {default}).",
  "options.server.registry_port":
    "TCP port of the registry; 0 takes any free port (default {default}).",
  "options.server.quiet": "Does not print the messages that are sent and received.",
  "options.server.max_connections": "Connections kept at once (default {default}).",
  "options.server.max_per_ip": "Connections kept at once from one address (default {default}).",
  "options.server.data":
    "Folder in which registrations survive a restart; needs --allow-read and --allow-write.",
  "options.server.store":
    "Redis that several servers share as their directory. Example: redis://127.0.0.1:6379",
  "options.server.metrics_port":
    "Shows figures over HTTP on this TCP port: /metrics and /health; 0 takes any free port.",
  "options.server.metrics_host":
    "Address for --metrics-port; everyone who reaches it sees the figures (default {default}).",

  "options.peer.brief": "Talks to people directly; they are found through a server.",
  "options.peer.server":
    "The server's address, with the chat port if it is not the usual one; an IPv6 address with a port goes in brackets.",
  "options.peer.chat_port": "The server's TCP port of direct chat (default {default}).",
  "options.peer.registry_port": "The server's TCP port of the registry (default {default}).",
  "options.peer.name": "Your name among the users.",
  "options.peer.namespace": "The group that you belong to (default {default}).",
  "options.peer.listen":
    "TCP port on which others reach you; if taken, the next free one (default: any free port).",
  "options.peer.trace": "Shows every protocol message that is sent and received.",
  "options.peer.no_color": "Shows no colours.",
  "options.peer.serve": "Also hosts the server in this program.",

  "options.peer.mic":
    "Microphone: auto takes the first that works, none, file:PATH (a WAV file), tone:HZ (50 to 20000), or a device from /devices (default auto).",
  "options.peer.speaker":
    "Speaker: auto takes the first that works, none, file:PATH (written as WAV, anew each time), or a device from /devices (default auto).",
  "options.peer.call_port":
    "UDP port of calls; if taken, the next free one; 0 takes any free port (default {default}).",
  "options.peer.half_duplex": "Against echo: shuts the microphone while the other side speaks.",
  "options.peer.share": "Shares the music of this folder; may be given again for more folders.",
  "options.peer.downloads":
    "Folder for downloads (default: downloads, where the program was started).",
  "options.peer.music_port":
    "UDP port of music; if taken, the next free one; 0 takes any free port (default {default}).",
  "options.peer.max_upload":
    "Most that listeners are sent, in bytes a second: 500k, 2M; 0 is no limit (default 0).",
  "options.peer.cache": "Folder where songs that were played are kept.",
  "options.peer.cache_size": "Size of that folder: 500M, 2G (default {default}).",
  "options.peer.quiet":
    "Does not print the messages of calls and of their registry that are sent and received.",

  "options.lang": "Language: auto takes the system's (default auto).",
  "options.log_file": "Also writes a log to this file; needs --allow-write.",

  "options.value.name": "NAME",
  "options.value.namespace": "NAMESPACE",
  "options.value.port": "PORT",
  "options.value.count": "N",
  "options.value.host": "HOST",
  "options.value.server": "HOST[:PORT]",
  "options.value.language": "LANGUAGE",
  "options.value.file": "FILE",
  "options.value.folder": "FOLDER",
  "options.value.rate": "RATE",
  "options.value.size": "SIZE",
  "options.value.url": "URL",
  "options.value.sound": "DEVICE",

  "options.error": "Error: {problem}",
  "options.error.help": "All options: {command}",
  "options.fault.port":
    "{option} takes a port from {least} to 65535, not “{value}”. Example: {option} 20000",
  "options.fault.count":
    "{option} takes a whole number from 1 to {most}, not “{value}”. Example: {option} 100",
  "options.fault.host":
    "{option} takes an IP address or the name of a machine, not “{value}”. Example: {option} 192.168.0.10",
  "options.fault.server":
    "{option} takes an address, alone or with a port, not “{value}”. Examples: {option} 192.168.0.10, {option} 192.168.0.10:10000, {option} [::1]:10000",
  "options.fault.server_port":
    "The port in “{value}” is too large: ports go from 1 to 65535. Example: {option} 192.168.0.10:10000",
  "options.fault.lang": "{option} takes auto, en or pt, not “{value}”. Example: {option} pt",
  "options.fault.file": "{option} takes the path of a file. Example: {option} prosa.log",
  "options.fault.folder": '{option} takes the path of a folder. Example: {option} "My music"',
  "options.fault.data_folder": "{option} takes the path of a folder. Example: {option} directory",
  "options.fault.rate":
    "{option} takes bytes a second, with k or M for more, or 0 for no limit, not “{value}”. Example: {option} 500k",
  "options.fault.size":
    "{option} takes a number of bytes, with M or G for more, not “{value}”. Example: {option} 500M",
  "options.fault.mic":
    "{option} takes auto, none, file:PATH, tone:HZ with {least} to {most} Hz, or a device from /devices, not “{value}”. Example: {option} tone:440",
  "options.fault.speaker":
    "{option} takes auto, none, file:PATH, or a device from /devices, not “{value}”. Example: {option} file:call.wav",
  "options.fault.name": "{option} does not take “{value}”. {fault}",
  "options.fault.value_missing": "{option} needs a value: {form}",
  "options.fault.twice": "{option} was given more than once. Give it once.",
  "options.fault.no_value": "{option} takes no value, but got “{value}”. Write only {option}",
  "options.fault.unknown": "There is no option {option}.",
  "options.fault.unknown_near": "There is no option {option}. Did you mean {nearest}?",
  "options.fault.command_near":
    "“{word}” is not an option. Did you mean the command {command}? It comes before all options.",
  "options.fault.extra":
    "“{word}” is not an option. Options begin with --; a value with spaces goes in quotes.",
  "options.fault.two_ports":
    "--server names port {address} and --chat-port names {option}. Give only one of them.",
  "options.fault.serve_and_server":
    "--serve hosts the server in this program and --server names another one. Give only one of them.",
  "options.fault.store":
    "{option} takes the address of a Redis. Examples: {option} redis://127.0.0.1:6379, {option} rediss://user:password@host/0",
  "options.metrics_at": "Figures: {address}",
  "options.fault.metrics_host":
    "--metrics-host needs --metrics-port too. Example: --metrics-port 9100",
  "options.fault.data_and_store":
    "--data keeps the directory in a folder and --store in a Redis. Give only one of them.",
  "options.fault.shell":
    "--completion takes bash, zsh, fish, nu or pwsh, not “{value}”. Example: --completion bash",
  "options.fault.shell_missing": "--completion needs a shell. Example: --completion bash",
} as const;
