const HEADER_BYTES = 4;

/**
 * Packs records as the generators read them: for each its length (32 bits, little-endian), then
 * its bytes.
 */
export function packRecords(records: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = records.reduce((sum, record) => sum + HEADER_BYTES + record.length, 0);
  const packed = new Uint8Array(size);
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const record of records) {
    view.setUint32(at, record.length, true);
    packed.set(record, at + HEADER_BYTES);
    at += HEADER_BYTES + record.length;
  }
  return packed;
}

/**
 * The records that {@link packRecords} packed.
 *
 * @throws {RangeError} where the bytes end within a record
 */
export function unpackRecords(packed: Uint8Array): Uint8Array[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const records: Uint8Array[] = [];
  let at = 0;
  while (at < packed.length) {
    const start = at + HEADER_BYTES;
    at = start + view.getUint32(at, true);
    if (at > packed.length) throw new RangeError("the bytes end within a record");
    records.push(packed.subarray(start, at));
  }
  return records;
}
