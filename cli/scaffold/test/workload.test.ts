import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { type TriedWorkload, runInSandbox, synthesizedWorkload } from '../../../test/tried-workload.ts';
import { local } from '../local.ts';
import { workload } from '../workload.ts';

const tried: TriedWorkload = { workload, folder: resolve(import.meta.dirname, '..') };

const outcomeOf = async (input: Json, settings?: TriedWorkload['settings']) =>
  (await runInSandbox({ ...tried, settings }, input)).entry.outcome;

describe('a run in the sandbox', () => {
  test('of the sample has the output that the sample expects', async () => {
    const outcome = await outcomeOf(local.sample?.input ?? {});
    expect(outcome).toMatchObject({ status: 'SUCCEEDED' });
    expect(local.sample?.problems(outcome?.status === 'SUCCEEDED' ? outcome.output : null)).toEqual([]);
    expect(local.sample?.problems({ words: 5 })).toEqual(['words must be 6, got 5']);
  });

  test('lists as many words as the setting says', async () => {
    const input = { text: 'a b c d e' };
    expect(await outcomeOf(input)).toMatchObject({ output: { top: { length: 3 } } });
    expect(await outcomeOf(input, { topWords: 4 })).toMatchObject({ output: { top: { length: 4 } } });
  });

  test('without a text, as a schedule starts it, counts no word', async () => {
    expect(await outcomeOf({})).toEqual({ status: 'SUCCEEDED', output: { words: 0, top: [] } });
  });

  test('refuses an input that is not valid, and starts nothing', async () => {
    const { entry, stages } = await runInSandbox(tried, { text: 7 });
    expect(entry.outcome).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
    expect(stages.map(({ stage, execution }) => [stage, execution !== undefined])).toEqual([
      ['front', true],
      ['back', false],
    ]);
  });
});

describe('the templates', () => {
  const { stacks, errors } = synthesizedWorkload(tried);

  test('pass every policy, without a waiver', () => {
    expect(errors).toEqual([]);
  });

  test('have an alarm on the signal, with a runbook', () => {
    const alarms = stacks.flatMap(({ resources }) => resources.filter(({ path }) => path.includes('-slow/')));
    expect(alarms.map(({ properties }) => properties['AlarmDescription'])).toEqual([
      expect.stringMatching(/took a minute or more.*\/runbooks\/slow-count\.md/),
    ]);
  });
});
