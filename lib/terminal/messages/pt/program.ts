import type { program as en } from "../en/program.ts";

/** As `en/program.ts`, in Brazilian Portuguese. */
export const program: Readonly<Record<keyof typeof en, string>> = {
  "server.listening.chat": "Chat direto: TCP {address}",
  "server.listening.registry": "Registro: TCP {address}",
  "server.join": "As pessoas entram com:",
  "server.how_to_end": "Ctrl-C encerra o servidor.",
  "server.ended": "O servidor foi encerrado.",
  "server.store_failed":
    "O armazenamento do diretório falhou ({reason}). Quem está aqui fica; ninguém novo entra até ele voltar.",
  "server.store_recovered": "O armazenamento do diretório voltou.",
  "server.users.one": "{service}, {count} usuário ativo:",
  "server.users.other": "{service}, {count} usuários ativos:",
  "server.service.chat": "Chat direto",
  "server.service.rendezvous": "Rendezvous",
  "server.service.call": "Ligações de voz",
  "server.service.music": "Música",
  "server.users.more.one": "… e mais {count}",
  "server.users.more.other": "… e mais {count}",
  "server.column.name": "Nome",
  "server.column.ip": "Endereço IP",
  "server.column.port": "Porta",

  "log.failed":
    "O registro em {file} não pode ser gravado agora ({reason}). O programa continua; o que falta nele é contado.",
  "log.works": "O registro em {file} é gravado de novo.",

  "console.not_shown.one": "{count} linha não foi mostrada: a saída não deu conta.",
  "console.not_shown.other": "{count} linhas não foram mostradas: a saída não deu conta.",
  "console.input_cut": "A linha tinha mais de {characters} caracteres e foi cortada ali.",

  "reason.refused": "ninguém escuta lá",
  "reason.timeout": "sem resposta a tempo",
  "reason.unresolved": "o nome não é conhecido",
  "reason.unreachable": "sem caminho até lá",
  "reason.reset": "a conexão caiu",
  "reason.too_long": "a resposta era longa demais",
  "reason.ended": "a conexão foi fechada",
  "reason.closed": "fechada sem resposta",
  "reason.not_own": "esta máquina não tem esse endereço",
  "reason.permission": "falta uma permissão",

  "problem.port_taken": "A porta {port} está ocupada. Escolha outra com {option}",
  "problem.port_taken_airplay":
    "A porta {port} está ocupada; no macOS, muitas vezes pelo Receptor do AirPlay. Desative-o nos ajustes do sistema ou escolha outra porta com {option}",
  "problem.ports_taken":
    "As portas de {first} a {last} estão todas ocupadas. Escolha outra com {option}",
  "problem.port_forbidden":
    "O sistema não permite escutar na porta {port}. Escolha uma acima de 1023 com {option}",
  "problem.cannot_listen":
    "Não foi possível escutar em {address} ({reason}). Escolha outro com {option}",
  "problem.permission": "Falta uma permissão para isso. Inicie o programa com {flag}",
  "file.not_found": "o arquivo não existe",
  "file.no_folder": "a pasta não existe",
  "file.is_folder": "é uma pasta",
  "file.denied": "o sistema não permite",
  "file.read_only": "não dá para gravar nada lá",
  "file.full_disk": "o disco está cheio",
  "file.name_too_long": "o nome é longo demais",

  "problem.log_permission":
    "Falta permissão para gravar o registro em {file}. Inicie o programa com {flag}",
  "problem.log_file":
    "Não foi possível gravar o registro em {file} ({reason}). Escolha outro arquivo com --log-file",
  "problem.data_foreign":
    "{file} não foi feito por este programa e ficou como está. Escolha outra pasta com --data",
  "problem.data_damaged":
    "{file} está danificado e ficou como está. Mova-o para começar com um diretório vazio ou escolha outra pasta com --data",
  "problem.data_version":
    "{file} foi feito por outra versão deste programa e ficou como está. Use essa versão ou escolha outra pasta com --data",
  "problem.data_in_use":
    "Outro servidor usa {file}. Escolha outra pasta com --data; para dividir um só diretório, use --store",
  "problem.data_permission":
    "Falta permissão para guardar o diretório em {file}. Inicie o programa com {flags}",
  "problem.data_unusable":
    "Não foi possível guardar o diretório em {file} ({reason}). Escolha outra pasta com --data",
  "problem.store_unreachable":
    "O Redis em {address} não pode ser usado ({reason}). Inicie-o ou escolha outro com --store",
  "problem.name_needed": "É preciso um nome. Indique-o com --name. Exemplo: --name Ana",
  "problem.server_needed":
    "É preciso o endereço do servidor. Indique-o com --server. Exemplo: --server 192.168.0.10",
  "problem.bug":
    "Este programa cometeu um erro: {detail}. --log-file guarda um registro do que levou a ele.",
};
