/** CRC-64/NVME, reflected: the polynomial's upper and lower half (NVM Express, NVM Command Set Specification, 64b CRC). */
const POLYNOMIAL = { high: 0x9a6c9329, low: 0xac4bc9b5 };

/** The remainder of every byte, as upper and lower halves: JavaScript computes in 32 bits. */
const TABLE = remainders();

function remainders(): { high: Uint32Array; low: Uint32Array } {
  const table = { high: new Uint32Array(256), low: new Uint32Array(256) };
  for (let byte = 0; byte < 256; byte += 1) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = (low & 1) === 1;
      low = ((low >>> 1) | (high << 31)) ^ (odd ? POLYNOMIAL.low : 0);
      high = (high >>> 1) ^ (odd ? POLYNOMIAL.high : 0);
    }
    table.high[byte] = high;
    table.low[byte] = low;
  }
  return table;
}

/** The running CRC-64/NVME of a body that comes in pieces; the AWS CLI sends it by default. */
export class Crc64Nvme {
  #high = ~0;
  #low = ~0;

  update(piece: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    for (const byte of piece) {
      const at = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (TABLE.low[at] ?? 0);
      high = (high >>> 8) ^ (TABLE.high[at] ?? 0);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.#high >>> 0, 0);
    bytes.writeUInt32BE(~this.#low >>> 0, 4);
    return bytes;
  }
}
