import type { overlay as en } from "../en/overlay.ts";

/** As `en/overlay.ts`, in Brazilian Portuguese. */
export const overlay: Readonly<Record<keyof typeof en, string>> = {
  "command.group.overlay": "Peers e relays",

  "command.peers.usage": "/peers [ns|*]",
  "command.peers.summary":
    "mostra as conversas abertas e quem está registrado em um namespace (ns): o seu, outro ou todos",
  "command.connect.usage": "/connect <nome@ns>",
  "command.connect.summary": "conecta a um peer, e de novo sempre que a conexão cair",
  "command.disconnect.usage": "/disconnect <nome@ns>",
  "command.disconnect.summary": "encerra a conexão com um peer",
  "command.msg.usage": "/msg <@nome[@ns]|#ns|*> <texto>",
  "command.msg.summary":
    "envia um texto a um peer, direto ou por relays; a todos de um namespace; ou a todos",
  "command.routes.usage": "/routes",
  "command.routes.summary": "mostra os vizinhos e as rotas até outros peers",
  "command.metrics.usage": "/metrics [nome@ns]",
  "command.metrics.summary": "mostra o que foi contado aqui, ou o que um peer informa",
  "command.ping.usage": "/ping <nome@ns>",
  "command.ping.summary": "mede o tempo de ida e volta até um peer conectado",
  "command.watch.usage": "/watch <on|off>",
  "command.watch.summary":
    "mostra cada mensagem ao passar: entre peers, de ligações e do registro de ligações",

  "command.mistake.peer": "“{name}” não pode ser o nome de um peer. {fault}",
  "command.mistake.namespace": "“{name}” não pode ser um namespace. {fault}",
  "command.mistake.target":
    "“{typed}” não é um destino. Escreva @nome ou @nome@namespace, #namespace, ou * para todos.",
  "command.mistake.on_off": "{command} recebe on ou off, não “{typed}”.",

  "time.now": "agora",
  "time.ago": "há {time}",

  "overlay.mark.you": "para você",
  "overlay.mark.via": "{target}, via {relay}",

  "overlay.delivered.direct": "{to}: entregue diretamente em {time}",
  "overlay.delivered.via.one": "{to}: entregue via {relay} ({count} salto) em {time}",
  "overlay.delivered.via.other": "{to}: entregue via {relay} ({count} saltos) em {time}",
  "overlay.unacknowledged":
    "{to}: enviada, mas o programa do outro lado não confirma mensagens; não se sabe se ela foi mostrada.",
  "overlay.unacknowledged.via":
    "{to}: passada a {relay}. Por este caminho as mensagens não são confirmadas; não se sabe se ela chegou.",
  "overlay.published.one": "{to}: publicada para {count} vizinho",
  "overlay.published.other": "{to}: publicada para {count} vizinhos",
  "overlay.published.refused.one":
    "Mais {count} vizinho não a recebeu, porque há muita coisa na fila dele.",
  "overlay.published.refused.other":
    "Mais {count} vizinhos não a receberam, porque há muita coisa na fila deles.",

  "overlay.not_delivered": "Não entregue a {to}: {why}",
  "overlay.your_text": "Seu texto: {text}",
  "overlay.fault.no_route":
    "nenhum caminho foi encontrado. {peers} mostra quem está registrado; {connect} tenta uma conexão direta.",
  "overlay.fault.ack_timeout":
    "foi enviada várias vezes e ninguém confirmou. Pode ter chegado mesmo assim; se for importante, envie de novo.",
  "overlay.fault.ttl_expired":
    "o caminho tem relays demais. Uma conexão direta pode ajudar: {connect}",
  "overlay.fault.busy": "há muita coisa na fila neste caminho. Envie de novo daqui a pouco.",
  "overlay.fault.too_long": "o texto é longo demais para uma mensagem. Envie em partes.",
  "overlay.fault.no_neighbours":
    "você ainda não está conectado a ninguém. {peers} mostra quem existe; /connect <nome@ns> conecta.",
  "overlay.fault.own_id": "este é você. {peers} mostra quem mais existe.",
  "overlay.fault.bad_target":
    "isto não é um destino. {help} mostra como dizer para quem é um texto.",
  "overlay.fault.relay_failed":
    "um relay não conseguiu passá-la adiante. Envie de novo: outro caminho será procurado.",
  "overlay.fault.quitting": "o programa está terminando.",

  "overlay.connected": "Conectado a {peer}. Se a conexão cair, ela será refeita.",
  "overlay.disconnected":
    "Desconectado de {peer}. A conexão não será refeita sozinha; para refazer: {command}",
  "overlay.dial.unreachable":
    "Não foi possível conectar a {peer}. Pode haver um firewall ou outra rede no caminho; as mensagens ainda chegam por relays: {command}",
  "overlay.dial.handshake_timeout":
    "{peer} aceitou a conexão, mas não disse quem é. Outro programa pode estar usando a porta; tente {command} de novo mais tarde.",
  "overlay.dial.closed":
    "{peer} encerrou a conexão antes de dizer quem é. Tente {command} de novo mais tarde.",
  "overlay.dial.refused":
    "{peer} recusou a conexão ({reason}). As mensagens ainda chegam por relays; ou tente {command} de novo mais tarde.",
  "overlay.dial.own_id": "{peer} é você. {command} mostra quem mais existe.",
  "overlay.dial.other_peer":
    "Outro peer, {other}, está no endereço de {peer}. {command} mostra quem está registrado agora.",
  "overlay.dial.unknown_peer":
    "O endereço de {peer} não é conhecido: não está registrado, ou o rendezvous não responde. {command} mostra quem está registrado.",
  "overlay.dial.too_many":
    "Sem conexão com {peer}: você já pediu tantas quantas podem ser mantidas. Encerre uma com /disconnect <nome@ns>",

  "overlay.neighbour.first": "Você está na rede de peers, conectado a {peer}.",
  "overlay.neighbour.up": "Há agora uma conexão direta com {peer}.",
  "overlay.neighbour.down":
    "Não há mais conexão direta com {peer} ({reason}). As mensagens procuram outro caminho.",
  "overlay.neighbour.last":
    "A conexão com {peer} acabou ({reason}), e era a última. Outras estão sendo procuradas.",
  "overlay.down.end_of_file": "terminou sem despedida",
  "overlay.down.reset": "caiu",
  "overlay.down.stalled": "nada mais pôde ser enviado",
  "overlay.down.silent": "sem resposta por tempo demais",
  "overlay.down.bye_received": "o outro lado se despediu",
  "overlay.down.own": "você a encerrou",

  "overlay.route.found.one": "{dst} é alcançado agora via {relay} ({count} salto).",
  "overlay.route.found.other": "{dst} é alcançado agora via {relay} ({count} saltos).",
  "overlay.route.lost": "O caminho até {dst} via {relay} se perdeu. As mensagens procuram outro.",
  "overlay.routes.none": "Nenhum vizinho e nenhuma rota. /peers * mostra quem está registrado.",
  "overlay.routes.direct": "direta",
  "overlay.routes.dst": "Destino",
  "overlay.routes.next": "Próximo salto",
  "overlay.routes.via": "Via",
  "overlay.routes.hops": "Saltos",
  "overlay.routes.age": "Achada",
  "overlay.routes.rtt": "RTT",
  "overlay.routes.success": "Entregues",
  "overlay.routes.share": "{delivered} de {tried}",

  "overlay.peers.in.one": "{count} outro peer em {namespace}:",
  "overlay.peers.in.other": "{count} outros peers em {namespace}:",
  "overlay.peers.all.one": "{count} outro peer em todos os namespaces:",
  "overlay.peers.all.other": "{count} outros peers em todos os namespaces:",
  "overlay.peers.in.none":
    "Ninguém mais está em {namespace}. {command} mostra todos os namespaces.",
  "overlay.peers.all.none": "Ninguém mais está registrado.",
  "overlay.peers.unasked":
    "Não foi possível perguntar ao rendezvous ({reason}); só os seus vizinhos são mostrados.",
  "overlay.peers.more.one": "… e mais {count}",
  "overlay.peers.more.other": "… e mais {count}",
  "overlay.peers.peer": "Peer",
  "overlay.peers.connection": "Conectado",
  "overlay.peers.since": "Desde",
  "overlay.peers.rtt": "RTT",
  "overlay.peers.address": "Endereço",
  "overlay.peers.by_you": "por você",
  "overlay.peers.by_them": "pelo outro lado",
  "overlay.peers.waiting": "{connection}, {count} na fila",
  "overlay.peers.unregistered": "não registrado",

  "overlay.pong": "{peer} respondeu em {time}.",
  "overlay.metrics":
    "{peer} informa: RTT {rtt}, {sent} enviadas, {received} recebidas, último contato {seen}",
  "overlay.metrics.unknown": "desconhecido",
  "overlay.unanswered.not_connected": "Não há conexão com {peer}. Para fazer uma: {command}",
  "overlay.unanswered.unsupported": "{peer}, ou o caminho até lá, não oferece isso.",
  "overlay.unanswered.no_answer": "{peer} não respondeu a tempo. Tente de novo daqui a pouco.",
  "overlay.unanswered.no_route":
    "Nenhum caminho até {peer} é conhecido. Uma mensagem procura um: {command}",
  "overlay.unanswered.busy": "Há muita coisa na fila de {peer}. Tente de novo daqui a pouco.",

  "overlay.count.neighbours": "Vizinhos agora",
  "overlay.count.routes": "Destinos com rota agora",
  "overlay.count.received": "Linhas recebidas",
  "overlay.count.sent": "Linhas enviadas",
  "overlay.count.delivered": "Suas mensagens entregues",
  "overlay.count.notDelivered": "Suas mensagens não entregues",
  "overlay.count.retransmitted": "Suas mensagens reenviadas",
  "overlay.count.published": "Suas mensagens para namespaces ou todos",
  "overlay.count.shown": "Mensagens para você",
  "overlay.count.relayed": "Mensagens de outros passadas adiante",
  "overlay.count.relayFailed": "Mensagens de outros que não puderam ser",
  "overlay.count.flooded": "Publicações e buscas passadas adiante",
  "overlay.count.duplicates": "Descartadas: já vistas",
  "overlay.count.ttlExpired": "Descartadas: relays demais",
  "overlay.count.queueFull": "Descartadas: fila de um vizinho cheia",
  "overlay.count.overQuota": "Descartadas: acima da cota de um vizinho",
  "overlay.count.badFormat": "Descartadas: não são mensagens",
  "overlay.count.lineTooLong": "Descartadas: longas demais",
  "overlay.count.unknownCommand": "Descartadas: de tipo desconhecido",
  "overlay.count.unauthorized": "Descartadas: antes da saudação",
  "overlay.count.refusedConnections": "Conexões recusadas",
  "overlay.count.unsolicited": "Descartadas: respostas sem pergunta",

  "overlay.watching.on":
    "Cada mensagem entre peers, de ligações e do registro de ligações é mostrada ao passar. Para parar: /watch off",
  "overlay.watching.off":
    "As mensagens entre peers, de ligações e do registro de ligações não são mais mostradas ao passar.",

  "overlay.registered": "Você está registrado como {self}: é assim que os outros chegam até você.",
  "overlay.registration_refused":
    "O rendezvous {rendezvous} não registrou você ({reason}). Os outros não encontram você lá; você pode se conectar a eles, e as mensagens vão nos dois sentidos. Será tentado de novo.",
  "overlay.rendezvous_lost":
    "O rendezvous {rendezvous} não responde ({reason}), por isso novos peers não são encontrados. Todo o resto funciona; será tentado de novo até ele responder.",
  "overlay.rendezvous_back": "O rendezvous {rendezvous} responde de novo.",
};
