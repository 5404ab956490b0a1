/**
 * The programs that record, play and name devices: PulseAudio's and PipeWire's, then ALSA's.
 * A peer needs `--allow-run` for them, and starts no other.
 */
export const SOUND_PROGRAMS = ["parec", "pacat", "pactl", "arecord", "aplay"] as const;
