import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { crosswind as command } from '../../cli/main.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
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

describe('the help', () => {
  /** Names of the commands that a help lists. */
  const listed = (help: string): readonly string[] =>
    [...(help.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z-]+)[ |]/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
  const helpOf = async (...names: readonly string[]): Promise<string> => (await crosswind(...names, '--help')).stdout;

  test('of every command names its exit codes, each with its meaning', async () => {
    const commands = listed(await helpOf());
    expect(commands).toEqual(expect.arrayContaining(['iam', 'preflight', 'quotas', 'account', 'annotations']));
    const silent: string[] = [];
    for (const command of commands) {
      const help = await helpOf(command);
      const inner = listed(help).map((name) => [command, name]);
      for (const names of inner.length > 0 ? inner : [[command]]) {
        const text = (await helpOf(...names)).replaceAll(/\s+/g, ' ');
        if (!/Exit codes: .*\b1 [a-z]/.test(text)) silent.push(names.join(' '));
      }
    }
    expect(silent).toEqual([]);
  });

  test('of the program says what a pipe does to them', async () => {
    expect(await helpOf()).toContain('set -o pipefail');
  });

  test.each(['iam', 'asl'])('of %s is right where the report cannot be written', async (command) => {
    const cases = join(temporaryDirectory(), 'cases.json');
    writeFileSync(cases, '[]');
    const finished = await crosswind(command, '--cases', cases, '--report', join(cases, 'report.json'));
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toContain('--report cannot be written');
    expect((await helpOf(command)).replaceAll(/\s+/g, ' ')).toMatch(
      /; 1 the file is wrong, .* or the report cannot be written/,
    );
  });
});
