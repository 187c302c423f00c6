import { createHash } from 'node:crypto';

/** Form of a task token: a hash of its seed and a checksum over it, to detect mistyped tokens. */
const FORM = /^AQC([\w-]{64})([\w-]{22})$/;

/** The token of one attempt at a task, which depends on `seed` alone. */
export function taskToken(seed: string): string {
  const body = createHash('sha384').update(seed).digest('base64url');
  return `AQC${body}${sumOf(body)}`;
}

/** True if a text has the form of a token. Its task need not exist. */
export function isTaskToken(text: string): boolean {
  const [, body = '', sum] = FORM.exec(text) ?? [];
  return sum === sumOf(body);
}

const sumOf = (body: string): string => createHash('md5').update(body).digest('base64url');
