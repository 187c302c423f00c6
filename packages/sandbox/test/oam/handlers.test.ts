import { expect, test } from 'vitest';
import { type LiteralStack, sandboxWith } from '../../src/testing/literals.ts';
import { account, other } from '../cloudformation/refusals.ts';
import { inHand, refusal } from '../handling.ts';

const monitoring: LiteralStack = {
  account,
  resources: { Sink: { Type: 'AWS::Oam::Sink', Properties: { Name: 'crosswind' } } },
};

/** A link from another account in the hands of CloudFormation, and the sink that it leads to. */
async function linked() {
  const sandbox = await sandboxWith([monitoring]);
  const sinkArn = sandbox.observability.sinks[0]?.arn ?? '';
  const stack = (kind: string): LiteralStack => ({
    account: other,
    resources: {
      Link: { Type: 'AWS::Oam::Link', Properties: { SinkIdentifier: sinkArn, ResourceTypes: [kind] } },
    },
  });
  const link = inHand(sandbox, stack('AWS::CloudWatch::Metric'), 'Link');
  await link.create();
  const sees = (): boolean => sandbox.observability.seesMetrics(account, other, 'us-east-1');
  return { sinkArn, stack, link, sees, sink: inHand(sandbox, monitoring, 'Sink') };
}

test('a link shows what its resource types say, until it is deleted', async () => {
  const { link, stack, sees } = await linked();
  expect(sees()).toBe(true);
  await link.update(stack('AWS::Logs::LogGroup'));
  expect([sees(), link.read()?.['ResourceTypes']]).toEqual([false, ['AWS::Logs::LogGroup']]);
  await link.update(stack('AWS::CloudWatch::Metric'));
  expect(sees()).toBe(true);
  await link.remove();
  await link.remove();
  expect([sees(), link.read()]).toEqual([false, undefined]);
  expect(await refusal(() => link.update(stack('AWS::Logs::LogGroup')))).toMatch(/^ResourceNotFoundException: /);
});

test('a sink is deleted only without links', async () => {
  const { link, sink, sinkArn } = await linked();
  expect(await refusal(sink.remove)).toBe(`ConflictException: the sink ${sinkArn} has links, from ${other}`);
  await link.remove();
  expect(await refusal(sink.remove)).toBeUndefined();
  expect([await refusal(sink.remove), sink.read()]).toEqual([undefined, undefined]);
  expect(await refusal(sink.create)).toBeUndefined();
});
