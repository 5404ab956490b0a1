/**
 * Captures as Wireshark reads them: the classic pcap format with microseconds, little-endian, each
 * packet an IPv4 datagram without anything in front of it (LINKTYPE_RAW).
 *
 * @module
 */

const MAGIC = 0xa1b2c3d4;
const LINKTYPE_RAW = 101;
const SNAPSHOT_LENGTH = 65_535;
const FILE_HEADER = 24;
const PACKET_HEADER = 16;
const IP_HEADER = 20;
const UDP_HEADER = 8;
const UDP = 17;
const LOOPBACK = 0x7f00_0001;
const TIME_TO_LIVE = 64;

/** A UDP datagram on 127.0.0.1. */
export interface CapturedDatagram {
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly payload: Uint8Array;
}

/** The first bytes of a capture. */
export function captureHeader(): Uint8Array {
  const view = new DataView(new ArrayBuffer(FILE_HEADER));
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAPSHOT_LENGTH, true);
  view.setUint32(20, LINKTYPE_RAW, true);
  return new Uint8Array(view.buffer);
}

/** One datagram of a capture, seen `at` milliseconds since 1970. */
export function captureRecord(at: number, datagram: CapturedDatagram): Uint8Array {
  const { sourcePort, targetPort, payload } = datagram;
  const length = IP_HEADER + UDP_HEADER + payload.length;
  const bytes = new Uint8Array(PACKET_HEADER + length);
  const record = new DataView(bytes.buffer, 0, PACKET_HEADER);
  const micros = Math.round(at * 1000);
  record.setUint32(0, Math.floor(micros / 1e6), true);
  record.setUint32(4, micros % 1e6, true);
  record.setUint32(8, length, true);
  record.setUint32(12, length, true);
  const ip = new DataView(bytes.buffer, PACKET_HEADER, IP_HEADER);
  ip.setUint8(0, 0x45);
  ip.setUint16(2, length);
  ip.setUint8(8, TIME_TO_LIVE);
  ip.setUint8(9, UDP);
  ip.setUint32(12, LOOPBACK);
  ip.setUint32(16, LOOPBACK);
  ip.setUint16(10, checksum(ip));
  const udp = new DataView(bytes.buffer, PACKET_HEADER + IP_HEADER, UDP_HEADER);
  udp.setUint16(0, sourcePort);
  udp.setUint16(2, targetPort);
  // The checksum stays 0, which in IPv4 says that there is none (RFC 768).
  udp.setUint16(4, UDP_HEADER + payload.length);
  bytes.set(payload, PACKET_HEADER + IP_HEADER + UDP_HEADER);
  return bytes;
}

/** A capture that is written datagram by datagram: the file is whole at any time. */
export class PcapWriter implements Disposable {
  private constructor(readonly file: Deno.FsFile) {}

  /** Begins a file anew. */
  static create(path: string): PcapWriter {
    const writer = new PcapWriter(
      Deno.openSync(path, { write: true, create: true, truncate: true }),
    );
    writer.#write(captureHeader());
    return writer;
  }

  /** Adds a datagram that was seen `at` milliseconds since 1970. */
  add(at: number, datagram: CapturedDatagram): void {
    this.#write(captureRecord(at, datagram));
  }

  [Symbol.dispose](): void {
    this.file.close();
  }

  #write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) from += this.file.writeSync(bytes.subarray(from));
  }
}

/** The checksum of an IPv4 header whose own checksum is 0 (RFC 1071). */
function checksum(header: DataView): number {
  let sum = 0;
  for (let at = 0; at < header.byteLength; at += 2) sum += header.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
