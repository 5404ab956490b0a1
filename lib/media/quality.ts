/** What is known of a call, one way. */
export interface PathQuality {
  /** From mouth to ear, in milliseconds. */
  readonly delay: number;
  /** Part of the frames that had to be concealed, repairs not counted, 0–1. */
  readonly concealed: number;
}

/** An estimate of how a call is heard. */
export interface Quality {
  /** Transmission rating of the E-model, 0–93. */
  readonly rating: number;
  /** Mean opinion score, 1 (bad) to 4.4 (as good as a telephone gets). */
  readonly score: number;
}

/** Rating of a call without any fault: ITU-T G.107, all values at their defaults. */
const FAULTLESS = 93.2;
/** Robustness against random loss of a codec that conceals: ITU-T G.113, appendix I. */
const ROBUSTNESS = 25.1;

/**
 * The quality of a call by the E-model (ITU-T G.107) with everything but delay and loss at its default.
 * The model knows telephones: a wide band sounds better than it can say.
 */
export function qualityOf({ delay, concealed }: PathQuality): Quality {
  const percent = 100 * concealed;
  const byDelay = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const byLoss = 95 * percent / (percent + ROBUSTNESS);
  const rating = Math.max(0, FAULTLESS - byDelay - byLoss);
  const score = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating);
  return { rating, score: Math.max(1, score) };
}
