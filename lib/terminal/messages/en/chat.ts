/** Sentences of the peer: its welcome, its questions, its conversations, its link to the server. */
export const chat = {
  "welcome.hello": "Hello, {name}! You are connected to the server {server}.",
  "welcome.chat": "To start a conversation type: /chat <name_of_an_active_user>",
  "welcome.list": "To see who is active type: /list",
  "welcome.help": "All commands: /help. To leave: /exit",
  "welcome.hosting": "The server runs in this program. When it ends, the server ends too.",
  "welcome.join": "Others join with:",
  "welcome.local_only":
    "Under which address other machines reach this one is not known here. To see it, start the program with {flag}",
  "welcome.listening": "Others reach you on port {port}.",
  "welcome.listening_other": "Port {wanted} was taken; others reach you on port {port}.",

  "ask.name": "User name:",
  "ask.name_taken":
    "The name {name} is in use, or the server takes no more connections from here. Choose another:",
  "ask.server": "Address of the server:",
  "ask.server_wrong": "An address looks like this: 192.168.0.10, 192.168.0.10:10000 or [::1]:10000",

  "chat.users": "Active (besides you): {names}",
  "chat.users.none": "Nobody else is active.",
  "chat.calling": "Calling {name}…",
  "chat.connected": "Connected to {name}",
  "chat.none_active": "No active P2P connection",
  "chat.none_active.others":
    "No active P2P connection. Open conversations: {names}. Choose one with /switch <name>",
  "chat.not_sent": "Not sent to {name}: {text}",
  "chat.switched": "What you type now goes to {name}.",
  "chat.not_active": "{name} is not an active user. /list shows who is.",
  "chat.not_open": "There is no open conversation with {name}. Start one with {command}",
  "chat.unreachable":
    "Cannot reach {name}. A firewall or another network may be in the way; try {command} again later.",
  "chat.self": "{name} is you. /list shows who else is active.",
  "chat.too_many":
    "You have {count} open conversations, the most there can be. End one with /bye <name>",
  "chat.ended.by_other": "{name} ended the conversation.",
  "chat.ended.by_you": "You ended the conversation with {name}.",
  "chat.ended.lost":
    "The conversation with {name} was lost without a goodbye. To call again: {command}",
  "chat.ended.lost_stranger": "The conversation with {name} was lost without a goodbye.",
  "chat.ended.too_long": "{name} sent a line that is too long, so the conversation was ended.",
  "chat.ended.not_reading": "{name} no longer receives anything, so the conversation was ended.",
  "chat.ended.unheard": "What you wrote last may not have arrived.",
  "chat.unverified.address":
    "{name} was not confirmed by the server: whoever calls comes from another address. Do not trust the name.",
  "chat.unverified.unknown":
    "{name} was not confirmed by the server, which knows no active user of that name. Do not trust the name.",
  "chat.unverified.silent":
    "{name} was not confirmed by the server, which did not answer in time. Do not trust the name.",
  "name.mixed":
    "{name} mixes letters of different scripts, or has special forms of letters, so that it can pass for another name. Do not trust how it looks.",
  "name.alike":
    "{name} looks like {other}, but is written with other characters. Do not take one for the other.",
  "chat.mark.verified": "verified",
  "chat.mark.unverified": "not verified",
  "chat.mark.active": "active",
  "chat.split.one": "The message was too long and was sent in {count} part.",
  "chat.split.other": "The message was too long and was sent in {count} parts.",
  "chat.peers.none": "No open conversation. Start one with /chat <name>",
  "chat.peers.one": "{count} open conversation:",
  "chat.peers.other": "{count} open conversations:",

  "link.connecting": "Connecting to the server {server}…",
  "link.foreign":
    "The server {server} takes the connection and does not answer: it can enter nobody right now, or it is no prosa server. See that the address and the port are right (--server, --chat-port); it is tried again.",
  "link.unreachable":
    "Cannot reach the server {server}. See that it is running and that the address and the port are right (--server, --chat-port).",
  "link.name_taken":
    "The name {name} is in use on this server, or the server takes no more connections from here. Choose another with --name, or try again later.",
  "link.lost":
    "The server is gone. Conversations go on; the connection is being tried again until it is back.",
  "link.back": "The server is back, and you are active again as {name}.",
  "link.name_lost":
    "While the server was gone, someone else took the name {name}, or it takes no more connections from here. Open conversations go on, and it is tried again. For a new name: /exit and start again with --name",
  "link.absent": "The server is gone right now, so this cannot be done. Try again when it is back.",

  "exit.goodbye": "See you!",
  "exit.how": "To leave, type /exit or press Ctrl-C once more.",
} as const;
