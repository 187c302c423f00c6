import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const bench = `${import.meta.dirname}/../../bench/run.mjs`;

test.each([
  ['an unknown option', ['--rounds', '9'], "Unknown option '--rounds'"],
  [
    'an unknown word',
    ['memory'],
    'expected one of lambda, sandbox, synth, simulation, gameday, gate, engine, hostile, console or nothing, got "memory"',
  ],
  ['two words', ['lambda', 'parse'], 'expected at most one word, got lambda parse'],
  ['no number of objects', ['--objects', '1e3'], '--objects: expected a number from 1 to 999999, got "1e3"'],
  ['no objects', ['--objects', '0'], '--objects: expected a number from 1 to 999999, got "0"'],
  ['a folder that is not there', ['--data', '/nowhere'], '--data: expected a folder of .csv objects, got /nowhere'],
  ['a folder without objects', ['--data', import.meta.dirname], '--data: expected a folder of .csv objects, got '],
  ['data for the simulation', ['simulation', '--data', 'x'], 'simulation does not take --data'],
  ['data for synth', ['synth', '--data', 'x'], 'synth does not take --data'],
  ['data for lambda', ['lambda', '--objects', '5'], 'lambda does not take --objects'],
])('the bench refuses %s', async (_, args, message) => {
  const refused = promisify(execFile)(process.execPath, [bench, ...args]);
  await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(message) as string });
});
