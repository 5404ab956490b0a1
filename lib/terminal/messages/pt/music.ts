import type { music as en } from "../en/music.ts";

/** As `en/music.ts`, in Brazilian Portuguese. */
export const music: Readonly<Record<keyof typeof en, string>> = {
  "command.group.music": "Música",

  "command.share.usage": "/share [pasta]",
  "command.share.summary": "compartilha as músicas de uma pasta, ou mostra o que você compartilha",
  "command.unshare.usage": "/unshare [pasta]",
  "command.unshare.summary": "deixa de compartilhar uma pasta; sem pasta, todas",
  "command.files.usage": "/files [palavras]",
  "command.files.summary": "mostra as músicas dos outros: todas, ou as que têm essas palavras",
  "command.nodes.usage": "/nodes",
  "command.nodes.summary": "mostra quem compartilha músicas, e quantas",
  "command.play.usage": "/play <nº|palavras>",
  "command.play.summary": "toca uma música da última lista, ou uma com essas palavras",
  "command.queue.usage": "/queue [nº|palavras]",
  "command.queue.summary": "põe uma música no fim da fila, ou mostra a fila",
  "command.next.usage": "/next",
  "command.next.summary": "toca a próxima música da fila",
  "command.pause.usage": "/pause",
  "command.pause.summary": "pausa a música",
  "command.resume.usage": "/resume",
  "command.resume.summary": "continua depois da pausa",
  "command.seek.usage": "/seek <min:s>",
  "command.seek.summary": "vai para um ponto da música",
  "command.stop.usage": "/stop",
  "command.stop.summary": "para a música",
  "command.get.usage": "/get <nº|palavras> [--to pasta]",
  "command.get.summary": "baixa uma música sem tocar",
  "command.downloads.usage": "/downloads",
  "command.downloads.summary": "mostra o que está sendo baixado, e o que já foi",

  "command.mistake.path":
    "Uma pasta é escrita até o fim da linha ou entre aspas, que devem ser fechadas. Exemplo: {example}",
  "command.mistake.query": "As palavras da busca têm no máximo {most} caracteres.",
  "command.mistake.song":
    "Qual música? Diga o número dela na última lista, ou palavras do título. Exemplo: /play 3",
  "command.mistake.moment":
    "“{typed}” não é um ponto de uma música. Ele se escreve em minutos e segundos. Exemplo: /seek 1:30",

  "welcome.music": "Para ver as músicas dos outros digite: /files",

  "music.share.none": "Você não compartilha nenhuma pasta. Para compartilhar uma: /share <pasta>",
  "music.share.heading": "Você compartilha:",
  "music.share.songs.one": "{count} música",
  "music.share.songs.other": "{count} músicas",
  "music.share.reading": "ainda está sendo lida",
  "music.share.unreadable.one": "{count} não pôde ser lida",
  "music.share.unreadable.other": "{count} não puderam ser lidas",
  "music.share.cut": "há mais do que se examina",
  "music.share.already": "{path} já é compartilhada, sozinha ou com uma pasta em volta dela.",
  "music.share.not_shared": "{path} não está compartilhada. /share mostra o que está.",
  "music.share.too_many":
    "Você compartilha {most} pastas, o máximo possível. Para abrir espaço: /unshare <pasta>",

  "music.library.reading": "Lendo músicas {done}/{files} {bar}",
  "music.library.read": "{path} está compartilhada: {details}.",
  "music.library.lost": "{path} não está compartilhada por enquanto. {fault}",
  "music.library.back": "{path} voltou e está compartilhada.",
  "music.library.index_not_kept":
    "O que se leu das suas músicas não fica guardado, por isso elas serão lidas de novo no próximo início. {fault}",

  "music.catalogue.registered.one": "Os outros podem encontrar {count} música sua.",
  "music.catalogue.registered.other": "Os outros podem encontrar {count} músicas suas.",
  "music.catalogue.empty":
    "Você está no catálogo de músicas, sem nenhuma. Para compartilhar: /share <pasta>",
  "music.catalogue.again.one": "O catálogo de músicas voltou, e {count} música sua está nele.",
  "music.catalogue.again.other": "O catálogo de músicas voltou, e {count} músicas suas estão nele.",
  "music.catalogue.refused":
    "O catálogo de músicas não aceitou as suas: {fault}. Os outros não as encontram; será tentado de novo.",
  "music.catalogue.fault.in_use":
    "o seu nome está nele com outro endereço: o de outra pessoa, ou o seu anterior, que sai em até 2 minutos. Para usar outro nome, inicie de novo com --name",
  "music.catalogue.fault.name": "ele não permite o seu nome. Para outro, comece de novo com --name",
  "music.catalogue.fault.port":
    "ele não permite a sua porta. Para outra, comece de novo com --music-port",
  "music.catalogue.fault.files": "ele não entende a lista delas",
  "music.catalogue.fault.too_many": "são demais. Compartilhe uma pasta menor",
  "music.catalogue.fault.full": "ele está cheio",
  "music.catalogue.never":
    "O catálogo de músicas {server} não responde ({reason}), por isso os outros não encontram as suas. Veja se o servidor está rodando e se a porta está certa (--registry-port); será tentado de novo.",
  "music.catalogue.lost":
    "O catálogo de músicas {server} caiu ({reason}). O que está tocando continua; será tentado de novo até ele voltar.",

  "music.files.heading.one": "{count} música:",
  "music.files.heading.other": "{count} músicas:",
  "music.files.matching.one": "{count} música com “{query}”:",
  "music.files.matching.other": "{count} músicas com “{query}”:",
  "music.files.none": "Ninguém mais compartilha músicas. Para compartilhar as suas: /share <pasta>",
  "music.files.none_matching":
    "Ninguém compartilha uma música com “{query}”. Todas as músicas: /files",
  "music.files.more": "Há mais. Só as que têm certas palavras: /files <palavras>",
  "music.files.how": "Para ouvir uma: /play <nº>. Para guardar uma: /get <nº>",
  "music.files.number": "Nº",
  "music.files.title": "Título",
  "music.files.artist": "Artista",
  "music.files.length": "Duração",
  "music.files.size": "Tamanho",
  "music.files.nodes": "De",
  "music.files.here": "aqui",

  "music.nodes.name": "Nome",
  "music.nodes.address": "Endereço",
  "music.nodes.files": "Músicas",
  "music.nodes.none": "Ninguém mais compartilha músicas agora.",

  "music.now.starting": "Abrindo",
  "music.now.playing": "Tocando",
  "music.now.buffering": "Carregando",
  "music.now.paused": "Em pausa",
  "music.rate_from": "{rate} de {source}",
  "music.begins.starting": "Buscando {song}…",
  "music.begins.from": "Tocando {song}, de {source}.",
  "music.begins.here": "Tocando {song}, deste computador.",
  "music.paused": "Em pausa em {position}. Para continuar: /resume",
  "music.goes_on": "Continuando em {position}.",
  "music.elsewhere": "Em {position} de {song}.",
  "music.ended": "{song} terminou.",
  "music.stopped": "{song} foi parada.",
  "music.source_changed": "{from}: {reason}. {song} agora vem de {to}.",
  "music.source_lost": "{from}: {reason}. Procurando {song} em outro lugar.",
  "music.queue.heading": "Na fila:",
  "music.queue.none": "A fila está vazia. Para pôr uma música nela: /queue <nº>",

  "music.downloads.none": "Nada foi baixado. Para baixar uma música: /get <nº>",
  "music.downloads.song": "Download",
  "music.downloads.progress": "Progresso",
  "music.downloads.amount": "Tamanho",
  "music.downloads.rate": "Taxa",
  "music.downloads.from": "De",
  "music.downloads.done": "{song} foi baixada ({size}): {path}",
  "music.downloads.status.one": "Download {percent} % {rate}",
  "music.downloads.status.other": "{count} downloads {percent} % {rate}",

  "music.fault.no_server":
    "O catálogo de músicas {server} não responde ({reason}). O que está tocando continua. Tente de novo daqui a pouco.",
  "music.fault.unknown_number": "A última lista não tem a música {number}. Uma nova lista: /files",
  "music.fault.no_list": "Ainda não há uma lista numerada de músicas. Para criar uma: /files",
  "music.fault.unknown_words":
    "Ninguém compartilha uma música com “{words}”. Todas as músicas: /files",
  "music.fault.not_playing": "Nenhuma música está tocando. Para tocar uma: /play <nº>",
  "music.fault.cannot_seek":
    "Não é possível ir para esse ponto desta música. Para ouvir do início: /seek 0:00",
  "music.fault.queue_empty": "A fila está vazia. Para pôr uma música nela: /queue <nº>",
  "music.fault.too_many": "Já há {most}, o máximo possível. /queue e /downloads mostram quais.",
  "music.fault.damaged":
    "{song} não pode ser tocada: o arquivo está danificado. Peça outra cópia a {who}.",
  "music.fault.not_kept": "{song} toca, mas não fica guardada para a próxima vez. {fault}",
  "music.fault.no_decoder":
    "{song} não pode ser tocada: não há decodificador nem player para ela aqui ({format}). Instale o ffplay ou o mpv, ou guarde o arquivo: /get",
  "music.fault.no_decoder_flag":
    "{song} não pode ser tocada ({format}): ela fica para um player como o ffplay ou o mpv, e falta a permissão para isso. Inicie o programa com {flag}",
  "music.fault.song": "a música",
  "music.fault.someone": "quem a compartilha",

  "music.fetch.failed": "{song} não chegou: {reason}. {way_out}",
  "music.fetch.no_source": "ninguém a tem agora",
  "music.fetch.no_answer": "não houve resposta",
  "music.fetch.source_gone": "nada mais chegou",
  "music.fetch.busy": "gente demais está ouvindo de lá",
  "music.fetch.not_available": "a música não está mais compartilhada lá",
  "music.fetch.source_failed": "o arquivo não pode mais ser lido lá",
  "music.fetch.wrong_size": "o arquivo de lá não é o que foi anunciado",
  "music.fetch.wrong_list": "veio uma lista de resumos errada",
  "music.fetch.wrong_bytes": "vieram bytes errados",
  "music.fetch.wrong_content": "o que chegou não é o que foi anunciado",
  "music.fetch.too_large": "é maior do que uma música pode ser",
  "music.fetch.way.files": "Para ver quem a tem agora: /files",
  "music.fetch.way.network":
    "Pode haver um firewall no caminho, ou redes diferentes (NAT): pergunte a {who}. Para ver quem mais a tem: /files",
  "music.fetch.way.later": "Tente de novo daqui a pouco.",
  "music.fetch.way.resume":
    "O que chegou fica guardado. Tente de novo, ou veja quem mais a tem: /files",
  "music.fetch.way.share_again": "Peça a {who} que a compartilhe de novo, e depois: /files",
  "music.fetch.way.none": "Peça um arquivo menor a {who}.",

  "music.download.in_progress": "{path} já está sendo baixado. Para ver quanto falta: /downloads",
  "music.download.no_free_name":
    "Há arquivos demais como {path}. Escolha outra pasta: /get <nº> --to <pasta>",
  "music.download.wrong_content":
    "O que chegou para {path} não é a música anunciada, e não foi guardado. Para ver quem mais a tem: /files",

  "music.storage.not_found":
    "{path} não existe. Veja se está escrito como no disco, a partir da raiz ou de onde o programa foi iniciado.",
  "music.storage.no_folder": "{path} não é uma pasta. Indique a pasta em que está.",
  "music.storage.permission": "O programa não tem permissão para {path}. Inicie-o com {flag}",
  "music.storage.denied":
    "O sistema não deixa você usar {path}. Mude as permissões de lá, ou escolha outra pasta.",
  "music.storage.full_disk":
    "O disco de {path} está cheio. Libere espaço, ou escolha uma pasta em outro disco.",
  "music.storage.unusable": "{path} não pode ser usado: {reason}. Escolha outra pasta.",
  "music.storage.failed": "{path} não funciona ({detail}). Escolha outra pasta.",
};
