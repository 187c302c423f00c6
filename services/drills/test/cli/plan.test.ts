import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import { contractChanges } from '../../../../cli/plan/contract/contract-changes.ts';
import type { RunFigures, SideOfRun } from '../../../../cli/plan/runs/run-data.ts';
import { runChanges } from '../../../../cli/plan/runs/run-changes.ts';
import { changedAssembly, sideOf } from '../../../../test/cli/plan/changed-assembly.ts';
import { silent } from '../../../../test/cli/plan/interrupted.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { drillsOnly, platformFile } from '../platform.ts';

const { clone } = drillsOnly;
const assembly = temporaryDirectory();

beforeAll(() => synthesize({ clone, file: platformFile, directory: assembly, quickly: ['**'] }));

const props = () => ({ clone, terminal: silent, signal: new AbortController().signal });

const figuresOf = ({ figures, missing }: SideOfRun = { missing: 'there is no estimate' }): RunFigures => {
  if (!figures) throw new Error(missing);
  return figures;
};

/** The child's only state of the healthy drill waits, as long as a number of the input says. */
const seconds = '"Work":{"Type":"Wait","Seconds":"{% $states.input.seconds %}"';

describe('a child that works twice as long', () => {
  const after = () =>
    changedAssembly(assembly, [{ stack: 'drills/Child', from: seconds, to: seconds.replace(' %}', ' * 2 %}') }]);

  test('is a change of one state, and a run takes twice as long', async () => {
    const { workflows, estimates } = await runChanges(sideOf(assembly), sideOf(after()), props());
    expect(workflows.map(({ states }) => states.map(({ path, fields }) => [path, fields]))).toEqual([
      [
        [
          ['Work'],
          [{ path: 'Seconds', before: '{% $states.input.seconds %}', after: '{% $states.input.seconds * 2 %}' }],
        ],
      ],
    ]);
    expect(estimates).toMatchObject([{ tenant: 'drills', wave: 'dev', workload: 'drills', alike: [] }]);
    const [old, young] = [figuresOf(estimates[0]?.before), figuresOf(estimates[0]?.after)];
    expect(old).toMatchObject({ status: 'SUCCEEDED', deniedCalls: 0, alarms: [] });
    expect(young.seconds - old.seconds).toBeCloseTo(60, -1);
    expect(young.dollars).toBeCloseTo(old.dollars, 4);
  });

  test('is compatible with its parent', async () => {
    const { checks } = await contractChanges(sideOf(assembly), sideOf(after()), props());
    expect(checks).toMatchObject([{ tenant: 'drills', changedStages: ['child'], input: 'sample', differences: [] }]);
    expect(checks[0]?.missing).toBeUndefined();
  });
});

test('a child that wants one more number is not compatible with its old parent', async () => {
  const after = changedAssembly(assembly, [
    { stack: 'drills/Child', from: '$exists($i.drill)', to: '$exists($i.drill) and $exists($i.speed)' },
    { stack: 'drills/Child', from: '[\\"drill\\",', to: '[\\"drill\\",\\"speed\\",' },
    { stack: 'drills/Parent', from: '"Input":{"drill"', to: '"Input":{"speed":1,"drill"' },
  ]);
  const { checks } = await contractChanges(sideOf(assembly), sideOf(after), props());
  expect(checks[0]?.missing).toBeUndefined();
  expect(checks[0]?.differences).toMatchObject([
    {
      mix: { during: 'deploying' },
      what: 'status',
      stage: 'child',
      state: 'Is the input valid?',
      error: 'InvalidInput',
      missed: { path: '$.speed', expected: 1 },
    },
    {
      mix: { during: 'rolling back' },
      what: 'status',
      stage: 'child',
      state: 'Is the input valid?',
      error: 'InvalidInput',
    },
  ]);
});
