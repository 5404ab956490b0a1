import type { commands as en } from "../en/commands.ts";

/** As `en/commands.ts`, in Brazilian Portuguese. */
export const commands: Readonly<Record<keyof typeof en, string>> = {
  "command.group.chat": "Chat direto",
  "command.group.program": "O programa",

  "command.list.usage": "/list",
  "command.list.summary": "mostra quem está ativo",
  "command.chat.usage": "/chat <nome>",
  "command.chat.summary": "inicia uma conversa com um usuário ativo",
  "command.to.usage": "/to <nome> <texto>",
  "command.to.summary": "envia um texto em outra conversa, sem mudar para ela",
  "command.switch.usage": "/switch <nome>",
  "command.switch.summary": "muda para outra conversa aberta",
  "command.bye.usage": "/bye [nome]",
  "command.bye.summary": "encerra uma conversa; sem nome, a atual",
  "command.exit.usage": "/exit",
  "command.exit.summary": "encerra todas as conversas e o programa",
  "command.help.usage": "/help [comando]",
  "command.help.summary": "mostra todos os comandos, ou um deles",

  "command.help.text":
    "Qualquer outra coisa é enviada na conversa atual. Para começar um texto com barra, digite duas: //",
  "command.help.names": "Um nome com espaços vai entre aspas: {example}",
  "command.help.aliases": "Também: {aliases}",
  "command.help.examples": "Exemplos:",

  "command.mistake.bare": "O comando vem logo depois da barra. /help mostra todos.",
  "command.mistake.unknown":
    "O comando {command} não existe. /help mostra todos. Para enviar um texto que começa com barra, digite duas: //",
  "command.mistake.unknown_near":
    "O comando {command} não existe. Você quis dizer {nearest}? A forma correta: {usage}",
  "command.mistake.missing": "Falta alguma coisa. A forma correta: {usage}. Exemplo: {example}",
  "command.mistake.extra": "{command} não recebe “{extra}”. A forma correta: {usage}",
  "command.mistake.quote":
    "As aspas do nome devem ser fechadas e seguidas de um espaço. Exemplo: {example}",
  "command.mistake.name": "“{name}” não pode ser um nome de usuário. {fault}",

  "name.empty": "Um nome tem pelo menos um caractere.",
  "name.too_long": "Um nome tem no máximo {most} caracteres.",
  "name.control": "Um nome não tem caracteres de controle.",
  "name.reserved": "Um nome não tem nenhum dos caracteres : @ # *",
  "name.blank_edge": "Um nome não começa nem termina com espaço.",
};
