/** Sentences of the slash commands: `/help` and what can be wrong with what was typed. */
export const commands = {
  "command.group.chat": "Direct chat",
  "command.group.program": "The program",

  "command.list.usage": "/list",
  "command.list.summary": "shows who is active",
  "command.chat.usage": "/chat <name>",
  "command.chat.summary": "starts a conversation with an active user",
  "command.to.usage": "/to <name> <text>",
  "command.to.summary": "sends a text in another conversation, without switching to it",
  "command.switch.usage": "/switch <name>",
  "command.switch.summary": "makes another open conversation the active one",
  "command.bye.usage": "/bye [name]",
  "command.bye.summary": "ends a conversation; without a name, the active one",
  "command.exit.usage": "/exit",
  "command.exit.summary": "ends every conversation and the program",
  "command.help.usage": "/help [command]",
  "command.help.summary": "shows all commands, or one of them",

  "command.help.text":
    "Anything else is sent in the active conversation. To begin a text with a slash, type two: //",
  "command.help.names": "A name with spaces goes in quotes: {example}",
  "command.help.aliases": "Also: {aliases}",
  "command.help.examples": "Examples:",

  "command.mistake.bare": "A command goes right after the slash. /help shows them all.",
  "command.mistake.unknown":
    "There is no command {command}. /help shows them all. To send a text that begins with a slash, type two: //",
  "command.mistake.unknown_near":
    "There is no command {command}. Did you mean {nearest}? The right form: {usage}",
  "command.mistake.missing": "Something is missing. The right form: {usage}. Example: {example}",
  "command.mistake.extra": "{command} does not take “{extra}”. The right form: {usage}",
  "command.mistake.quote":
    "The quotes around the name must be closed and followed by a space. Example: {example}",
  "command.mistake.name": "“{name}” cannot be a user's name. {fault}",

  "name.empty": "A name has at least one character.",
  "name.too_long": "A name has at most {most} characters.",
  "name.control": "A name has no control characters.",
  "name.reserved": "A name has none of the characters : @ # *",
  "name.blank_edge": "A name does not begin or end with a space.",
} as const;
