import { ContinueUpdateRollbackCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox.ts';
import { arnOf, lambda, lambdaFunction, role } from '../../../src/testing/literals.ts';
import { cloudFormation, created, deleted, described, templateOf, updated } from './client.ts';

/** A function that fails for the versions and requests that `Fails` names. */
const code = `exports.handler = async (event) => {
  const { RequestType, ResourceProperties, PhysicalResourceId = 'subject', ResponseURL } = event;
  const isFailed = ResourceProperties.Fails.includes(RequestType + ' ' + ResourceProperties.Version);
  const Status = isFailed ? 'FAILED' : 'SUCCESS';
  const body = JSON.stringify({ Status, PhysicalResourceId, Reason: 'as it was told' });
  await fetch(ResponseURL, { method: 'PUT', body });
};`;

const template = (Version: string, Fails: readonly string[]): string =>
  templateOf({
    FunctionRole: role('function', lambda),
    Provider: lambdaFunction('provider', '', { Code: { ZipFile: code } }),
    Subject: { Type: 'Custom::Subject', Properties: { ServiceToken: arnOf('Provider'), Version, Fails } },
  });

/** Requests that the function gets from now on: the request, the id, and the versions. */
function asked({ functions }: Sandbox): readonly string[] {
  interface Event {
    readonly RequestType: string;
    readonly PhysicalResourceId?: string;
    readonly ResourceProperties: { readonly Version: string };
    readonly OldResourceProperties?: { readonly Version: string };
  }
  const requests: string[] = [];
  const invoke = functions.invoke.bind(functions);
  functions.invoke = (arn, text, ...rest) => {
    const { RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties } = JSON.parse(text) as Event;
    const versions = [OldResourceProperties?.Version, ResourceProperties.Version].filter((each) => each !== undefined);
    requests.push(
      [RequestType, PhysicalResourceId, versions.join(' to ')].filter((each) => each !== undefined).join(' '),
    );
    return invoke(arn, text, ...rest);
  };
  return requests;
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes-update.html
describe('a custom resource whose function refuses', () => {
  test('its update is asked for the version before, by its id', async () => {
    const { client, sandbox } = await cloudFormation();
    const requests = asked(sandbox);
    await created(client, sandbox, template('one', []));
    const stack = await updated(client, sandbox, template('two', ['Update two']));
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(requests).toEqual(['Create one', 'Update subject one to two', 'Update subject two to one']);
    expect((await updated(client, sandbox, template('three', []))).StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('that, too, leaves a stack that goes on without it', async () => {
    const { client, sandbox } = await cloudFormation();
    const fails = ['Update one', 'Update two'];
    const { StackId } = await created(client, sandbox, template('one', fails));
    const stack = await updated(client, sandbox, template('two', fails));
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    expect(stack.StackStatusReason).toBe('The following resource(s) failed to update: [Subject]. ');
    const skip = (id: string) =>
      client.send(new ContinueUpdateRollbackCommand({ StackName: StackId, ResourcesToSkip: [id] }));
    await expect(skip('Provider')).rejects.toThrow('Provider cannot be skipped');
    await skip('Subject');
    await sandbox.cloudFormation.settled();
    expect((await described(client, StackId)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('its creation is deleted by the id that the function answered', async () => {
    const { client, sandbox } = await cloudFormation();
    const requests = asked(sandbox);
    const stack = await created(client, sandbox, template('one', ['Create one']));
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(requests).toEqual(['Create one', 'Delete subject one']);
    await deleted(client, sandbox, stack.StackId);
    expect((await created(client, sandbox, template('one', []))).StackStatus).toBe('CREATE_COMPLETE');
  });

  test('its creation twice, where what succeeded is kept, is deleted before it is created again', async () => {
    const { client, sandbox } = await cloudFormation();
    const requests = asked(sandbox);
    const kept = { DisableRollback: true };
    const stack = await created(client, sandbox, template('one', ['Create one']), kept);
    expect(stack.StackStatus).toBe('CREATE_FAILED');
    expect((await updated(client, sandbox, template('two', []), kept)).StackStatus).toBe('UPDATE_COMPLETE');
    expect(requests).toEqual(['Create one', 'Delete subject one', 'Create two']);
  });
});
