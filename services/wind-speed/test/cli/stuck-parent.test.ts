import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { stacksInOrder } from '@crosswind/assembly/stacks-in-order';
import { type Sandbox, openSandbox } from '@crosswind/sandbox/sandbox';
import { deployBaseline } from '../../../../cli/local/deploy-baseline.ts';
import { deployedTenant } from '../../../../cli/local/deployed-tenant.ts';
import { faultsOf } from '../../../../cli/local/faults.ts';
import { firstDeployment } from '../../../../test/cli/local/synthesized-workload.ts';
import { sampleInput } from '../../sample/sample-run.ts';
import { platform } from '../platform.ts';
import { assembly } from './crosswind.ts';

const monitoring = { account: '222222222222', region: 'us-east-1' };
const parentArn = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-wind-speed-parent';
const minute = 60_000;

/** The platform in a sandbox, its target role in wave dev without the permission to describe executions if it is broken. */
async function deployed(isBroken: boolean): Promise<Sandbox> {
  const directory = await assembly();
  const waves = stacksInOrder(readAssembly(directory)).filter(({ name }) => name !== '');
  const sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
  await deployBaseline({ sandbox, platform, assembly: directory });
  const fault = faultsOf([{ callers: ['parent'], called: 'child' }], []).find(({ id }) => id === 'describe-execution');
  for (const { name, stacks } of waves) {
    const tenant = () => deployedTenant(firstDeployment(platform), stacks, directory);
    const planted = isBroken && name === 'dev' && fault ? fault.plant(stacks, tenant()) : stacks;
    for (const stack of planted) await sandbox.deploy(stack);
  }
  return sandbox;
}

/** Alarms that went off after a time, as `minute name`; of an alarm on a query, each of its lines. */
function fired(sandbox: Sandbox, since: number): readonly string[] {
  return sandbox.cloudWatch.alarms.of(monitoring).flatMap(({ name, history }) =>
    history.flatMap((event) => {
      if (event.kind !== 'state' || event.to.value !== 'ALARM' || event.at < since) return [];
      return [`${Math.ceil((event.at - since) / minute)} ${name}`];
    }),
  );
}

/** Longer than new alarms keep quiet. */
const warmUp = 32;

describe.each([
  ['without the permission to describe its child', true],
  ['with it', false],
])('a parent %s', (_, isBroken) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await deployed(isBroken);
    await sandbox.settle(warmUp);
  });
  afterAll(() => sandbox.close());

  test(isBroken ? 'pages within 25 minutes, once, and raises nothing else' : 'raises nothing', async () => {
    expect(fired(sandbox, 0)).toEqual([]);
    const since = sandbox.simulation.now();
    const started = sandbox.executions.start({ stateMachineArn: parentArn, name: 'night', input: sampleInput });
    expect(started.ok).toBe(true);
    await sandbox.settle(25);
    const alarms = fired(sandbox, since);
    expect(alarms.map((text) => text.split(' ')[1])).toEqual(isBroken ? ['crosswind-fleet-stuck-parents'] : []);
    const topic = 'arn:aws:sns:us-east-1:222222222222:crosswind-page';
    expect(sandbox.topics.deliveries.filter(({ topicArn }) => topicArn === topic)).toHaveLength(isBroken ? 1 : 0);
  });
});
