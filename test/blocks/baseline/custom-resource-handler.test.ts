import { describe, expect, test } from 'vitest';
import { type CustomResourceRequest, customResourceHandler } from '../../../blocks/baseline/custom-resource-handler.ts';

const request = (RequestType: CustomResourceRequest['RequestType']): CustomResourceRequest => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example.com/answer?Signature=1',
  StackId: 'arn:aws:cloudformation:us-east-1:444444444444:stack/crosswind-baseline/1',
  RequestId: 'request-1',
  LogicalResourceId: 'Thing',
});

/** Responses of a handler with their addresses, and how often it has provided the resource. */
async function answered(type: CustomResourceRequest['RequestType'], provide: () => Promise<Record<string, string>>) {
  const sent: { url: string; answer: unknown }[] = [];
  let provided = 0;
  const handler = customResourceHandler({
    physicalResourceId: 'the-thing',
    provide: () => {
      provided += 1;
      return provide();
    },
    send: (url, body) => {
      sent.push({ url, answer: JSON.parse(body) });
      return Promise.resolve();
    },
  });
  await handler(request(type));
  return { sent, provided };
}

const whom = {
  StackId: request('Create').StackId,
  RequestId: 'request-1',
  LogicalResourceId: 'Thing',
  PhysicalResourceId: 'the-thing',
};

describe('the answer to CloudFormation', () => {
  test.each(['Create', 'Update'] as const)('to %s holds what was provided', async (type) => {
    const { sent, provided } = await answered(type, () => Promise.resolve({ Arn: 'arn:thing' }));
    expect(sent).toEqual([
      { url: request(type).ResponseURL, answer: { ...whom, Status: 'SUCCESS', Data: { Arn: 'arn:thing' } } },
    ]);
    expect(provided).toBe(1);
  });

  test('to Delete is a success, for which nothing is done', async () => {
    const { sent, provided } = await answered('Delete', () => Promise.reject(new Error('it is gone already')));
    expect(sent.map(({ answer }) => answer)).toEqual([{ ...whom, Status: 'SUCCESS' }]);
    expect(provided).toBe(0);
  });

  test.each([
    ['an error', new Error('the parameter is not there'), 'the parameter is not there'],
    ['anything else', 'a text', 'a text'],
  ])('is a failure with the reason, if providing fails with %s', async (_, thrown, reason) => {
    const { sent } = await answered('Create', () => {
      throw thrown as Error;
    });
    expect(sent.map(({ answer }) => answer)).toEqual([{ ...whom, Status: 'FAILED', Reason: reason }]);
  });

  test('that CloudFormation refuses is an error of the function', async () => {
    const handler = customResourceHandler({
      physicalResourceId: 'the-thing',
      provide: () => Promise.resolve({}),
      send: () => Promise.reject(new Error('status 403')),
    });
    await expect(handler(request('Create'))).rejects.toThrow('status 403');
  });
});
