/** Sentences of `peer doctor`: what was found, and behind an arrow what to do. */
export const doctor = {
  "doctor.begin.local": "Examining this machine…",
  "doctor.begin.server": "Examining this machine and the server {server}…",
  "doctor.more":
    "With --server HOST more can be said: whether the server works, and whether others reach you.",
  "doctor.interrupted": "Interrupted: what is missing above was not examined.",
  "doctor.well": "Everything works.",
  "doctor.remarks.one": "Everything that matters works; {count} remark is above.",
  "doctor.remarks.other": "Everything that matters works; {count} remarks are above.",
  "doctor.failed.one": "{count} check failed; what to do stands behind →",
  "doctor.failed.other": "{count} checks failed; what to do stands behind →",
  "doctor.terminal": "Terminal: {columns} columns, {colours}, {characters}",
  "doctor.terminal.colours": "colours",
  "doctor.terminal.no_colours": "no colours",
  "doctor.terminal.utf8": "UTF-8",
  "doctor.terminal.not_utf8": "not UTF-8",
  "doctor.terminal.characters_unknown": "characters unknown",
  "doctor.terminal.none": "Terminal: none, so plain lines without colours",
  "doctor.terminal.to_do": "Set the terminal to UTF-8, or letters with accents come out wrong.",
  "doctor.permissions": "Permissions: nothing is missing",
  "doctor.permissions.missing": "Permissions: missing for {uses}",
  "doctor.permissions.network": "the network",
  "doctor.permissions.sound": "microphone and speaker",
  "doctor.permissions.addresses": "this machine's addresses",
  "doctor.permissions.files": "music, downloads and logs",
  "doctor.permissions.to_do": "Start the program with {flags}",
  "doctor.permissions.programs":
    "Start the program with {flags} – and if you did, install pulseaudio-utils or alsa-utils.",
  "doctor.addresses": "Addresses of this machine: {ips}",
  "doctor.addresses.none": "Addresses of this machine: none",
  "doctor.addresses.to_do":
    "Connect it to a network; until then only programs on this machine reach you.",
  "doctor.use.listen": "Chat",
  "doctor.use.call": "Calls",
  "doctor.use.music": "Music",
  "doctor.port.free": "{use}: {port} is free",
  "doctor.port.next": "{use}: {wanted} is taken, so {port} is used",
  "doctor.port.next.to_do":
    "A peer that runs already may have it, which does no harm; where a firewall lets only one port in, choose it with {option}",
  "doctor.port.none": "{use}: {port} cannot be had",
  "doctor.port.none.to_do": "Choose another port with {option}",
  "doctor.udp": "UDP on this machine: works",
  "doctor.udp.failed": "UDP on this machine: does not get through",
  "doctor.udp.to_do":
    "Let the firewall or the security program of this machine allow UDP; calls and music need it.",
  "doctor.device.microphone": "Microphone “{device}”: {result}",
  "doctor.device.speaker": "Speaker “{device}”: {result}",
  "doctor.device.heard": "gives sound ({level} dBFS at its loudest)",
  "doctor.device.silence": "gives nothing but silence",
  "doctor.device.silence.to_do":
    "Turn it on or up in the system, or see whether its plug is in; then try /calltest.",
  "doctor.device.played": "takes sound",
  "doctor.device.slow": "is too slow",
  "doctor.device.slow.to_do":
    "End other programs that use it or that keep the machine busy, then try /calltest.",
  "doctor.device.failed": "does not work ({detail})",
  "doctor.device.nothing": "gives no sound at all",
  "doctor.device.gone": "is gone",
  "doctor.device.failed.to_do":
    "End other programs that use it, or choose another device with {option}",
  "doctor.no_device.microphone": "Microphone: none was found",
  "doctor.no_device.speaker": "Speaker: none was found",
  "doctor.no_device.microphone.to_do":
    "Plug one in, or nobody hears you in calls; {option} file:PATH speaks a recording.",
  "doctor.no_device.speaker.to_do":
    "Plug one in, or you hear neither calls nor music; {option} file:PATH records them.",
  "doctor.name": "Server, name: {host} is {ip}",
  "doctor.name.failed": "Server, name: {host} is not known",
  "doctor.name.to_do": "Check how it is spelled, or give the server's IP address instead.",
  "doctor.server.chat": "Server, chat (TCP {port}): {result}",
  "doctor.server.registry": "Server, registry (TCP {port}): {result}",
  "doctor.server.answers": "answers (connected in {made}, round trip {answered})",
  "doctor.server.silent": "takes connections and says nothing",
  "doctor.server.another": "something else answers there",
  "doctor.server.refused.to_do":
    "Start the server there, or give the port that it has with {option}",
  "doctor.server.no_answer.to_do":
    "Check the address; if it is right, have TCP {port} opened in the firewalls on the way.",
  "doctor.server.unreachable.to_do": "Check the address, and whether this machine is in a network.",
  "doctor.server.silent.to_do":
    "Check with whoever runs the server that it works, and that its port is the one of {option}",
  "doctor.server.another.to_do": "Give the port of a prosa server with {option}",
  "doctor.server.broken.to_do":
    "Try again; if it stays so, a firewall on the way cuts the connection, or the server is full.",
  "doctor.seen": "Seen from outside: {ip}, this machine's own address",
  "doctor.seen.nat": "Seen from outside: {observed}, while this machine has {local} (NAT)",
  "doctor.seen.to_do":
    "A router stands between you and others: what it does not forward reaches you only in your own network or through a VPN.",
  "doctor.outside": "Reached from outside: cannot be told",
  "doctor.outside.same_machine":
    "The server runs on this machine; to see how others reach you, examine one that runs on another.",
  "doctor.outside.unknown_request":
    "This server does not know the question; ask one of this program's own, or somebody who calls you.",
  "doctor.outside.busy":
    "Too many people are asking the server at the moment; try again in a minute.",
  "doctor.outside.no_server": "The server did not answer the question; try again.",
  "doctor.outside.low_port": "The server tries only ports from 1024 on; choose one with {option}",
  "doctor.reach.reached": "{use}: {port} is reached from outside",
  "doctor.reach.no_answer": "{use}: {port} is not reached from outside",
  "doctor.reach.refused": "{use}: {port} is refused before it gets here",
  "doctor.reach.another": "{use}: at {port} another machine answers in your place",
  "doctor.reach.unknown": "{use}: whether {port} is reached cannot be told",
  "doctor.reach.to_do": "{until}, {loss}.",
  "doctor.reach.firewall": "Until the firewalls of this machine and of its network let {port} in",
  "doctor.reach.router": "Until the router forwards {port} to this machine (or all are in one VPN)",
  "doctor.reach.lasting":
    "Start with {option} {port}, so that the port stays, and have the router or firewall let it in: until then {loss}.",
  "doctor.reach.loss.listen":
    "you can begin conversations, but nobody from outside can begin one with you",
  "doctor.reach.loss.call":
    "nobody from outside can call you, and calls that you make may stay silent",
  "doctor.reach.loss.music": "nobody from outside can play or fetch your music",
  "doctor.clock": "Clock: as the server's, to within {uncertainty}",
  "doctor.clock.ahead": "Clock: {difference} ahead of the server's (± {uncertainty})",
  "doctor.clock.behind": "Clock: {difference} behind the server's (± {uncertainty})",
  "doctor.clock.to_do":
    "Let the system set its clock by itself (NTP), or times of messages and of logs do not fit those of others.",
  "options.doctor.brief":
    "Examines whether this machine, its network and a server are fit for prosa, and says what to do.",
  "options.doctor.server": "Server to examine too, with the chat port if it is not the usual one.",
  "options.doctor.listen": "TCP port to be reached on (default: any free port).",
  "options.doctor.call_port": "UDP port of calls; 0 takes any free port (default {default}).",
  "options.doctor.music_port": "UDP port of music; 0 takes any free port (default {default}).",
} as const;
