/** Sentences of the overlay: its commands, how messages ended, who is connected, its tables. */
export const overlay = {
  "command.group.overlay": "Peers and relays",

  "command.peers.usage": "/peers [ns|*]",
  "command.peers.summary":
    "shows the open conversations and who is registered in a namespace (ns): yours, another, or all",
  "command.connect.usage": "/connect <name@ns>",
  "command.connect.summary": "connects to a peer, and again whenever the connection is lost",
  "command.disconnect.usage": "/disconnect <name@ns>",
  "command.disconnect.summary": "ends the connection to a peer",
  "command.msg.usage": "/msg <@name[@ns]|#ns|*> <text>",
  "command.msg.summary":
    "sends a text to a peer, directly or through relays; to everyone in a namespace; or to everyone",
  "command.routes.usage": "/routes",
  "command.routes.summary": "shows the neighbours and the routes to other peers",
  "command.metrics.usage": "/metrics [name@ns]",
  "command.metrics.summary": "shows what was counted here, or what a peer reports",
  "command.ping.usage": "/ping <name@ns>",
  "command.ping.summary": "measures the round trip to a connected peer",
  "command.watch.usage": "/watch <on|off>",
  "command.watch.summary":
    "shows every message as it passes: between peers, of calls, and of the registry of calls",

  "command.mistake.peer": "“{name}” cannot be a peer's name. {fault}",
  "command.mistake.namespace": "“{name}” cannot be a namespace. {fault}",
  "command.mistake.target":
    "“{typed}” is nobody to send to. Write @name or @name@namespace, #namespace, or * for everyone.",
  "command.mistake.on_off": "{command} takes on or off, not “{typed}”.",

  "time.now": "now",
  "time.ago": "{time} ago",

  "overlay.mark.you": "to you",
  "overlay.mark.via": "{target}, via {relay}",

  "overlay.delivered.direct": "{to}: delivered directly in {time}",
  "overlay.delivered.via.one": "{to}: delivered via {relay} ({count} hop) in {time}",
  "overlay.delivered.via.other": "{to}: delivered via {relay} ({count} hops) in {time}",
  "overlay.unacknowledged":
    "{to}: handed over, but its program does not confirm messages, so whether it was shown is not known.",
  "overlay.unacknowledged.via":
    "{to}: handed to {relay}. Messages are not confirmed on this way, so whether it arrived is not known.",
  "overlay.published.one": "{to}: published to {count} neighbour",
  "overlay.published.other": "{to}: published to {count} neighbours",
  "overlay.published.refused.one":
    "{count} more neighbour did not get it, because too much is waiting for it.",
  "overlay.published.refused.other":
    "{count} more neighbours did not get it, because too much is waiting for them.",

  "overlay.not_delivered": "Not delivered to {to}: {why}",
  "overlay.your_text": "Your text: {text}",
  "overlay.fault.no_route":
    "no way there was found. {peers} shows who is registered; {connect} tries a direct connection.",
  "overlay.fault.ack_timeout":
    "it was sent several times and nobody confirmed it. It may have arrived all the same; send it again if it matters.",
  "overlay.fault.ttl_expired":
    "the way there has too many relays. A direct connection may help: {connect}",
  "overlay.fault.busy": "too much is waiting on the way there. Send it again in a moment.",
  "overlay.fault.too_long": "the text is too long for one message. Send it in parts.",
  "overlay.fault.no_neighbours":
    "you are connected to nobody yet. {peers} shows who is there; /connect <name@ns> connects.",
  "overlay.fault.own_id": "that is you. {peers} shows who else is there.",
  "overlay.fault.bad_target":
    "that is nobody to send to. {help} shows how to say whom a text is for.",
  "overlay.fault.relay_failed":
    "a relay could not pass it on. Send it again: another way will be looked for.",
  "overlay.fault.quitting": "the program is ending.",

  "overlay.connected": "Connected to {peer}. If the connection is lost, it is made again.",
  "overlay.disconnected":
    "Disconnected from {peer}. It is not connected to again by itself; to do that: {command}",
  "overlay.dial.unreachable":
    "Cannot connect to {peer}. A firewall or another network may be in the way; messages still find their way through relays: {command}",
  "overlay.dial.handshake_timeout":
    "{peer} took the connection but did not say who it is. Another program may be using that port; try {command} again later.",
  "overlay.dial.closed":
    "{peer} ended the connection before saying who it is. Try {command} again later.",
  "overlay.dial.refused":
    "{peer} refused the connection ({reason}). Messages still find their way through relays; or try {command} again later.",
  "overlay.dial.own_id": "{peer} is you. {command} shows who else is there.",
  "overlay.dial.other_peer":
    "Another peer, {other}, is at the address of {peer}. {command} shows who is registered now.",
  "overlay.dial.unknown_peer":
    "The address of {peer} is not known: it is not registered, or the rendezvous does not answer. {command} shows who is registered.",
  "overlay.dial.too_many":
    "No connection to {peer}: you have asked for as many as can be kept. End one with /disconnect <name@ns>",

  "overlay.neighbour.first": "You are in the peer network, connected to {peer}.",
  "overlay.neighbour.up": "There is a direct connection to {peer} now.",
  "overlay.neighbour.down":
    "There is no direct connection to {peer} any more ({reason}). Messages look for another way.",
  "overlay.neighbour.last":
    "The connection to {peer} is gone ({reason}), and it was the last. Others are being looked for.",
  "overlay.down.end_of_file": "it ended without a goodbye",
  "overlay.down.reset": "it broke",
  "overlay.down.stalled": "nothing more could be sent",
  "overlay.down.silent": "no answer for too long",
  "overlay.down.bye_received": "the other side said goodbye",
  "overlay.down.own": "you ended it",

  "overlay.route.found.one": "{dst} is reached via {relay} now ({count} hop).",
  "overlay.route.found.other": "{dst} is reached via {relay} now ({count} hops).",
  "overlay.route.lost": "The way to {dst} via {relay} is lost. Messages look for another.",
  "overlay.routes.none": "No neighbours and no routes. /peers * shows who is registered.",
  "overlay.routes.direct": "direct",
  "overlay.routes.dst": "Destination",
  "overlay.routes.next": "Next hop",
  "overlay.routes.via": "Via",
  "overlay.routes.hops": "Hops",
  "overlay.routes.age": "Found",
  "overlay.routes.rtt": "RTT",
  "overlay.routes.success": "Delivered",
  "overlay.routes.share": "{delivered} of {tried}",

  "overlay.peers.in.one": "{count} other peer in {namespace}:",
  "overlay.peers.in.other": "{count} other peers in {namespace}:",
  "overlay.peers.all.one": "{count} other peer in all namespaces:",
  "overlay.peers.all.other": "{count} other peers in all namespaces:",
  "overlay.peers.in.none": "Nobody else is in {namespace}. {command} shows every namespace.",
  "overlay.peers.all.none": "Nobody else is registered.",
  "overlay.peers.unasked":
    "The rendezvous could not be asked ({reason}), so only your neighbours are shown.",
  "overlay.peers.more.one": "… and {count} more",
  "overlay.peers.more.other": "… and {count} more",
  "overlay.peers.peer": "Peer",
  "overlay.peers.connection": "Connected",
  "overlay.peers.since": "Since",
  "overlay.peers.rtt": "RTT",
  "overlay.peers.address": "Address",
  "overlay.peers.by_you": "by you",
  "overlay.peers.by_them": "by them",
  "overlay.peers.waiting": "{connection}, {count} waiting",
  "overlay.peers.unregistered": "not registered",

  "overlay.pong": "{peer} answered in {time}.",
  "overlay.metrics":
    "{peer} reports: RTT {rtt}, {sent} sent, {received} received, last contact {seen}",
  "overlay.metrics.unknown": "unknown",
  "overlay.unanswered.not_connected": "There is no connection to {peer}. To make one: {command}",
  "overlay.unanswered.unsupported": "{peer}, or the way there, does not support this.",
  "overlay.unanswered.no_answer": "{peer} did not answer in time. Try again in a moment.",
  "overlay.unanswered.no_route": "No way to {peer} is known. A message looks for one: {command}",
  "overlay.unanswered.busy": "Too much is waiting for {peer}. Try again in a moment.",

  "overlay.count.neighbours": "Neighbours now",
  "overlay.count.routes": "Destinations with a route now",
  "overlay.count.received": "Lines received",
  "overlay.count.sent": "Lines sent",
  "overlay.count.delivered": "Your messages delivered",
  "overlay.count.notDelivered": "Your messages not delivered",
  "overlay.count.retransmitted": "Your messages sent again",
  "overlay.count.published": "Your messages to namespaces or everyone",
  "overlay.count.shown": "Messages for you",
  "overlay.count.relayed": "Messages of others passed on",
  "overlay.count.relayFailed": "Messages of others that could not be",
  "overlay.count.flooded": "Publications and searches passed on",
  "overlay.count.duplicates": "Dropped: seen before",
  "overlay.count.ttlExpired": "Dropped: too many relays",
  "overlay.count.queueFull": "Dropped: neighbour's queue full",
  "overlay.count.overQuota": "Dropped: over a neighbour's quota",
  "overlay.count.badFormat": "Dropped: not a message",
  "overlay.count.lineTooLong": "Dropped: too long",
  "overlay.count.unknownCommand": "Dropped: of an unknown type",
  "overlay.count.unauthorized": "Dropped: before a greeting",
  "overlay.count.refusedConnections": "Connections refused",
  "overlay.count.unsolicited": "Dropped: answers to no question",

  "overlay.watching.on":
    "Every message between peers, of calls and of the registry of calls is shown as it passes. To end that: /watch off",
  "overlay.watching.off":
    "Messages between peers, of calls and of the registry of calls are no longer shown as they pass.",

  "overlay.registered": "You are registered as {self}: that is how others reach you.",
  "overlay.registration_refused":
    "The rendezvous {rendezvous} did not register you ({reason}). Others cannot find you there; you can connect to them, and messages go both ways. It is tried again.",
  "overlay.rendezvous_lost":
    "The rendezvous {rendezvous} does not answer ({reason}), so new peers are not found. Everything else works; it is tried again until it answers.",
  "overlay.rendezvous_back": "The rendezvous {rendezvous} answers again.",
} as const;
