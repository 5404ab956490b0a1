import { deepEqual, equal, ok } from "node:assert/strict";
import { COMMANDS } from "../../../lib/terminal/commands/commands.ts";
import { helpLines } from "../../../lib/terminal/commands/help.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";

Deno.test("help: all commands, by system, in columns", () => {
  deepEqual(helpLines(translator("pt"), null), [
    "Chat direto",
    "  /list                            mostra quem está ativo",
    "  /chat <nome>                     inicia uma conversa com um usuário ativo",
    "  /to <nome> <texto>               envia um texto em outra conversa, sem mudar para ela",
    "  /switch <nome>                   muda para outra conversa aberta",
    "  /bye [nome]                      encerra uma conversa; sem nome, a atual",
    "Ligações de voz",
    "  /call <nome>                     liga para alguém registrado para ligações",
    "  /accept                          atende quem está ligando",
    "  /reject                          recusa quem está ligando",
    "  /hangup                          encerra a ligação, ou desiste de chamar",
    "  /who <nome>                      mostra o endereço IP e a porta em que alguém recebe ligações",
    "  /mute [on|off]                   fecha o microfone ou volta a abri-lo",
    "  /volume [0-400]                  ajusta o volume do outro lado, em por cento, ou o mostra",
    "  /half-duplex <on|off>            contra eco: fecha o microfone enquanto o outro lado fala",
    "  /devices                         mostra os microfones e alto-falantes, e quais estão em uso",
    "  /calltest                        grava você e toca de volta",
    "  /stats                           mostra atraso, perda e qualidade da ligação",
    "Música",
    "  /share [pasta]                   compartilha as músicas de uma pasta, ou mostra o que você",
    "                                   compartilha",
    "  /unshare [pasta]                 deixa de compartilhar uma pasta; sem pasta, todas",
    "  /files [palavras]                mostra as músicas dos outros: todas, ou as que têm essas palavras",
    "  /nodes                           mostra quem compartilha músicas, e quantas",
    "  /play <nº|palavras>              toca uma música da última lista, ou uma com essas palavras",
    "  /queue [nº|palavras]             põe uma música no fim da fila, ou mostra a fila",
    "  /next                            toca a próxima música da fila",
    "  /pause                           pausa a música",
    "  /resume                          continua depois da pausa",
    "  /seek <min:s>                    vai para um ponto da música",
    "  /stop                            para a música",
    "  /get <nº|palavras> [--to pasta]  baixa uma música sem tocar",
    "  /downloads                       mostra o que está sendo baixado, e o que já foi",
    "Peers e relays",
    "  /peers [ns|*]                    mostra as conversas abertas e quem está registrado em um",
    "                                   namespace (ns): o seu, outro ou todos",
    "  /msg <@nome[@ns]|#ns|*> <texto>  envia um texto a um peer, direto ou por relays; a todos de um",
    "                                   namespace; ou a todos",
    "  /connect <nome@ns>               conecta a um peer, e de novo sempre que a conexão cair",
    "  /disconnect <nome@ns>            encerra a conexão com um peer",
    "  /routes                          mostra os vizinhos e as rotas até outros peers",
    "  /ping <nome@ns>                  mede o tempo de ida e volta até um peer conectado",
    "  /metrics [nome@ns]               mostra o que foi contado aqui, ou o que um peer informa",
    "  /watch <on|off>                  mostra cada mensagem ao passar: entre peers, de ligações e do",
    "                                   registro de ligações",
    "O programa",
    "  /help [comando]                  mostra todos os comandos, ou um deles",
    "  /exit                            encerra todas as conversas e o programa",
    "Qualquer outra coisa é enviada na conversa atual. Para começar um texto com barra, digite duas: //",
    'Um nome com espaços vai entre aspas: /chat "Ana Maria"',
  ]);
});

Deno.test("help: summaries are broken in their own column, or stand under their commands", () => {
  deepEqual(helpLines(translator("pt"), null, 60).slice(1, 7), [
    "  /list                            mostra quem está ativo",
    "  /chat <nome>                     inicia uma conversa com",
    "                                   um usuário ativo",
    "  /to <nome> <texto>               envia um texto em outra",
    "                                   conversa, sem mudar para",
    "                                   ela",
  ]);
  deepEqual(helpLines(translator("pt"), null, 37).slice(1, 8), [
    "  /list",
    "    mostra quem está ativo",
    "  /chat <nome>",
    "    inicia uma conversa com um",
    "    usuário ativo",
    "  /to <nome> <texto>",
    "    envia um texto em outra conversa,",
  ]);
});

Deno.test("help: one command, by its name or by an alias", () => {
  deepEqual(helpLines(translator("en"), "quit"), [
    "/exit  ends every conversation and the program",
    "Also: /quit",
    "Examples:",
    "  /exit",
  ]);
  equal(helpLines(translator("en"), "to").length, 4);
});

Deno.test("help: every command is in the list of every language", () => {
  for (const language of LANGUAGES) {
    const lines = helpLines(translator(language), null);
    for (const { name } of COMMANDS) {
      ok(lines.some((line) => line.startsWith(`  /${name} `)), `${language} ${name}`);
    }
  }
});
