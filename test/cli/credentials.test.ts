import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { credentialsKey, credentialsKeyFile } from '../../cli/local/credentials-key.ts';
import { defaultPort } from '../../cli/local/default-port.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';

const file = ['--file', platformFile];

const credentials = async (...args: readonly string[]): Promise<Readonly<Record<string, string>>> => {
  const { code, stdout } = await crosswind('credentials', ...file, ...args, '--port', '4566', '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, string>;
};

describe('crosswind credentials', () => {
  test('prints what a shell exports', async () => {
    const { code, stdout, stderr } = await crosswind('credentials', ...file, 'word-child-dev', '--port', '4566');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const token = Buffer.from('arn:aws:sts::444444444444:assumed-role/crosswind-sandbox-operator/crosswind').toString(
      'base64url',
    );
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^export AWS_ACCESS_KEY_ID=ASIA[A-F0-9]{16}$/),
      expect.stringMatching(/^export AWS_SECRET_ACCESS_KEY=[\w+/]{40}$/),
      expect.stringMatching(new RegExp(`^export AWS_SESSION_TOKEN=simulated-${token}\\.[\\w-]{43}$`)),
      'export AWS_REGION=us-east-1',
      'export AWS_DEFAULT_REGION=us-east-1',
      'export AWS_ENDPOINT_URL=http://127.0.0.1:4566',
    ]);
  });

  test('says where `crosswind sandbox` serves unless told otherwise', async () => {
    expect((await crosswind('credentials', '--help')).stdout.replace(/\s+/g, ' ')).toContain(`now, or ${defaultPort})`);
    const { stdout } = await crosswind('sandbox', '--help');
    expect(stdout.replace(/\s+/g, ' ')).toContain(`0 is a free one (default: ${defaultPort})`);
  });

  test('prints the same for an account and a role each time, and by name or id', async () => {
    const first = await credentials('word-child-dev', 'analyst');
    expect(await credentials('444444444444', 'analyst')).toEqual(first);
    for (const other of [
      await credentials('word-parent-dev', 'analyst'),
      await credentials('word-child-dev', 'analyst2'),
    ]) {
      for (const variable of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
        expect(other[variable]).not.toBe(first[variable]);
      }
    }
  });

  test.each([
    ['a name that is nearly right', ['word-child-div'], 'did you mean "word-child-dev"?'],
    ['an id that is nearly right', ['444444444445'], 'did you mean 444444444444?'],
    ['a role with its path', ['word-child-dev', 'teams/analyst'], 'without account and path'],
    ['an ARN', ['word-child-dev', 'arn:aws:iam::444444444444:role/a'], 'without account and path'],
    ['what is no port', ['word-child-dev', '--port', '0'], 'It must be a port, 1 to 65535'],
    ['no account', [], "missing required argument 'account'"],
  ])('refuses %s with exit code 1', async (_, args, message) => {
    const { code, stdout, stderr } = await crosswind('credentials', ...file, '--port', '4566', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('the key of a clone', () => {
  test('is made once, for one user alone, and is the same from then on', async () => {
    const root = temporaryDirectory();
    const keys = await Promise.all(Array.from({ length: 8 }, () => credentialsKey(root)));
    const [first] = keys;
    expect(first).toHaveLength(32);
    for (const key of [...keys, await credentialsKey(root)]) expect(key).toEqual(first);
    expect(statSync(credentialsKeyFile(root)).mode & 0o777).toBe(0o600);
  });

  test('is another one in another clone', async () => {
    expect(await credentialsKey(temporaryDirectory())).not.toEqual(await credentialsKey(temporaryDirectory()));
  });

  test.each([
    ['half a key', 'ab12', 'delete it'],
    ['anything else', 'x'.repeat(64), 'delete it'],
  ])('is refused when its file holds %s', async (_, text, message) => {
    const root = temporaryDirectory();
    mkdirSync(dirname(credentialsKeyFile(root)), { recursive: true });
    writeFileSync(credentialsKeyFile(root), text);
    await expect(credentialsKey(root)).rejects.toThrow(message);
    expect(readFileSync(credentialsKeyFile(root), 'utf8')).toBe(text);
  });

  test('cannot be kept below a file, which is said', async () => {
    const root = temporaryDirectory();
    writeFileSync(`${root}/node_modules`, '');
    await expect(credentialsKey(root)).rejects.toThrow('the key of this clone cannot be kept in');
  });
});
