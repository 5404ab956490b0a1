/** What every message of a chain says: 100 bytes, plain text. */
export const PAYLOAD = "The quick brown fox jumps over the lazy dog. ".repeat(3).slice(0, 100);
