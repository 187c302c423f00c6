import { describe, expect, test } from 'vitest';
import { credentialsFor, sessionArnIn } from '../../src/iam/session-credentials.ts';

const key = Buffer.alloc(32, 7);
const sessionArn = 'arn:aws:sts::444444444444:assumed-role/analyst/me';

describe('the credentials of a session', () => {
  test('look as those of STS do, and say that they are simulated', () => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(key, sessionArn);
    expect(accessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
    expect(secretAccessKey).toMatch(/^[\w+/]{40}$/);
    expect(sessionToken).toMatch(/^simulated-/);
  });

  test('are always the same for one key and session, and others for any other', () => {
    const all = [
      credentialsFor(key, sessionArn),
      credentialsFor(key, `${sessionArn}2`),
      credentialsFor(Buffer.alloc(32, 8), sessionArn),
    ];
    expect(credentialsFor(key, sessionArn)).toEqual(all[0]);
    for (const part of ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const) {
      expect(new Set(all.map((credentials) => credentials[part])).size).toBe(3);
    }
  });

  test('hold the session in their token, for whoever has the key', () => {
    const { sessionToken } = credentialsFor(key, sessionArn);
    expect(sessionArnIn(key, sessionToken)).toBe(sessionArn);
    expect(sessionArnIn(Buffer.alloc(32, 8), sessionToken)).toBeUndefined();
  });

  test.each([
    ['nothing', ''],
    ['no token of the sandbox', 'FwoGZXIvYXdzEXAMPLE'],
    ['a session without its seal', `simulated-${Buffer.from(sessionArn).toString('base64url')}.`],
    [
      'the seal of another session',
      credentialsFor(key, `${sessionArn}2`).sessionToken.replace(/^[^.]+/, 'simulated-YXJu'),
    ],
  ])('are not in %s', (_, token) => {
    expect(sessionArnIn(key, token)).toBeUndefined();
  });
});
