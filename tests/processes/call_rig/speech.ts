import { SAMPLE_RATE } from "../../../lib/media/frame.ts";
import { Resampler } from "../../../lib/media/resampler.ts";
import { parseWav } from "./wav.ts";

/** What the two of a call say: sentences of many sounds, for long enough. */
const TEXTS = [
  "O rato roeu a roupa do rei de Roma, e a rainha, com raiva, resolveu remendar. " +
  "Amanhã cedo vamos à praia, se não chover; leve água, frutas e um chapéu. " +
  "Quem vem lá do outro lado da rua com aquele cachorro enorme? " +
  "Minha avó fazia bolo de fubá todo domingo, e a casa inteira cheirava a café. " +
  "O trem das onze já saiu, mas o próximo chega às sete e quarenta e cinco. " +
  "Por favor, fale mais devagar: a ligação está um pouco baixa. " +
  "Dezenove jogadores fugiram da chuva e ficaram embaixo da marquise.",
  "Três pratos de trigo para três tigres tristes, disse o menino, e todos riram. " +
  "A biblioteca abre às nove; você pode devolver os livros na segunda-feira. " +
  "Ontem à noite faltou luz no bairro, e ninguém sabia onde estavam as velas. " +
  "Zélia comprou queijo, azeite, pão fresco e um quilo de laranjas na feira. " +
  "Será que o médico consegue atender a gente antes do almoço? " +
  "Choveu tanto em julho que o rio quase chegou à porta da escola. " +
  "Ligue para mim assim que o avião pousar, não importa a hora.",
] as const;
const VOICES = ["pt-br", "pt-br+f3"] as const;
const LOUDEST = 20_000;

/**
 * Sentences that espeak-ng speaks, mono, 48 kHz, over and over until they are as long as wanted.
 *
 * @param who the one or the other of a call
 * @param folder for a file that is left there
 * @returns null where espeak-ng is not installed
 */
export async function spoken(
  who: 0 | 1,
  seconds: number,
  folder: string,
): Promise<Int16Array | null> {
  const file = `${folder}/espeak-${who}.wav`;
  const args = ["-v", VOICES[who], "-w", file, TEXTS[who]];
  try {
    const { success, stderr } = await new Deno.Command("espeak-ng", { args, stdout: "null" })
      .output();
    if (!success) throw new Error(`espeak-ng: ${new TextDecoder().decode(stderr)}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const { samples, rate } = parseWav(await Deno.readFile(file));
  const sound = new Resampler(rate, SAMPLE_RATE).process(samples);
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  return Int16Array.from(
    { length: Math.round(seconds * SAMPLE_RATE) },
    (_, n) => Math.round(sound[n % sound.length]! / loudest * LOUDEST),
  );
}
