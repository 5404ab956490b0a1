import type { chat as en } from "../en/chat.ts";

/** As `en/chat.ts`, in Brazilian Portuguese. */
export const chat: Readonly<Record<keyof typeof en, string>> = {
  "welcome.hello": "Olá, {name}! Você está conectado ao servidor {server}.",
  "welcome.chat": "Para iniciar uma conversa digite: /chat <nome_de_usuario_ativo>",
  "welcome.list": "Para ver quem está ativo digite: /list",
  "welcome.help": "Todos os comandos: /help. Para sair: /exit",
  "welcome.hosting":
    "O servidor roda neste programa. Quando ele termina, o servidor também termina.",
  "welcome.join": "Os outros entram com:",
  "welcome.local_only":
    "Não se sabe aqui por qual endereço outras máquinas chegam a esta. Para ver, inicie o programa com {flag}",
  "welcome.listening": "Os outros chegam até você pela porta {port}.",
  "welcome.listening_other":
    "A porta {wanted} estava ocupada; os outros chegam até você pela porta {port}.",

  "ask.name": "Nome de usuário:",
  "ask.name_taken":
    "O nome {name} já está em uso, ou o servidor não aceita mais conexões daqui. Escolha outro:",
  "ask.server": "Endereço do servidor:",
  "ask.server_wrong": "Um endereço tem esta forma: 192.168.0.10, 192.168.0.10:10000 ou [::1]:10000",

  "chat.users": "Ativos (além de você): {names}",
  "chat.users.none": "Ninguém mais está ativo.",
  "chat.calling": "Chamando {name}…",
  "chat.connected": "Conectado a {name}",
  "chat.none_active": "Nenhuma conexão P2P ativa",
  "chat.none_active.others":
    "Nenhuma conexão P2P ativa. Conversas abertas: {names}. Escolha uma com /switch <nome>",
  "chat.not_sent": "Não enviado a {name}: {text}",
  "chat.switched": "O que você digita agora vai para {name}.",
  "chat.not_active": "{name} não é um usuário ativo. /list mostra quem está ativo.",
  "chat.not_open": "Não há conversa aberta com {name}. Inicie uma com {command}",
  "chat.unreachable":
    "Não foi possível chegar até {name}. Pode haver um firewall ou outra rede no caminho; tente {command} de novo mais tarde.",
  "chat.self": "{name} é você. /list mostra quem mais está ativo.",
  "chat.too_many":
    "Você tem {count} conversas abertas, o máximo possível. Encerre uma com /bye <nome>",
  "chat.ended.by_other": "{name} encerrou a conversa.",
  "chat.ended.by_you": "Você encerrou a conversa com {name}.",
  "chat.ended.lost": "A conversa com {name} caiu sem despedida. Para chamar de novo: {command}",
  "chat.ended.lost_stranger": "A conversa com {name} caiu sem despedida.",
  "chat.ended.too_long": "{name} enviou uma linha longa demais, e a conversa foi encerrada.",
  "chat.ended.not_reading": "{name} não recebe mais nada, por isso a conversa foi encerrada.",
  "chat.ended.unheard": "O que você escreveu por último pode não ter chegado.",
  "chat.unverified.address":
    "{name} não foi confirmado pelo servidor: quem chama vem de outro endereço. Não confie no nome.",
  "chat.unverified.unknown":
    "{name} não foi confirmado pelo servidor, que não conhece nenhum usuário ativo com esse nome. Não confie no nome.",
  "chat.unverified.silent":
    "{name} não foi confirmado pelo servidor, que não respondeu a tempo. Não confie no nome.",
  "name.mixed":
    "{name} mistura letras de escritas diferentes, ou tem formas especiais de letras, e pode se passar por outro nome. Não confie na aparência.",
  "name.alike":
    "{name} se parece com {other}, mas é escrito com outros caracteres. Não confunda um com o outro.",
  "chat.mark.verified": "confirmado",
  "chat.mark.unverified": "não confirmado",
  "chat.mark.active": "atual",
  "chat.split.one": "A mensagem era longa demais e foi enviada em {count} parte.",
  "chat.split.other": "A mensagem era longa demais e foi enviada em {count} partes.",
  "chat.peers.none": "Nenhuma conversa aberta. Inicie uma com /chat <nome>",
  "chat.peers.one": "{count} conversa aberta:",
  "chat.peers.other": "{count} conversas abertas:",

  "link.connecting": "Conectando ao servidor {server}…",
  "link.foreign":
    "O servidor {server} aceita a conexão e não responde: ele não pode registrar ninguém agora, ou não é um servidor prosa. Veja se o endereço e a porta estão certos (--server, --chat-port); será tentado de novo.",
  "link.unreachable":
    "Não foi possível chegar ao servidor {server}. Veja se ele está rodando e se o endereço e a porta estão certos (--server, --chat-port).",
  "link.name_taken":
    "O nome {name} já está em uso neste servidor, ou o servidor não aceita mais conexões daqui. Escolha outro com --name, ou tente mais tarde.",
  "link.lost":
    "O servidor caiu. As conversas continuam; a conexão será tentada de novo até ele voltar.",
  "link.back": "O servidor voltou, e você está ativo de novo como {name}.",
  "link.name_lost":
    "Enquanto o servidor esteve fora, outra pessoa ficou com o nome {name}, ou ele não aceita mais conexões daqui. As conversas abertas continuam, e será tentado de novo. Para um novo nome: /exit e comece de novo com --name",
  "link.absent":
    "O servidor está fora do ar agora, por isso não é possível fazer isso. Tente de novo quando ele voltar.",

  "exit.goodbye": "Até logo!",
  "exit.how": "Para sair, digite /exit ou tecle Ctrl-C mais uma vez.",
};
