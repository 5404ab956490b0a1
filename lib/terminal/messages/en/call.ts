/** Sentences of voice calls: their commands, their registry, how calls begin and end. */
export const call = {
  "command.group.call": "Voice calls",

  "command.call.usage": "/call <name>",
  "command.call.summary": "calls somebody who is registered for calls",
  "command.accept.usage": "/accept",
  "command.accept.summary": "answers who is calling",
  "command.reject.usage": "/reject",
  "command.reject.summary": "turns down who is calling",
  "command.hangup.usage": "/hangup",
  "command.hangup.summary": "ends the call, or gives up calling",
  "command.who.usage": "/who <name>",
  "command.who.summary": "shows the IP address and the port where somebody takes calls",
  "command.mute.usage": "/mute [on|off]",
  "command.mute.summary": "shuts the microphone or opens it again",
  "command.volume.usage": "/volume [0-400]",
  "command.volume.summary": "sets how loud the other side is, in percent, or shows it",
  "command.half_duplex.usage": "/half-duplex <on|off>",
  "command.half_duplex.summary": "against echo: shuts the microphone while the other side speaks",
  "command.devices.usage": "/devices",
  "command.devices.summary": "shows the microphones and speakers, and which ones are used",
  "command.calltest.usage": "/calltest",
  "command.calltest.summary": "records you and plays it back",
  "command.stats.usage": "/stats",
  "command.stats.summary": "shows delay, loss and quality of the call",

  "command.mistake.percent":
    "“{typed}” is no volume. It goes from 0 to {most} percent. Example: /volume 150",

  "welcome.call": "To call somebody type: /call <name>",

  "call.prompt.calling": "calling {name}",
  "call.prompt.invited": "{name} is calling",
  "call.prompt.connected": "call: {name}",

  "call.registered": "You are registered for calls: UDP {address}.",
  "call.registered.again":
    "The registry of calls answers again, and you can be called: UDP {address}.",
  "call.name_refused":
    "The registry of calls did not take the name {name}: {fault}. Nobody can call you, and you can call nobody; chat works. For another name: /exit and start again with --name",
  "call.name_lost":
    "While the registry of calls was gone, it lost the name {name} ({fault}). Nobody can call you, and you can call nobody; a call that is on goes on. It is tried again; for another name: /exit and start again with --name",
  "call.full":
    "The registry of calls can enter nobody right now, so nobody can call you, and you can call nobody; chat works, and a call that is on goes on. It is tried again.",
  "call.fault.in_use": "it is in use",
  "call.fault.name": "such a name is not allowed there",
  "call.fault.port": "such a port is not allowed there",
  "call.fault.ip": "such an IP address is not allowed there",
  "call.server_never":
    "The registry of calls {server} does not answer ({reason}), so nobody can call you, and you can call nobody. See that the server is running and that the port is right (--registry-port); it is tried again.",
  "call.server_lost":
    "The registry of calls {server} is gone ({reason}). A call that is on goes on; a new one has to wait. It is tried again until it is back.",

  "call.who": "{name} takes calls at {address}. To call: {command}",
  "call.calling": "Looking for {name}…",
  "call.inviting": "Ringing at {name} ({address})… To give up: /hangup",
  "call.invited": "{name} is calling you ({address}). To answer: /accept. To turn down: /reject",
  "call.connected.outbound":
    "{name} answered. You are talking ({codec}, {duplex}). To hang up: /hangup",
  "call.connected.inbound": "You are talking to {name} ({codec}, {duplex}). To hang up: /hangup",
  "call.connected.crossing":
    "You and {name} called each other at once, and are talking ({codec}, {duplex}). To hang up: /hangup",
  "call.duplex.full": "full duplex",
  "call.duplex.half": "half duplex",
  "call.rejected": "You turned down the call of {name}.",
  "call.unconfirmed.address":
    "{name} was not confirmed by the registry of calls: the call comes from another address. Do not trust the name.",
  "call.unconfirmed.unknown":
    "{name} was not confirmed by the registry of calls, where nobody has that name. Do not trust the name.",
  "call.unconfirmed.silent":
    "{name} was not confirmed by the registry of calls, which did not answer in time. Do not trust the name.",
  "call.missed_stranger": "{name} called, and gave up.",
  "call.missed": "{name} called, and gave up. To call back: {command}",
  "call.ended.by_you": "You hung up. The call with {name} lasted {time}.",
  "call.ended.by_other": "{name} hung up. The call lasted {time}.",
  "call.ended.lost":
    "Nothing arrives from {name} any more, so the call was ended after {time}. To call again: {command}",

  "call.failed.rejected": "usuário destino ocupado (the person is busy or said no)",
  "call.failed.no_answer":
    "{name} did not answer. Nobody may be there, or a firewall or another network may be in the way. To call again: {command}",
  "call.failed.given_up": "You gave up calling {name}.",
  "call.failed.their_end": "{name} ended the call before it began. To call again: {command}",
  "call.failed.no_codec":
    "The program of {name} wants a sound format that this one does not have. You can write instead: {command}",

  "call.refused.in_call":
    "There is a call with {name}, or one is being made. To end that first: /hangup",
  "call.refused.no_call": "There is no call. To make one: /call <name>",
  "call.refused.no_invitation": "Nobody is calling you. To call somebody: /call <name>",
  "call.refused.self": "{name} is you. /list shows who else is active.",
  "call.refused.no_server":
    "The registry of calls does not answer, or does not know you, so where {name} is cannot be asked. Try again in a moment.",
  "call.refused.unknown_user": "{name} is not registered for calls. /list shows who is active.",
  "call.refused.quitting": "The program is ending.",

  "call.ended.lost_stranger":
    "Nothing arrives from {name} any more, so the call was ended after {time}.",
  "call.stats_later":
    "You are not talking to {name} yet. /stats shows figures as soon as the call is connected.",

  "call.again": "again, {count}",
  "call.hidden.one": "+{count} message that was not shown",
  "call.hidden.other": "+{count} messages that were not shown",

  "dropped.connections": "Connections over the limit",
  "dropped.chat": "Chat: against the protocol",
  "dropped.call.malformed": "Calls: not a message",
  "dropped.call.foreign": "Calls: from a foreign address",
  "dropped.call.unasked": "Calls: of no call",
  "dropped.call.busy": "Calls: rejected, busy",
  "dropped.call.flooded": "Calls: not rung, too many",
  "dropped.call.withheld": "Calls: not answered, too long",
  "dropped.music": "Music: not for us",
} as const;
