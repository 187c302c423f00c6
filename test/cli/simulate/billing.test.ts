import { expect, test } from 'vitest';
import { Billing } from '../../../cli/simulate/billing.ts';
import type { FunctionResource } from '@crosswind/assembly/functions';
import type { Execution } from '@crosswind/sandbox/sandbox';

const requests = { get: 500, put: 1, list: 0 };

/** An Express child that ran for so long. */
const child = (milliseconds: number, type: Execution['type'] = 'EXPRESS'): Execution =>
  ({ type, startedAt: 1_000, stoppedAt: 1_000 + milliseconds }) as Execution;

test('a bill is what AWS would ask for, line by line', () => {
  const arm = { memoryMegabytes: 2_048, architecture: 'arm64' } as FunctionResource;
  const x86 = { memoryMegabytes: 512 } as FunctionResource;
  const billing = new Billing();
  // 1,200 batches of 10 s with 2 GB: 24,000 GB-s, as in the sketch of a run over 600,000 objects.
  for (let batch = 0; batch < 1_200; batch += 1) billing.invocation({ fn: arm, milliseconds: 10_000, requests });
  billing.invocation({ fn: x86, milliseconds: 3_000, requests: { get: 0, put: 0, list: 2 } });
  const { total, lines } = billing.bill({
    transitions: 2_000,
    // 100 ms steps of 64 MB: 8 s and 100 ms are half a GB-s and 0.00625; a Standard child is billed by its transitions.
    children: [child(8_000), child(1), child(60_000, 'STANDARD')],
    putsAndLists: 600,
  });
  expect(lines.map(({ item, quantity, cost }) => [item, quantity, cost])).toEqual([
    ['Standard, state transitions', 2_000, 0.05],
    ['Express, requests', 2, 0.000_002],
    ['Express, duration', 0.506_25, 0.000_008],
    ['requests', 1_201, 0.000_24],
    // 24,000 * 0.0000133334
    ['duration, arm64', 24_000, 0.320_002],
    // 3 s with half a GB
    ['duration, x86', 1.5, 0.000_025],
    ['GET requests', 600_000, 0.24],
    // 1,200 puts and 2 lists of functions, 600 of Step Functions
    ['PUT and LIST requests', 1_802, 0.009_01],
  ]);
  expect(total).toBeCloseTo(0.05 + 0.000_01 + 0.000_24 + 0.320_002 + 0.000_025 + 0.24 + 0.009_01, 5);
});

test('a bill without anything is empty', () => {
  expect(new Billing().bill({ transitions: 0, children: [], putsAndLists: 0 })).toEqual({
    currency: 'USD',
    total: 0,
    lines: [],
  });
});
