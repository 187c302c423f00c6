import { expect, test } from 'vitest';
import { deployedTenant } from '../../../../cli/local/deployed-tenant.ts';
import { faultsOf } from '../../../../cli/local/faults.ts';
import { changes } from '../../../../test/cli/local/changes.ts';
import { synthesizedWorkload } from '../../../../test/cli/local/synthesized-workload.ts';
import { local } from '../../local.ts';
import { workload } from '../../workload.ts';
import { platform } from '../platform.ts';

const { parent, child, deployment } = synthesizedWorkload(platform, workload);
const stacks = [parent, child];
const faults = faultsOf([], local.faults ?? []);

test.each([
  ['source-read', 'placement/Child/Child/Analyze/Role/DefaultPolicy/Resource', 's3:GetObject'],
  ['results-write', 'placement/Child/Child/Analyze/Role/DefaultPolicy/Resource', 's3:PutObject'],
])('%s takes one permission away in the workload as it is deployed, and nothing else', (id, path, action) => {
  const planted = faults.find((fault) => fault.id === id)?.plant(stacks, deployedTenant(deployment, stacks, 'cdk.out'));
  expect(changes(stacks, planted ?? [])).toEqual([
    { path, lost: [expect.objectContaining({ Action: action })], gained: [] },
  ]);
});

test('the faults are those above, and say what they take away', () => {
  expect(faults.map(({ id, title }) => `${id}: ${title}`)).toEqual([
    'source-read: the function that reads a batch may not read objects',
    'results-write: the function that reads a batch may not write its partial result',
  ]);
});
