/** One second, in the project's unit of time: milliseconds. */
export const SECOND = 1000;
/** One minute in milliseconds. */
export const MINUTE = 60 * SECOND;
/** One hour in milliseconds. */
export const HOUR = 60 * MINUTE;
/** One kibibyte in bytes. */
export const KIB = 1024;
/** One mebibyte in bytes. */
export const MIB = 1024 * KIB;
