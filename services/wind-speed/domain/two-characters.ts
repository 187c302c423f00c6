/** The two characters at `pair`, the first being the low byte, as a number; -1 when they are none. Blanks count as leading zeros. */
export const twoCharacters = new Int8Array(0x1_00_00).fill(-1);

for (let value = 0; value < 100; value += 1) {
  const digits = String(value).padStart(2, '0');
  for (const text of [digits, String(value).padStart(2), value === 0 ? '  ' : digits]) {
    twoCharacters[text.charCodeAt(0) + text.charCodeAt(1) * 256] = value;
  }
}
