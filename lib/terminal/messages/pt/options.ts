import type { options as en } from "../en/options.ts";

/** As `en/options.ts`, in Brazilian Portuguese. */
export const options: Readonly<Record<keyof typeof en, string>> = {
  "options.commands": "Comandos",
  "options.heading": "Opções",
  "options.usage": "Uso:",
  "options.placeholder": "[opções]",
  "options.examples": "Exemplos:",
  "options.help": "Mostra esta ajuda e termina.",
  "options.version": "Mostra a versão e termina.",
  "options.completion":
    "Imprime o script de autocompletar de um shell (bash, zsh, fish, nu, pwsh) e termina.",

  "options.server.brief":
    "O ponto de encontro: aqui as pessoas se encontram e depois conversam diretamente.",
  "options.server.host": "Endereço em que escuta (padrão {default}: todos os desta máquina).",
  "options.server.chat_port":
    "Porta TCP do chat direto; 0 usa qualquer porta livre (padrão {default}).",
  "options.server.registry_port":
    "Porta TCP do registro; 0 usa qualquer porta livre (padrão {default}).",
  "options.server.quiet": "Não imprime as mensagens enviadas e recebidas.",
  "options.server.max_connections": "Conexões mantidas ao mesmo tempo (padrão {default}).",
  "options.server.max_per_ip":
    "Conexões mantidas ao mesmo tempo de um só endereço (padrão {default}).",
  "options.server.data":
    "Pasta em que os registros sobrevivem a um reinício; precisa de --allow-read e --allow-write.",
  "options.server.store":
    "Redis que vários servidores usam como diretório comum. Exemplo: redis://127.0.0.1:6379",
  "options.server.metrics_port":
    "Mostra números por HTTP nesta porta TCP: /metrics e /health; 0 usa qualquer porta livre.",
  "options.server.metrics_host":
    "Endereço para --metrics-port; quem o alcança vê os números (padrão {default}).",

  "options.peer.brief":
    "Conversa diretamente com outras pessoas, que são encontradas por meio de um servidor.",
  "options.peer.server":
    "Endereço do servidor, com a porta do chat se não for a usual; um endereço IPv6 com porta vai entre colchetes.",
  "options.peer.chat_port": "Porta TCP do chat direto no servidor (padrão {default}).",
  "options.peer.registry_port": "Porta TCP do registro no servidor (padrão {default}).",
  "options.peer.name": "Seu nome de usuário.",
  "options.peer.namespace": "O grupo a que você pertence (padrão {default}).",
  "options.peer.listen":
    "Porta TCP em que os outros chegam até você; se ocupada, a próxima livre (padrão: qualquer porta livre).",
  "options.peer.trace": "Mostra cada mensagem de protocolo enviada e recebida.",
  "options.peer.no_color": "Não usa cores.",
  "options.peer.serve": "Também hospeda o servidor neste programa.",

  "options.peer.mic":
    "Microfone: auto usa o primeiro que funcionar, none nenhum, file:CAMINHO um arquivo WAV, tone:HZ um tom (de 50 a 20000), ou um aparelho de /devices (padrão auto).",
  "options.peer.speaker":
    "Alto-falante: auto usa o primeiro que funcionar, none nenhum, file:CAMINHO grava um arquivo WAV, de novo a cada vez, ou um aparelho de /devices (padrão auto).",
  "options.peer.call_port":
    "Porta UDP das ligações; se ocupada, a próxima livre; 0 usa qualquer porta livre (padrão {default}).",
  "options.peer.half_duplex": "Contra eco: fecha o microfone enquanto o outro lado fala.",
  "options.peer.share": "Compartilha as músicas desta pasta; pode ser repetida para mais pastas.",
  "options.peer.downloads":
    "Pasta dos downloads (padrão: downloads, onde o programa foi iniciado).",
  "options.peer.music_port":
    "Porta UDP das músicas; se ocupada, a próxima livre; 0 usa qualquer porta livre (padrão {default}).",
  "options.peer.max_upload":
    "O máximo enviado a quem ouve, em bytes por segundo: 500k, 2M; 0 é sem limite (padrão 0).",
  "options.peer.cache": "Pasta em que ficam as músicas já tocadas.",
  "options.peer.cache_size": "Tamanho dessa pasta: 500M, 2G (padrão {default}).",
  "options.peer.quiet":
    "Não imprime as mensagens de ligações e do seu registro enviadas e recebidas.",

  "options.lang": "Idioma: auto usa o do sistema (padrão auto).",
  "options.log_file": "Também grava um registro neste arquivo; precisa de --allow-write.",

  "options.value.name": "NOME",
  "options.value.namespace": "NAMESPACE",
  "options.value.port": "PORTA",
  "options.value.count": "N",
  "options.value.host": "ENDEREÇO",
  "options.value.server": "ENDEREÇO[:PORTA]",
  "options.value.language": "IDIOMA",
  "options.value.file": "ARQUIVO",
  "options.value.folder": "PASTA",
  "options.value.rate": "TAXA",
  "options.value.size": "TAMANHO",
  "options.value.url": "URL",
  "options.value.sound": "APARELHO",

  "options.error": "Erro: {problem}",
  "options.error.help": "Todas as opções: {command}",
  "options.fault.port":
    "{option} recebe uma porta de {least} a 65535, não “{value}”. Exemplo: {option} 20000",
  "options.fault.count":
    "{option} recebe um número inteiro de 1 a {most}, não “{value}”. Exemplo: {option} 100",
  "options.fault.host":
    "{option} recebe um endereço IP ou o nome de uma máquina, não “{value}”. Exemplo: {option} 192.168.0.10",
  "options.fault.server":
    "{option} recebe um endereço, sozinho ou com porta, não “{value}”. Exemplos: {option} 192.168.0.10, {option} 192.168.0.10:10000, {option} [::1]:10000",
  "options.fault.server_port":
    "A porta em “{value}” é grande demais: portas vão de 1 a 65535. Exemplo: {option} 192.168.0.10:10000",
  "options.fault.lang": "{option} recebe auto, en ou pt, não “{value}”. Exemplo: {option} pt",
  "options.fault.file": "{option} recebe o caminho de um arquivo. Exemplo: {option} prosa.log",
  "options.fault.folder":
    '{option} recebe o caminho de uma pasta. Exemplo: {option} "Minhas músicas"',
  "options.fault.data_folder":
    "{option} recebe o caminho de uma pasta. Exemplo: {option} diretorio",
  "options.fault.rate":
    "{option} recebe bytes por segundo, com k ou M para mais, ou 0 para não ter limite, não “{value}”. Exemplo: {option} 500k",
  "options.fault.size":
    "{option} recebe um número de bytes, com M ou G para mais, não “{value}”. Exemplo: {option} 500M",
  "options.fault.mic":
    "{option} recebe auto, none, file:CAMINHO, tone:HZ com {least} a {most} Hz, ou um aparelho de /devices, não “{value}”. Exemplo: {option} tone:440",
  "options.fault.speaker":
    "{option} recebe auto, none, file:CAMINHO, ou um aparelho de /devices, não “{value}”. Exemplo: {option} file:ligacao.wav",
  "options.fault.name": "{option} não aceita “{value}”. {fault}",
  "options.fault.value_missing": "Falta o valor de {option}: {form}",
  "options.fault.twice": "{option} apareceu mais de uma vez. Use uma só.",
  "options.fault.no_value":
    "{option} não recebe valor, mas veio “{value}”. Escreva apenas {option}",
  "options.fault.unknown": "A opção {option} não existe.",
  "options.fault.unknown_near": "A opção {option} não existe. Você quis dizer {nearest}?",
  "options.fault.command_near":
    "“{word}” não é uma opção. Você quis dizer o comando {command}? Ele vem antes de todas as opções.",
  "options.fault.extra":
    "“{word}” não é uma opção. Opções começam com --; um valor com espaços vai entre aspas.",
  "options.fault.two_ports":
    "--server indica a porta {address} e --chat-port indica {option}. Use só uma das duas.",
  "options.fault.serve_and_server":
    "--serve hospeda o servidor neste programa e --server indica outro. Use só uma das duas.",
  "options.fault.store":
    "{option} recebe o endereço de um Redis. Exemplos: {option} redis://127.0.0.1:6379, {option} rediss://usuario:senha@host/0",
  "options.metrics_at": "Números: {address}",
  "options.fault.metrics_host":
    "--metrics-host precisa também de --metrics-port. Exemplo: --metrics-port 9100",
  "options.fault.data_and_store":
    "--data guarda o diretório em uma pasta e --store em um Redis. Use só uma das duas.",
  "options.fault.shell":
    "--completion recebe bash, zsh, fish, nu ou pwsh, não “{value}”. Exemplo: --completion bash",
  "options.fault.shell_missing": "Falta o shell de --completion. Exemplo: --completion bash",
};
