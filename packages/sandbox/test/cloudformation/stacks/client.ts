import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type CreateStackCommandInput,
  type Stack,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { onTestFinished } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { openSandbox, type Sandbox, type SandboxProps } from '../../../src/sandbox.ts';
import { allow, type Resources } from '../../../src/testing/literals.ts';

export const account = '444444444444';
export const region = 'us-east-1';

/** For resources that fail in their turn, and not before: names that are taken are no secret to early validation. */
export const notValidated = { DisableValidation: true } as const;

/** A person who may do everything in the account. */
export const everything = allow('*');

/** A client of CloudFormation and the sandbox that it calls, where it is a role with these statements. */
export async function cloudFormation(
  statements: readonly JsonObject[] = [everything],
  props: SandboxProps = {},
): Promise<{ readonly client: CloudFormationClient; readonly sandbox: Sandbox }> {
  const sandbox = await openSandbox(props);
  onTestFinished(() => sandbox.close());
  addRole(sandbox, 'person', statements);
  const sessionArn = `arn:aws:sts::${account}:assumed-role/person/me`;
  const roleArn = `arn:aws:iam::${account}:role/person`;
  const credentials = sandbox.sessions.credentials({ kind: 'role', roleArn, sessionArn, account });
  const client = new CloudFormationClient({ region, endpoint: sandbox.endpointUrl, credentials, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  return { client, sandbox };
}

/** A role that CloudFormation may assume. */
export function addRole({ identities }: Sandbox, name: string, statements: readonly JsonObject[]): string {
  const trust = {
    Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  } as const;
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const role = identities.addRole({ arn, name, account, trust });
  role.policies.push({ name: 'own', document: { Version: '2012-10-17', Statement: statements as never } });
  return arn;
}

type More<Input> = Omit<Partial<Input>, 'TemplateBody'>;

export const templateOf = (Resources: Resources, more: JsonObject = {}): string =>
  JSON.stringify({ Resources, ...more });

/** Creates a stack and waits until it is done. */
export async function created(
  client: CloudFormationClient,
  sandbox: Sandbox,
  template: string,
  more: More<CreateStackCommandInput> = {},
): Promise<Stack> {
  const { StackId } = await client.send(
    new CreateStackCommand({
      StackName: 'letters',
      TemplateBody: template,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      ...more,
    }),
  );
  await sandbox.cloudFormation.settled();
  return described(client, StackId);
}

/** Updates the stack and waits until it is done. */
export async function updated(
  client: CloudFormationClient,
  sandbox: Sandbox,
  template: string,
  more: More<UpdateStackCommandInput> = {},
): Promise<Stack> {
  const { StackId } = await client.send(
    new UpdateStackCommand({
      StackName: 'letters',
      TemplateBody: template,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      ...more,
    }),
  );
  await sandbox.cloudFormation.settled();
  return described(client, StackId);
}

/** Deletes the stack and waits until it is done; the stack as its id finds it. */
export async function deleted(client: CloudFormationClient, sandbox: Sandbox, id: string | undefined): Promise<Stack> {
  await client.send(new DeleteStackCommand({ StackName: id }));
  await sandbox.cloudFormation.settled();
  return described(client, id);
}

export async function described(client: CloudFormationClient, id: string | undefined): Promise<Stack> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: id }));
  const [stack] = Stacks;
  if (!stack) throw new Error(`there is no stack ${id ?? ''}`);
  return stack;
}

/** The events of a stack in their order, as `LogicalId STATUS`. */
export async function eventsOf(client: CloudFormationClient, { StackId }: Stack): Promise<readonly string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: StackId }));
  return StackEvents.reverse().map(
    ({ LogicalResourceId: id, ResourceStatus: status }) => `${id ?? ''} ${status ?? ''}`,
  );
}
