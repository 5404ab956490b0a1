import type { sound as en } from "../en/sound.ts";

/** As `en/sound.ts`, in Brazilian Portuguese. */
export const sound: Readonly<Record<keyof typeof en, string>> = {
  "sound.microphone": "Microfone: {device}",
  "sound.speaker": "Alto-falante: {device}",
  "sound.nothing": "nenhum",
  "sound.no_microphone": "Sem microfone: {fault}",
  "sound.no_speaker": "Sem alto-falante: {fault}",
  "sound.microphone_lost": "O microfone parou: {fault} Ninguém mais ouve você.",
  "sound.speaker_lost": "O alto-falante parou: {fault} Você não ouve mais nada.",
  "sound.one_way.you_hear": "A ligação funciona em um só sentido: você ouve, mas não é ouvido.",
  "sound.one_way.you_speak":
    "A ligação funciona em um só sentido: você é ouvido, mas não ouve nada.",
  "sound.no_way": "A ligação funciona sem som: você não ouve nem é ouvido.",
  "sound.echo":
    "Microfone e alto-falante são da mesma placa de som, e o outro lado pode ouvir a si mesmo. Fones de ouvido ajudam, ou /half-duplex on",

  "sound.fault.none_found":
    "nenhum que funcione foi encontrado. /devices mostra o que há; {option} escolhe um ao iniciar o programa.",
  "sound.fault.not_found": "“{wanted}” não existe. /devices mostra o que há para {option}.",
  "sound.fault.permission": "falta uma permissão. Inicie o programa com {flag}.",
  "sound.fault.no_wav":
    "“{wanted}” não é um arquivo WAV que se possa ler. Escolha outro com {option} file:<caminho>.",
  "sound.fault.gives_nothing":
    "“{wanted}” existe, mas não dá som. /devices mostra o que mais há para {option}.",
  "sound.fault.file":
    "“{wanted}” não pode ser usado: {reason}. Escolha outro arquivo com {option} file:<caminho>.",
  "sound.fault.failed":
    "“{wanted}” não funcionou ({detail}). /devices mostra o que mais há para {option}.",

  "sound.no_sound": "Há 3 s não chega som. O que verificar:",
  "sound.only_silence": "Há 3 s só chega silêncio: a conexão está boa. O que verificar:",
  "sound.no_sound.microphone": "no outro lado: o microfone (/calltest) e /mute off",
  "sound.no_sound.firewall": "nos dois lados: o firewall precisa deixar entrar {udp}",
  "sound.no_sound.network":
    "as redes: atrás de roteadores diferentes (NAT), dois computadores muitas vezes não se alcançam; na mesma rede ou por uma VPN, sim",
  "sound.back": "O som voltou a chegar.",

  "sound.muted": "Seu microfone está fechado. Para abrir: /mute off",
  "sound.unmuted": "Seu microfone está aberto. Para fechar: /mute on",
  "sound.volume": "Volume do outro lado: {percent} %",
  "sound.half_duplex.on":
    "Half-duplex: seu microfone fica fechado enquanto o outro lado fala. Para parar: /half-duplex off",
  "sound.half_duplex.off": "Full-duplex: os dois lados podem falar ao mesmo tempo.",

  "sound.devices.microphone": "Microfone",
  "sound.devices.speaker": "Alto-falante",
  "sound.devices.in_use": "em uso",
  "sound.devices.no_microphone":
    "Sem microfone: o sistema não mostra nenhum. Conecte um e digite /devices de novo; sem ele, inicie o programa com {option} file:<caminho> para usar uma gravação (WAV).",
  "sound.devices.no_speaker":
    "Sem alto-falante: o sistema não mostra nenhum. Conecte um e digite /devices de novo; sem ele, inicie o programa com {option} file:<caminho> para gravar o que você ouviria (WAV).",
  "sound.devices.no_microphone_works":
    "Sem microfone: nenhum destes funciona. Outro programa pode estar usando o microfone; peer doctor diz o que há com cada um.",
  "sound.devices.no_speaker_works":
    "Sem alto-falante: nenhum destes funciona. Outro programa pode estar usando o alto-falante; peer doctor diz o que há com cada um.",
  "sound.devices.choose":
    "Para escolher, inicie o programa com {microphone} ou {speaker} e o que está nessa coluna. auto usa o primeiro que funcionar.",

  "sound.stats.round_trip": "Ida e volta (RTT)",
  "sound.stats.jitter": "Jitter",
  "sound.stats.loss_in": "Perda na entrada",
  "sound.stats.loss_out": "Perda na saída",
  "sound.stats.late": "Pacotes atrasados",
  "sound.stats.buffer_depth": "Buffer: pacotes",
  "sound.stats.buffer_delay": "Buffer: atraso",
  "sound.stats.buffer_target": "Buffer: alvo",
  "sound.stats.rate_in": "Taxa na entrada",
  "sound.stats.rate_out": "Taxa na saída",
  "sound.stats.duplication": "Envio em dobro",
  "sound.stats.level_in": "Nível na entrada",
  "sound.stats.level_out": "Nível na saída",
  "sound.stats.mouth_to_ear": "Da boca ao ouvido",
  "sound.stats.quality": "Qualidade (MOS)",
  "sound.stats.yes": "sim",
  "sound.stats.no": "não",
  "sound.quality.excellent": "excelente",
  "sound.quality.good": "boa",
  "sound.quality.fair": "razoável",
  "sound.quality.poor": "ruim",
  "sound.quality.bad": "péssima",

  "sound.test.speak": "Fale agora: o som é gravado e depois tocado de volta.",
  "sound.test.listen": "Agora você deve ouvir a si mesmo.",
  "sound.test.recording": "Gravando",
  "sound.test.playing": "Tocando",
  "sound.test.good":
    "O microfone funciona (pico de {peak} dBFS). Se você não se ouviu, é o alto-falante: /devices, e o volume do sistema.",
  "sound.test.low":
    "Quase nada foi gravado (pico de {peak} dBFS). O microfone pode estar mudo ou baixo no sistema, ou é outro: /devices",
  "sound.test.clipping":
    "A gravação está alta demais e distorcida (pico de {peak} dBFS). Diminua o microfone no sistema.",
  "sound.test.in_call":
    "Uma ligação precisa dos aparelhos. Encerre-a com /hangup e depois /calltest",
  "sound.test.interrupted":
    "O teste foi interrompido, ou outro ainda está em curso. Para começar de novo: /calltest",
};
