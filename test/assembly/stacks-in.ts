import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { setTimeout as sleep } from 'node:timers/promises';

/** A stack after an operation. */
export interface Outcome {
  readonly status: string;
  /** Each as `Type LogicalId`, in alphabetical order. */
  readonly resources: readonly string[];
}

/** A service that answers CloudFormation, and whose credentials a client has. */
export type Service = Pick<CloudFormationClientConfig, 'endpoint' | 'region' | 'credentials'>;

const name = 'compared';

/** A stack's way through a service: created, updated with each further template, and deleted. */
export async function lifeOf(service: Service, templates: readonly object[]): Promise<readonly Outcome[]> {
  await bootstrap(service);
  const client = new CloudFormationClient({ ...service, maxAttempts: 1 });
  const [first, ...others] = templates.map((template) => ({
    StackName: name,
    TemplateBody: JSON.stringify(template),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  }));
  const { StackId: id = '' } = await client.send(new CreateStackCommand(first as never));
  const outcomes = [await outcomeOf(client, id)];
  for (const input of others) {
    await client.send(new UpdateStackCommand(input));
    outcomes.push(await outcomeOf(client, id));
  }
  await client.send(new DeleteStackCommand({ StackName: id }));
  const { status } = await outcomeOf(client, id);
  return [...outcomes, { status, resources: [] }];
}

/** The version of the bootstrap, which templates of the CDK read. */
async function bootstrap(service: Service): Promise<void> {
  const client = new SSMClient({ ...service, maxAttempts: 1 });
  const Name = '/cdk-bootstrap/crosswind/version';
  await client.send(new PutParameterCommand({ Name, Value: '33', Type: 'String', Overwrite: true }));
  client.destroy();
}

async function outcomeOf(client: CloudFormationClient, StackName: string): Promise<Outcome> {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const status = stack?.StackStatus ?? '';
    if (status.endsWith('_IN_PROGRESS')) {
      await sleep(20);
      continue;
    }
    if (status === 'DELETE_COMPLETE') return { status, resources: [] };
    const { StackResourceSummaries: all = [] } = await client.send(new ListStackResourcesCommand({ StackName }));
    const resources = all.map(
      ({ ResourceType, LogicalResourceId }) => `${ResourceType ?? ''} ${LogicalResourceId ?? ''}`,
    );
    return { status, resources: resources.sort() };
  }
}
