/**
 * Prints the speakers that the native library finds.
 *
 * @module
 */
import { NATIVE } from "../../../lib/runtime/sound/native.ts";

console.log(JSON.stringify(await NATIVE.devices("speaker")));
