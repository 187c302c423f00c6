import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { deployedTenant } from '../../../cli/local/deployed-tenant.ts';
import { faultsOf } from '../../../cli/local/faults.ts';
import type { Explanation } from '../../../cli/why/explanation.ts';
import { sampleInput } from '../../services/word-count/sample.ts';
import { platformFile } from '../../platform-file.ts';
import { shippedPlatform, stackAt } from '../../synthesized.ts';
import { type Finished, crosswindIn } from '../crosswind.ts';
import { type DeployedPlatform, deployedPlatform } from '../deployed-platform.ts';
import { firstDeployment } from '../local/synthesized-workload.ts';

const tooling = '111111111111';
const parent = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';
const executionOf = (name: string): string => `${parent.replace(':stateMachine:', ':execution:')}:${name}`;
const mayRun = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: 'arn:aws:iam::*:role/crosswind-*-runner',
} as const;

let platform: DeployedPlatform;
let operator: NodeJS.ProcessEnv;
beforeAll(async () => {
  platform = await deployedPlatform();
  operator = platform.environmentOf(tooling, [mayRun]);
});
afterAll(() => platform.close());

/** The bucket that the child reads in the first wave. */
function sourceBucket(): string {
  const { resources } = stackAt(platform.stacks, 'Crosswind/dev-word-count/Child');
  return resources.find(({ path }) => path.endsWith('/Child/Source/Resource'))?.name ?? '';
}

const why = (arn: string, environment = operator): Promise<Finished> =>
  crosswindIn(environment, 'why', arn, '--file', platformFile, '--json');

async function explained(arn: string): Promise<Explanation> {
  const { code, stdout, stderr } = await why(arn);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Explanation;
}

/** Starts the parent and waits until it has ended, or for minutes of virtual time. */
async function run(name: string, input: JsonObject = sampleInput, minutes = 0): Promise<string> {
  const started = platform.sandbox.executions.start({ stateMachineArn: parent, name, input });
  if (!started.ok) throw new Error(started.message);
  if (minutes > 0) await platform.sandbox.settle(minutes);
  else await platform.sandbox.simulation.run(() => started.execution.outcome !== undefined);
  return started.execution.arn;
}

/** Runs with a fault planted, and takes it away again. */
async function withFault<Result>(id: string, use: () => Promise<Result>): Promise<Result> {
  const stacks = platform.stacks.filter(({ path }) => path.startsWith('Crosswind/dev-word-count/'));
  const fault = faultsOf([{ callers: ['parent'], called: 'child' }], []).find((each) => each.id === id);
  if (!fault) throw new Error(`there is no fault ${id}`);
  const planted = fault.plant(stacks, deployedTenant(firstDeployment(shippedPlatform), stacks, 'the assembly'));
  for (const stack of planted) await platform.sandbox.deploy(stack);
  try {
    return await use();
  } finally {
    for (const stack of stacks) await platform.sandbox.deploy(stack);
  }
}

const idsOf = ({ claims }: Explanation): readonly string[] => claims.map(({ id }) => id);

describe('crosswind why, over the runner roles', () => {
  test('finds nothing wrong with a run in which nothing is, and may read everything', async () => {
    const source = { bucket: sourceBucket(), key: 'texts/one.txt' };
    platform.sandbox.storage.seed(source, Buffer.from('a few words'));
    const explanation = await explained(await run('fine', { prefix: 'texts/' }));
    expect(explanation).toMatchObject({ execution: executionOf('fine'), unread: [] });
    expect(idsOf(explanation)).toEqual(['succeeded']);
  });

  test('names the statement that a parent lacks which waits for a child that has ended, by the policies of the role', async () => {
    const explanation = await withFault('describe-execution', async () =>
      explained(await run('stuck', sampleInput, 12)),
    );
    expect(explanation.claims[0]).toMatchObject({ id: 'stuck-parent', certain: true });
    expect(explanation.fixes[0]).toMatchObject({
      kind: 'statement',
      place: 'identity policy of arn:aws:iam::444444444444:role/crosswind-word-count-target',
      statement: { Action: 'states:DescribeExecution' },
    });
    expect(explanation.runbook).toBe('docs/runbooks/stuck-parents.md');
  });

  test('begins at a child as well, and finds its parent', async () => {
    const child = executionOf('stuck').replace('333333333333', '444444444444').replace('parent:', 'child:');
    const { claims, execution } = await explained(child);
    expect(execution).toBe(child);
    expect(claims.map((claim) => claim.execution)).toContain(child);
  });

  test('says of a state machine how its last run is', async () => {
    expect((await explained(parent)).execution).toBe(executionOf('stuck'));
  });

  test('is not certain where it may not read the policies of the role, and says what it could not read', async () => {
    const role = platform.sandbox.identities.role('arn:aws:iam::444444444444:role/crosswind-word-count-runner');
    const own = role?.policies.splice(0) ?? [];
    role?.policies.push(
      ...own.map((policy) => ({
        ...policy,
        document: {
          ...policy.document,
          Statement: [policy.document.Statement]
            .flat()
            .filter(({ Action }) => !JSON.stringify(Action).includes('iam:')),
        },
      })),
    );
    try {
      const explanation = await withFault('describe-execution', async () => {
        const arn = await run('unseen', sampleInput, 12);
        return explained(arn);
      });
      expect(explanation.claims[0]).toMatchObject({ id: 'stuck-parent', certain: false });
      expect(explanation.unread).toEqual([expect.stringContaining('is not authorized to perform: iam:GetRole')]);
      expect(explanation.fixes[0]).toMatchObject({ statement: { Action: 'states:DescribeExecution' } });
    } finally {
      role?.policies.splice(0, Infinity, ...own);
    }
  });

  test.each([
    ['trust', 'wrong-trust', 'trust policy'],
    ['external-id', 'wrong-external-id', 'trust policy'],
    ['start-execution', 'start-denied', 'identity policy'],
  ])('with the fault %s claims %s, and the statement in the %s', async (fault, id, document) => {
    const explanation = await withFault(fault, async () => explained(await run(fault)));
    expect(explanation.claims[0]).toMatchObject({ id, certain: true });
    expect(explanation.fixes[0]).toMatchObject({
      place: `${document} of arn:aws:iam::444444444444:role/crosswind-word-count-target`,
    });
  });

  test('says that nobody knows who stopped the parent, and where that is found', async () => {
    const ended = run('aborted', { prefix: 'texts/' });
    platform.sandbox.executions.stop(executionOf('aborted'));
    const explanation = await explained(await ended);
    expect(explanation.claims[0]?.id).toBe('aborted');
    expect(explanation.fixes[0]).toMatchObject({
      kind: 'command',
      command: expect.stringContaining('aws cloudtrail lookup-events') as string,
    });
  });
});

describe('wrong input', () => {
  test.each([
    ['nonsense', 'expected last, or the ARN of an execution or of a state machine'],
    ['arn:aws:states:us-east-1:333333333333:execution:crosswind-word-count-parent', 'expected last, or the ARN'],
    ['arn:aws:states:us-east-1:333333333333:stateMachine:a:b', 'expected last, or the ARN'],
    [
      'arn:aws:states:us-east-1:999999999999:execution:crosswind-word-count-parent:x',
      'no tenant of platform.yaml runs crosswind-word-count-parent in account 999999999999',
    ],
    [executionOf('nobody'), `of crosswind-word-count-parent the latest are ${parent.slice(0, 20)}`],
  ])('%s is refused', async (arn, message) => {
    const { code, stderr } = await why(arn);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  test('without the permission to assume the runner roles says which one is needed', async () => {
    const { code, stderr } = await why(executionOf('fine'), platform.environmentOf(tooling, []));
    expect(stderr).toContain('it needs sts:AssumeRole on arn:aws:iam::');
    expect(code).toBe(2);
  });
});
