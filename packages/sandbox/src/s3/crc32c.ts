/** The polynomial of Castagnoli, reflected (RFC 3720, section 12.1). */
const POLYNOMIAL = 0x82f6_3b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** CRC32C of a body whose beginning has the CRC32C `value`, and `piece` after it. */
export function crc32c(piece: Uint8Array, value = 0): number {
  let sum = ~value;
  for (const byte of piece) {
    sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0);
  }
  return ~sum >>> 0;
}
