import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { allow, lambda, type LiteralStack, role, sandboxWith } from '../../../src/testing/literals.ts';
import { clientOf, credentialsAs } from '../../sts/callers.ts';

export const account = '444444444444';
export const linked = '555555555555';
export const stranger = '666666666666';
/** 2026-01-02T03:00:00Z */
export const start = new Date(1_767_322_800_000);
export const minutesLater = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);

/** Statements of the role `watcher`. */
export const everything: readonly JsonObject[] = [allow('cloudwatch:*')];

const sink: LiteralStack = {
  account,
  resources: { Sink: { Type: 'AWS::Oam::Sink', Properties: { Name: 'crosswind' } } },
};

/** A monitoring account, an account that is linked to it and one that is not; the first has whatever else is given. */
export async function laboratory(resources: LiteralStack['resources'] = {}, may = everything) {
  const sandbox = await sandboxWith([
    sink,
    { account, resources: { Watcher: role('watcher', lambda, ...may), ...resources } },
  ]);
  const { observability, cloudWatch } = sandbox;
  const [{ arn: sinkArn } = { arn: '' }] = observability.sinks;
  const link = { arn: `${sinkArn}-link`, account: linked, sinkArn, properties: {} };
  observability.links = [...observability.links, { ...link, resourceTypes: ['AWS::CloudWatch::Metric'] }];
  /** Values of the metric `name` with the dimension `Colour`, by minute from the start on. */
  const put = (name: string, values: readonly number[], owner = account, colour = 'red'): void => {
    const metric = { namespace: 'Tried', name, dimensions: { Colour: colour } };
    for (const [minute, value] of values.entries()) {
      const at = minutesLater(minute).getTime();
      cloudWatch.metrics.put({ account: owner, region: 'us-east-1' }, metric, 'Count', value, at);
    }
  };
  return { sandbox, put, client: watcherOf(sandbox) };
}

/** The real SDK's client for the role `watcher`, in the protocol that it prefers or in another one. */
export const watcherOf = (
  sandbox: Sandbox,
  region = 'us-east-1',
  protocol?: CloudWatchClientConfig['protocol'],
): CloudWatchClient =>
  new CloudWatchClient({
    ...clientOf(sandbox, credentialsAs(sandbox, `arn:aws:iam::${account}:role/watcher`)),
    region,
    ...(protocol && { protocol }),
  });

/** The name and the message of the error that a call ends with. */
export async function errorOf(
  call: Promise<unknown>,
): Promise<{ readonly name: string; readonly message: string; readonly status?: number }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('expected the call to be refused');
}
