import { createHash } from 'node:crypto';
import type { Json } from '@crosswind/aws/json';
import { IntrinsicFailed, textAt } from './intrinsic.ts';
import type { Intrinsic } from './intrinsic.ts';

const HASHES = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** Longest text that is encoded, decoded or hashed. */
const MAX_TEXT = 10_000;

export const texts: Readonly<Record<string, Intrinsic>> = {
  Format: { parameters: [1, Infinity], call: (args) => format(textAt(args, 0), args.slice(1)) },
  StringSplit: { parameters: [2, 2], call: (args) => split(textAt(args, 0), textAt(args, 1)) },
  Base64Encode: {
    parameters: [1, 1],
    call: (args) => Buffer.from(textAt(args, 0, MAX_TEXT)).toString('base64'),
  },
  Base64Decode: { parameters: [1, 1], call: (args) => decode(textAt(args, 0, MAX_TEXT)) },
  Hash: { parameters: [2, 2], call: ([data = null, algorithm = null]) => hash(asText(data), algorithm) },
};

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Puts the values where `{}` stands; `\{`, `\}`, `\'` and `\\` stand for themselves. */
function format(template: string, values: readonly Json[]): string {
  let used = 0;
  const text = template.replace(/\\(.)|\{\}|[{}\\]/gsu, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (found !== '{}') throw new IntrinsicFailed(`"${found}" must be written as "\\${found}"`);
    const value = values[used++];
    return value === undefined ? '' : asText(value);
  });
  if (used === values.length) return text;
  throw new IntrinsicFailed(`the template has ${used} times {}, but there are ${values.length} values for it`);
}

/** Every character of `separators` separates; nothing between two of them is left out. */
function split(text: string, separators: string): readonly string[] {
  const parts = [''];
  for (const letter of text) {
    if (separators.includes(letter)) parts.push('');
    else parts.push((parts.pop() ?? '') + letter);
  }
  return parts.filter((part) => part !== '');
}

function decode(text: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new IntrinsicFailed('the string is not Base64');
  return Buffer.from(text, 'base64').toString();
}

function hash(text: string, algorithm: Json): string {
  if (typeof algorithm !== 'string' || !HASHES.includes(algorithm)) {
    throw new IntrinsicFailed(`the algorithm must be one of ${HASHES.join(', ')}, got ${JSON.stringify(algorithm)}`);
  }
  if (text.length > MAX_TEXT) throw new IntrinsicFailed(`the data must have at most ${MAX_TEXT} characters`);
  return createHash(algorithm.replace('-', '')).update(text).digest('hex');
}
