/**
 * While it is not disposed of, writing to files fails as on a full disk.
 *
 * @param room bytes that are taken before that
 */
export function fullDisk(room = 0): Disposable {
  const { write } = Deno.FsFile.prototype;
  let left = room;
  Deno.FsFile.prototype.write = async function (bytes) {
    if (left < bytes.length) {
      const error = new Error("No space left on device (os error 28)");
      throw Object.assign(error, { code: "ENOSPC" });
    }
    left -= bytes.length;
    return await write.call(this, bytes);
  };
  return { [Symbol.dispose]: () => void (Deno.FsFile.prototype.write = write) };
}
