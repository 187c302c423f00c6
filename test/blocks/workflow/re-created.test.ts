import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { expect, onTestFinished, test } from 'vitest';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { Workflow } from '../../../blocks/workflow/workflow.ts';
import { lifeOf } from '../../assembly/stacks-in.ts';
import { stackWith } from '../../synthesized.ts';

const account = '444444444444';

const { Resources } = stackWith((stack) => {
  const definition = Pass.jsonata(stack, 'Pass');
  const names = { stateMachineName: 'crosswind-tried-child', logRetention: RetentionDays.ONE_MONTH };
  new Workflow(stack, 'Workflow', { definition, timeoutMinutes: 5, ...names });
}).template.toJSON() as { readonly Resources: object };
/** Without the version of the bootstrap, which a stack of its own has not. */
const template = { Resources };

/** The same, but its log group stays when the stack goes. */
const keeping = JSON.parse(
  JSON.stringify(template).replace('"DeletionPolicy":"Delete"', '"DeletionPolicy":"Retain"'),
) as object;

/** Statuses of a stack that is created, deleted and created again in one sandbox. */
async function twice(body: object): Promise<readonly string[]> {
  const { identities, sessions, endpointUrl: endpoint, close } = await openSandbox();
  onTestFinished(close);
  addAdminRole(identities, { account, partition: 'aws' });
  const roleArn = `arn:aws:iam::${account}:role/${adminRoleName}`;
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${adminRoleName}/person`;
  const credentials = sessions.credentials({ kind: 'role', roleArn, sessionArn, account });
  const service = { endpoint, region: 'us-east-1', credentials };
  const lives = [await lifeOf(service, [body]), await lifeOf(service, [body])];
  return lives.map(([outcome]) => outcome?.status ?? '');
}

test('a stack with a workflow is created again after it was deleted', async () => {
  expect(await twice(template)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
});

test('it would not be if its log group stayed, because the name is taken then', async () => {
  const [first, second] = await twice(keeping);
  expect(first).toBe('CREATE_COMPLETE');
  expect(second).toMatch(/ROLLBACK_COMPLETE|ROLLBACK_FAILED|FAILED/);
});
