import type { Problem } from './problem.ts';

/** Text of a file, or the place from which on it is not UTF-8. */
export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Problem };

/** Reads the bytes of a file as UTF-8. Any other encoding is a problem: a replaced character would be written back. */
export function fileText(bytes: Uint8Array): FileText {
  const wide = wideEncodingOf(bytes);
  if (wide !== undefined) return { ok: false, problem: { ...wide, ...expected, line: 1, column: 1 } };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const at = firstReplaced(bytes, text);
  if (at === undefined) return loneReturn(text) ?? { ok: true, text };
  const lines = text.slice(0, at.character).split('\n');
  const got = `the byte 0x${(bytes[at.byte] ?? 0).toString(16)}`;
  const what = 'the file is not in UTF-8, perhaps in Windows-1252';
  const place = { line: lines.length, column: (lines.at(-1)?.replace(/^\uFEFF/, '').length ?? 0) + 1 };
  return { ok: false, problem: { what, got, ...expected, ...place } };
}

/** A carriage return that ends a line alone: the parser of YAML takes it for a blank, and the lines for one. */
function loneReturn(text: string): FileText | undefined {
  const [before] = text.split(/\r(?!\n)/, 1);
  if (before === undefined || before.length === text.length) return undefined;
  const lines = before.split('\n');
  const problem = {
    what: 'a line ends with a carriage return (CR) alone',
    got: '0x0d without 0x0a',
    expected: 'lines that end with LF, or with CR and LF',
    fix: 'save the file with LF line ends in your editor',
    line: lines.length,
    column: (lines.at(-1)?.replace(/^\uFEFF/, '').length ?? 0) + 1,
  };
  return { ok: false, problem };
}

const expected = { expected: 'a text in UTF-8', fix: 'save it as UTF-8 in your editor' };

/** UTF-16 and UTF-32 have zeros in the first characters of an ASCII text, or a mark that says so. */
function wideEncodingOf([first, second, third, fourth]: Uint8Array): { what: string; got: string } | undefined {
  const mark = [first, second].map((byte) => (byte ?? 1).toString(16)).join(' ');
  const isMarked = mark === 'ff fe' || mark === 'fe ff';
  const hasZero = first !== undefined && [first, second, third, fourth].includes(0);
  if (!isMarked && !hasZero) return undefined;
  return { what: 'the file is not in UTF-8, but in UTF-16 or UTF-32', got: `the bytes ${mark}` };
}

/** The first character that stands for bytes which are not UTF-8, and the first of these bytes. */
function firstReplaced(bytes: Uint8Array, text: string): { character: number; byte: number } | undefined {
  let byte = 0;
  for (let character = text.indexOf('\uFFFD'), from = 0; character >= 0; character = text.indexOf('\uFFFD', from)) {
    byte += Buffer.byteLength(text.slice(from, character));
    // The character itself may be in the file.
    if (!(bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd)) return { character, byte };
    byte += 3;
    from = character + 1;
  }
  return undefined;
}
