import type { call as en } from "../en/call.ts";

/** As `en/call.ts`, in Brazilian Portuguese. */
export const call: Readonly<Record<keyof typeof en, string>> = {
  "command.group.call": "Ligações de voz",

  "command.call.usage": "/call <nome>",
  "command.call.summary": "liga para alguém registrado para ligações",
  "command.accept.usage": "/accept",
  "command.accept.summary": "atende quem está ligando",
  "command.reject.usage": "/reject",
  "command.reject.summary": "recusa quem está ligando",
  "command.hangup.usage": "/hangup",
  "command.hangup.summary": "encerra a ligação, ou desiste de chamar",
  "command.who.usage": "/who <nome>",
  "command.who.summary": "mostra o endereço IP e a porta em que alguém recebe ligações",
  "command.mute.usage": "/mute [on|off]",
  "command.mute.summary": "fecha o microfone ou volta a abri-lo",
  "command.volume.usage": "/volume [0-400]",
  "command.volume.summary": "ajusta o volume do outro lado, em por cento, ou o mostra",
  "command.half_duplex.usage": "/half-duplex <on|off>",
  "command.half_duplex.summary": "contra eco: fecha o microfone enquanto o outro lado fala",
  "command.devices.usage": "/devices",
  "command.devices.summary": "mostra os microfones e alto-falantes, e quais estão em uso",
  "command.calltest.usage": "/calltest",
  "command.calltest.summary": "grava você e toca de volta",
  "command.stats.usage": "/stats",
  "command.stats.summary": "mostra atraso, perda e qualidade da ligação",

  "command.mistake.percent":
    "“{typed}” não é um volume. Ele vai de 0 a {most} por cento. Exemplo: /volume 150",

  "welcome.call": "Para ligar para alguém digite: /call <nome>",

  "call.prompt.calling": "chamando {name}",
  "call.prompt.invited": "{name} está ligando",
  "call.prompt.connected": "ligação: {name}",

  "call.registered": "Você está registrado para ligações: UDP {address}.",
  "call.registered.again":
    "O registro de ligações voltou a responder, e você pode receber ligações: UDP {address}.",
  "call.name_refused":
    "O registro de ligações não aceitou o nome {name}: {fault}. Ninguém pode ligar para você, nem você para os outros; o chat funciona. Para outro nome: /exit e comece de novo com --name",
  "call.name_lost":
    "Enquanto o registro de ligações esteve fora, ele perdeu o nome {name} ({fault}). Ninguém pode ligar para você, nem você para os outros; uma ligação em curso continua. Será tentado de novo; para outro nome: /exit e comece de novo com --name",
  "call.full":
    "O registro de ligações não pode registrar ninguém agora, por isso ninguém pode ligar para você, nem você para os outros; o chat funciona, e uma ligação em curso continua. Será tentado de novo.",
  "call.fault.in_use": "já está em uso",
  "call.fault.name": "um nome assim não é permitido lá",
  "call.fault.port": "uma porta assim não é permitida lá",
  "call.fault.ip": "um endereço IP assim não é permitido lá",
  "call.server_never":
    "O registro de ligações {server} não responde ({reason}), por isso ninguém pode ligar para você, nem você para os outros. Veja se o servidor está rodando e se a porta está certa (--registry-port); será tentado de novo.",
  "call.server_lost":
    "O registro de ligações {server} caiu ({reason}). Uma ligação em curso continua; uma nova tem de esperar. Será tentado de novo até ele voltar.",

  "call.who": "{name} recebe ligações em {address}. Para ligar: {command}",
  "call.calling": "Procurando {name}…",
  "call.inviting": "Chamando {name} ({address})… Para desistir: /hangup",
  "call.invited":
    "{name} está ligando para você ({address}). Para atender: /accept. Para recusar: /reject",
  "call.connected.outbound":
    "{name} atendeu. Vocês estão em ligação ({codec}, {duplex}). Para desligar: /hangup",
  "call.connected.inbound":
    "Você está em ligação com {name} ({codec}, {duplex}). Para desligar: /hangup",
  "call.connected.crossing":
    "Você e {name} ligaram um para o outro ao mesmo tempo, e estão em ligação ({codec}, {duplex}). Para desligar: /hangup",
  "call.duplex.full": "full-duplex",
  "call.duplex.half": "half-duplex",
  "call.rejected": "Você recusou a ligação de {name}.",
  "call.unconfirmed.address":
    "{name} não foi confirmado pelo registro de ligações: a ligação vem de outro endereço. Não confie no nome.",
  "call.unconfirmed.unknown":
    "{name} não foi confirmado pelo registro de ligações, onde ninguém tem esse nome. Não confie no nome.",
  "call.unconfirmed.silent":
    "{name} não foi confirmado pelo registro de ligações, que não respondeu a tempo. Não confie no nome.",
  "call.missed_stranger": "{name} ligou e desistiu.",
  "call.missed": "{name} ligou e desistiu. Para ligar de volta: {command}",
  "call.ended.by_you": "Você desligou. A ligação com {name} durou {time}.",
  "call.ended.by_other": "{name} desligou. A ligação durou {time}.",
  "call.ended.lost":
    "Nada mais chega de {name}, por isso a ligação foi encerrada depois de {time}. Para ligar de novo: {command}",

  "call.failed.rejected": "usuário destino ocupado",
  "call.failed.no_answer":
    "{name} não atendeu. Talvez ninguém esteja lá, ou haja um firewall ou outra rede no caminho. Para ligar de novo: {command}",
  "call.failed.given_up": "Você desistiu de chamar {name}.",
  "call.failed.their_end":
    "{name} encerrou a ligação antes de ela começar. Para ligar de novo: {command}",
  "call.failed.no_codec":
    "O programa de {name} quer um formato de som que este não tem. Vocês ainda podem escrever: {command}",

  "call.refused.in_call":
    "Já há uma ligação com {name}, ou uma está sendo feita. Para encerrá-la antes: /hangup",
  "call.refused.no_call": "Não há ligação. Para fazer uma: /call <nome>",
  "call.refused.no_invitation": "Ninguém está ligando para você. Para ligar: /call <nome>",
  "call.refused.self": "{name} é você. /list mostra quem mais está ativo.",
  "call.refused.no_server":
    "O registro de ligações não responde, ou não conhece você, por isso não é possível perguntar onde {name} está. Tente de novo daqui a pouco.",
  "call.refused.unknown_user":
    "{name} não está registrado para ligações. /list mostra quem está ativo.",
  "call.refused.quitting": "O programa está terminando.",

  "call.ended.lost_stranger":
    "Nada mais chega de {name}, por isso a ligação foi encerrada depois de {time}.",
  "call.stats_later":
    "Você ainda não está em ligação com {name}. /stats mostra os números assim que ela começar.",

  "call.again": "de novo, {count}",
  "call.hidden.one": "+{count} mensagem não mostrada",
  "call.hidden.other": "+{count} mensagens não mostradas",

  "dropped.connections": "Conexões acima do limite",
  "dropped.chat": "Chat: contra o protocolo",
  "dropped.call.malformed": "Ligações: não é mensagem",
  "dropped.call.foreign": "Ligações: de endereço alheio",
  "dropped.call.unasked": "Ligações: de nenhuma ligação",
  "dropped.call.busy": "Ligações: recusadas, ocupado",
  "dropped.call.flooded": "Ligações: não tocaram, demais",
  "dropped.call.withheld": "Ligações: sem resposta, longa demais",
  "dropped.music": "Música: não é para nós",
};
