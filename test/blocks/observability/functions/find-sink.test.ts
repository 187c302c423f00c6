import { expect, test } from 'vitest';
import { findSink } from '../../../../blocks/observability/functions/find-sink.ts';

test('the sink that was looked up is an attribute of a resource that always has the same id', async () => {
  const answers: unknown[] = [];
  const handler = findSink({
    sinkArn: () => Promise.resolve('arn:aws:oam:us-east-1:222222222222:sink/1'),
    send: (_url, body) => {
      answers.push(JSON.parse(body));
      return Promise.resolve();
    },
  });
  const request = { ResponseURL: 'https://example.com', StackId: 's', RequestId: 'r', LogicalResourceId: 'LinkSink' };
  await handler({ RequestType: 'Create', ...request });
  expect(answers).toEqual([
    expect.objectContaining({
      Status: 'SUCCESS',
      PhysicalResourceId: 'observability-sink',
      Data: { Arn: 'arn:aws:oam:us-east-1:222222222222:sink/1' },
    }),
  ]);
});
