import { describe, expect, test } from 'vitest';
import { type CustomResourceRequest, findSink } from '../../../../services/observability/functions/find-sink.ts';

const sinkArn = 'arn:aws:oam:us-east-1:222222222222:sink/1';
const request = (RequestType: CustomResourceRequest['RequestType']): CustomResourceRequest => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example.com/answer?Signature=1',
  StackId: 'arn:aws:cloudformation:us-east-1:444444444444:stack/crosswind-baseline/1',
  RequestId: 'request-1',
  LogicalResourceId: 'LinkSink',
});

/** What the function answers, where it sends that, and how often it has looked for the sink. */
async function answered(type: CustomResourceRequest['RequestType'], lookup: () => Promise<string>) {
  const sent: { url: string; answer: unknown }[] = [];
  let lookups = 0;
  await findSink({
    sinkArn: () => {
      lookups += 1;
      return lookup();
    },
    send: (url, body) => {
      sent.push({ url, answer: JSON.parse(body) });
      return Promise.resolve();
    },
  })(request(type));
  return { sent, lookups };
}

const found = () => Promise.resolve(sinkArn);
const whom = {
  StackId: request('Create').StackId,
  RequestId: 'request-1',
  LogicalResourceId: 'LinkSink',
  PhysicalResourceId: 'observability-sink',
};

describe('the answer to CloudFormation', () => {
  test.each(['Create', 'Update'] as const)('to %s holds the ARN of the sink', async (type) => {
    const { sent, lookups } = await answered(type, found);
    expect(sent).toEqual([
      { url: request(type).ResponseURL, answer: { ...whom, Status: 'SUCCESS', Data: { Arn: sinkArn } } },
    ]);
    expect(lookups).toBe(1);
  });

  test('to Delete is a success without a lookup: the sink may be gone already', async () => {
    const { sent, lookups } = await answered('Delete', () => Promise.reject(new Error('there is no sink')));
    expect(sent.map(({ answer }) => answer)).toEqual([{ ...whom, Status: 'SUCCESS' }]);
    expect(lookups).toBe(0);
  });

  test.each([
    ['an error', new Error('the parameter is not there'), 'the parameter is not there'],
    ['anything else', 'a text', 'a text'],
  ])('is a failure with the reason, if the lookup fails with %s', async (_, thrown, reason) => {
    const { sent } = await answered('Create', () => {
      throw thrown as Error;
    });
    expect(sent.map(({ answer }) => answer)).toEqual([{ ...whom, Status: 'FAILED', Reason: reason }]);
  });

  test('that CloudFormation refuses is an error of the function', async () => {
    const handler = findSink({ sinkArn: found, send: () => Promise.reject(new Error('status 403')) });
    await expect(handler(request('Create'))).rejects.toThrow('status 403');
  });
});
