import type { doctor as en } from "../en/doctor.ts";

/** As `en/doctor.ts`, in Brazilian Portuguese. */
export const doctor: Readonly<Record<keyof typeof en, string>> = {
  "doctor.begin.local": "Examinando este computador…",
  "doctor.begin.server": "Examinando este computador e o servidor {server}…",
  "doctor.more":
    "Com --server ENDEREÇO dá para dizer mais: se o servidor funciona e se os outros chegam até você.",
  "doctor.interrupted": "Interrompido: o que falta acima não foi examinado.",
  "doctor.well": "Tudo funciona.",
  "doctor.remarks.one": "Tudo o que importa funciona; há {count} observação acima.",
  "doctor.remarks.other": "Tudo o que importa funciona; há {count} observações acima.",
  "doctor.failed.one": "{count} verificação falhou; o que fazer está depois de →",
  "doctor.failed.other": "{count} verificações falharam; o que fazer está depois de →",
  "doctor.terminal": "Terminal: {columns} colunas, {colours}, {characters}",
  "doctor.terminal.colours": "cores",
  "doctor.terminal.no_colours": "sem cores",
  "doctor.terminal.utf8": "UTF-8",
  "doctor.terminal.not_utf8": "não é UTF-8",
  "doctor.terminal.characters_unknown": "caracteres desconhecidos",
  "doctor.terminal.none": "Terminal: nenhum, então linhas simples sem cores",
  "doctor.terminal.to_do": "Ajuste o terminal para UTF-8, senão as letras com acento saem erradas.",
  "doctor.permissions": "Permissões: não falta nenhuma",
  "doctor.permissions.missing": "Permissões: faltam para {uses}",
  "doctor.permissions.network": "a rede",
  "doctor.permissions.sound": "microfone e alto-falante",
  "doctor.permissions.addresses": "os endereços deste computador",
  "doctor.permissions.files": "músicas, downloads e registros",
  "doctor.permissions.to_do": "Inicie o programa com {flags}",
  "doctor.permissions.programs":
    "Inicie o programa com {flags} – e, se já fez isso, instale pulseaudio-utils ou alsa-utils.",
  "doctor.addresses": "Endereços deste computador: {ips}",
  "doctor.addresses.none": "Endereços deste computador: nenhum",
  "doctor.addresses.to_do":
    "Conecte-o a uma rede; até lá só programas deste computador chegam até você.",
  "doctor.use.listen": "Chat",
  "doctor.use.call": "Ligações",
  "doctor.use.music": "Música",
  "doctor.port.free": "{use}: {port} está livre",
  "doctor.port.next": "{use}: {wanted} está ocupada, então {port} é usada",
  "doctor.port.next.to_do":
    "Talvez um peer já aberto a esteja usando, o que não é problema; se um firewall só deixa entrar uma porta, escolha-a com {option}",
  "doctor.port.none": "{use}: não é possível usar {port}",
  "doctor.port.none.to_do": "Escolha outra porta com {option}",
  "doctor.udp": "UDP neste computador: funciona",
  "doctor.udp.failed": "UDP neste computador: não passa",
  "doctor.udp.to_do":
    "Permita UDP no firewall ou no programa de segurança deste computador; ligações e música precisam dele.",
  "doctor.device.microphone": "Microfone “{device}”: {result}",
  "doctor.device.speaker": "Alto-falante “{device}”: {result}",
  "doctor.device.heard": "capta som (pico de {level} dBFS)",
  "doctor.device.silence": "só capta silêncio",
  "doctor.device.silence.to_do":
    "Ative-o ou aumente o volume dele no sistema, ou veja se está bem conectado; depois tente /calltest.",
  "doctor.device.played": "aceita som",
  "doctor.device.slow": "é lento demais",
  "doctor.device.slow.to_do":
    "Feche outros programas que o usam ou que ocupam o computador e depois tente /calltest.",
  "doctor.device.failed": "não funciona ({detail})",
  "doctor.device.nothing": "não dá som nenhum",
  "doctor.device.gone": "não está mais lá",
  "doctor.device.failed.to_do":
    "Feche outros programas que o usam ou escolha outro aparelho com {option}",
  "doctor.no_device.microphone": "Microfone: nenhum foi encontrado",
  "doctor.no_device.speaker": "Alto-falante: nenhum foi encontrado",
  "doctor.no_device.microphone.to_do":
    "Conecte um, senão ninguém ouve você nas ligações; {option} file:CAMINHO usa uma gravação no lugar dele.",
  "doctor.no_device.speaker.to_do":
    "Conecte um, senão você não ouve ligações nem música; {option} file:CAMINHO grava o som em um arquivo.",
  "doctor.name": "Servidor, nome: {host} é {ip}",
  "doctor.name.failed": "Servidor, nome: {host} não foi encontrado",
  "doctor.name.to_do": "Confira como se escreve ou use o endereço IP do servidor.",
  "doctor.server.chat": "Servidor, chat (TCP {port}): {result}",
  "doctor.server.registry": "Servidor, registro (TCP {port}): {result}",
  "doctor.server.answers": "responde (conexão em {made}, ida e volta {answered})",
  "doctor.server.silent": "aceita conexões e não diz nada",
  "doctor.server.another": "outra coisa responde lá",
  "doctor.server.refused.to_do": "Inicie o servidor lá ou indique a porta dele com {option}",
  "doctor.server.no_answer.to_do":
    "Confira o endereço; se estiver certo, peça que abram TCP {port} nos firewalls do caminho.",
  "doctor.server.unreachable.to_do": "Confira o endereço e se este computador está em uma rede.",
  "doctor.server.silent.to_do":
    "Confirme com quem cuida do servidor que ele funciona e que a porta dele é a de {option}",
  "doctor.server.another.to_do": "Indique a porta de um servidor prosa com {option}",
  "doctor.server.broken.to_do":
    "Tente de novo; se continuar, um firewall no caminho corta a conexão ou o servidor está cheio.",
  "doctor.seen": "Visto de fora: {ip}, o próprio endereço deste computador",
  "doctor.seen.nat": "Visto de fora: {observed}, mas este computador tem {local} (NAT)",
  "doctor.seen.to_do":
    "Há um roteador entre você e os outros: o que ele não encaminha só chega até você na sua própria rede ou por uma VPN.",
  "doctor.outside": "Alcançado de fora: não dá para saber",
  "doctor.outside.same_machine":
    "O servidor roda neste computador; para ver como os outros chegam até você, examine um que rode em outro.",
  "doctor.outside.unknown_request":
    "Este servidor não conhece a pergunta; use um servidor prosa ou peça a alguém que tente falar com você.",
  "doctor.outside.busy":
    "Há gente demais perguntando ao servidor agora; tente de novo daqui a um minuto.",
  "doctor.outside.no_server": "O servidor não respondeu à pergunta; tente de novo.",
  "doctor.outside.low_port":
    "O servidor só tenta portas a partir de 1024; escolha uma com {option}",
  "doctor.reach.reached": "{use}: {port} é alcançada de fora",
  "doctor.reach.no_answer": "{use}: {port} não é alcançada de fora",
  "doctor.reach.refused": "{use}: {port} é recusada antes de chegar aqui",
  "doctor.reach.another": "{use}: em {port} outra máquina responde no seu lugar",
  "doctor.reach.unknown": "{use}: não dá para saber se {port} é alcançada",
  "doctor.reach.to_do": "{until}, {loss}.",
  "doctor.reach.firewall":
    "Enquanto os firewalls deste computador e da rede não deixarem entrar {port}",
  "doctor.reach.router":
    "Enquanto o roteador não encaminhar {port} a este computador (ou todos não estiverem em uma VPN)",
  "doctor.reach.lasting":
    "Inicie com {option} {port}, para a porta não mudar, e libere-a no roteador ou firewall: até lá {loss}.",
  "doctor.reach.loss.listen":
    "você pode iniciar conversas, mas ninguém de fora consegue iniciar uma com você",
  "doctor.reach.loss.call":
    "ninguém de fora consegue ligar para você, e as suas ligações podem ficar mudas",
  "doctor.reach.loss.music": "ninguém de fora consegue ouvir nem baixar as suas músicas",
  "doctor.clock": "Relógio: igual ao do servidor, com erro de até {uncertainty}",
  "doctor.clock.ahead": "Relógio: {difference} adiantado em relação ao servidor (± {uncertainty})",
  "doctor.clock.behind": "Relógio: {difference} atrasado em relação ao servidor (± {uncertainty})",
  "doctor.clock.to_do":
    "Deixe o sistema acertar o relógio sozinho (NTP), senão os horários das mensagens e dos registros não batem com os dos outros.",
  "options.doctor.brief":
    "Examina se este computador, a rede e um servidor servem para o prosa, e diz o que fazer.",
  "options.doctor.server": "Servidor a examinar também, com a porta do chat se não for a usual.",
  "options.doctor.listen":
    "Porta TCP em que os outros chegam até você (padrão: qualquer porta livre).",
  "options.doctor.call_port":
    "Porta UDP das ligações; 0 usa qualquer porta livre (padrão {default}).",
  "options.doctor.music_port":
    "Porta UDP das músicas; 0 usa qualquer porta livre (padrão {default}).",
};
