import { beforeAll, expect, test } from 'vitest';
import { contractChanges } from '../../../../cli/plan/contract/contract-changes.ts';
import type { ContractCheck } from '../../../../cli/plan/runs/run-data.ts';
import { changedAssembly, type Replacement, sideOf } from '../../../../test/cli/plan/changed-assembly.ts';
import { silent } from '../../../../test/cli/plan/interrupted.ts';
import { windSpeed } from '../platform.ts';
import { assembly } from './crosswind.ts';

beforeAll(assembly);

const { clone } = windSpeed;

const checkOf = async (replacements: readonly Replacement[]): Promise<ContractCheck | undefined> => {
  const [before, after] = [sideOf(await assembly()), sideOf(changedAssembly(await assembly(), replacements))];
  const { checks } = await contractChanges(before, after, {
    clone,
    terminal: silent,
    signal: new AbortController().signal,
  });
  expect(checks.map(({ tenant, missing }) => [tenant, missing])).toEqual([['wind-speed', undefined]]);
  return checks[0];
};

/** An object with another name of a field. */
const renamed = (object: string, from: string, to: string): string =>
  `$merge([$sift(${object}, function($v, $k) { $k != '${from}' }), { '${to}': ${object}.${from} }])`;

test('a mean that the child calls by another name is missed by the old parent; the new one knows both names', async () => {
  const payload = '"consolidated":"{% $states.input.consolidated %}"}},"Output":"{% $states.result.Payload %}"';
  const result = '"result":"{% $states.input.Output %}"';
  const check = await checkOf([
    {
      stack: 'wind-speed/Child',
      from: payload,
      to: payload.replace('$states.result.Payload', () => renamed('$states.result.Payload', 'meanMph', 'mph')),
    },
    {
      stack: 'wind-speed/Parent',
      from: result,
      to: result.replace('$states.input.Output', () => renamed('$states.input.Output', 'mph', 'meanMph')),
    },
  ]);
  expect(check?.differences).toMatchObject([
    {
      mix: { during: 'deploying' },
      what: 'problems',
      stage: 'parent',
      state: 'Outcome',
      old: [],
      new: [],
      mixed: [expect.stringMatching(/^result\.meanMph must be .*, got nothing$/)],
      missed: { path: '$.Output.meanMph' },
    },
  ]);
});

test('other timeouts of both stages are compatible: what the functions wrote is the same', async () => {
  const check = await checkOf([
    { stack: 'wind-speed/Child', from: '"TimeoutSeconds":305', to: '"TimeoutSeconds":290' },
    { stack: 'wind-speed/Parent', from: '"TimeoutSeconds":4500', to: '"TimeoutSeconds":4400' },
  ]);
  expect(check).toMatchObject({ changedStages: ['child', 'parent'], input: 'sample', differences: [] });
  expect(check?.mixes).toHaveLength(2);
});
