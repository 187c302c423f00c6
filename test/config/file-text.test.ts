import { expect, test } from 'vitest';
import { fileText } from '../../config/file-text.ts';
import { formatProblem } from '../../config/problem.ts';

const said = (bytes: Uint8Array): string => {
  const read = fileText(bytes);
  return read.ok ? read.text : formatProblem('platform.yaml', read.problem);
};

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

test.each([
  [
    'Windows-1252',
    Buffer.from('region: us-east-1\n# Zürich\n', 'latin1'),
    'platform.yaml:2:4 the file is not in UTF-8, perhaps in Windows-1252 (got the byte 0xfc; expected a text in UTF-8; save it as UTF-8 in your editor)',
  ],
  [
    'Windows-1252 after a letter of UTF-8 and a byte order mark',
    Buffer.concat([Buffer.from('\uFEFFä'), Buffer.from([0x80])]),
    'platform.yaml:1:2 the file is not in UTF-8, perhaps in Windows-1252 (got the byte 0x80; expected',
  ],
  [
    'UTF-8 whose lines end with a carriage return alone',
    Buffer.from('a: 1\r\nb: 2\rc: 3'),
    'platform.yaml:2:5 a line ends with a carriage return (CR) alone',
  ],
  [
    'UTF-8 that is cut off in a letter',
    Buffer.from('a: 1\nb: €').subarray(0, -1),
    'platform.yaml:2:4 the file is not in UTF-8, perhaps in Windows-1252 (got the byte 0xe2; expected',
  ],
  [
    'UTF-16',
    utf16('\uFEFFregion: us-east-1\n'),
    'platform.yaml:1:1 the file is not in UTF-8, but in UTF-16 or UTF-32 (got the bytes ff fe; expected a text in UTF-8; save it as UTF-8 in your editor)',
  ],
  ['UTF-16 without a mark', utf16('region: us-east-1\n'), 'platform.yaml:1:1 the file is not in UTF-8, but in UTF-16'],
  [
    'UTF-16, the high byte first',
    utf16('\uFEFFregion: x\n').swap16(),
    'platform.yaml:1:1 the file is not in UTF-8, but in',
  ],
])('a file in %s is refused at its line and column', (_, bytes, problem) => {
  expect(said(bytes)).toContain(problem);
});

test.each([
  ['nothing', ''],
  ['one letter', 'a'],
  ['letters beyond ASCII', '# Zürich, 東京, 🌬\nregion: eu-central-2\n'],
  ['a byte order mark', '\uFEFFregion: eu-central-2\n'],
  ['a replacement character of its own', '# \uFFFD\n'],
])('a file in UTF-8 with %s is read as it is', (_, text) => {
  expect(said(Buffer.from(text))).toBe(text);
});
