import { createHash } from 'node:crypto';

/** How the token of a task looks: what it stands for, and a sum over it, so that mistyped ones can be told. */
const FORM = /^AQC([\w-]{64})([\w-]{22})$/;

/** The token of one attempt at a task, which depends on `seed` alone. */
export function taskToken(seed: string): string {
  const body = createHash('sha384').update(seed).digest('base64url');
  return `AQC${body}${sumOf(body)}`;
}

/** Whether a text has the form of a token; whether its task exists is another question. */
export function isTaskToken(text: string): boolean {
  const [, body = '', sum] = FORM.exec(text) ?? [];
  return sum === sumOf(body);
}

const sumOf = (body: string): string => createHash('md5').update(body).digest('base64url');
