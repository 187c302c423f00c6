import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { crosswind as command } from '../../cli/main.ts';
import { platformFile } from '../platform-file.ts';
import { clone } from '../workloads.ts';
import { crosswind, spawnCrosswind, spawnInstalled } from './crosswind.ts';

test('a test that runs a command must name a platform, because the file of the clone belongs to its operator', async () => {
  await expect(crosswind('config', '--json')).rejects.toThrow('crosswind config --json would read platform.yaml');
  expect(await crosswind('config', platformFile, '--json')).toMatchObject({ code: 0 });
});

test('an error that is not ours has exit code 2, and says where it was', async () => {
  const said: string[] = [];
  const broken: Io = {
    stdout: {
      write: () => {
        throw new TypeError('planted');
      },
    },
    stderr: { write: (text) => said.push(text) },
    signals: new EventEmitter(),
    exit: () => undefined,
  };
  expect(await command(['config', platformFile], broken, clone)).toBe(2);
  expect(said.join('')).toMatch(/TypeError: planted\n +at /);
});

describe('the process of a command', () => {
  test('prints what the command prints in a test, without colors off a terminal', async () => {
    const spawned = await spawnCrosswind({}, 'config', platformFile).finished;
    expect(spawned).toEqual(await crosswind('config', platformFile));
    expect(spawned.stdout).not.toContain('\u001B');
    expect(await spawnInstalled({}, 'config', '--help').finished).toEqual(await crosswind('config', '--help'));
  });

  test.each<[code: number, what: string, args: readonly string[], message: string]>([
    [1, 'a usage error', ['starts', platformFile], "error: unknown command 'starts'"],
    [
      1,
      'wrong input',
      ['config', 'no/such/platform.yaml'],
      'cannot read no/such/platform.yaml: there is no such file; name the platform.yaml of your clone, or leave the file out',
    ],
  ])('has exit code %i after %s', async (code, _, args, message) => {
    const finished = await spawnInstalled({}, ...args).finished;
    expect(finished).toMatchObject({ code, stdout: '' });
    expect(finished.stderr).toContain(message);
  });

  test('finishes its work when nobody reads what it prints', async () => {
    const { child, finished } = spawnCrosswind({}, 'config', platformFile);
    child.stdout.destroy();
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
  });
});
