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

/** Attempts of a handler that removes what it provided, until one succeeds, and its last answer. */
async function removed(...outcomes: readonly (Error | undefined)[]) {
  const waited: number[] = [];
  let attempts = 0;
  const answers: unknown[] = [];
  const handler = customResourceHandler({
    physicalResourceId: 'the-thing',
    provide: () => Promise.reject(new Error('it is not provided')),
    remove: () => {
      const failure = outcomes[Math.min(attempts, outcomes.length - 1)];
      attempts += 1;
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    },
    send: (_, body) => {
      answers.push(JSON.parse(body));
      return Promise.resolve();
    },
    wait: (milliseconds) => {
      waited.push(milliseconds);
      return Promise.resolve();
    },
  });
  await handler(request('Delete'));
  return { answers, attempts, waited };
}

const failure = (name: string, fields: object = {}) => Object.assign(new Error(`${name} happened`), { name }, fields);

describe('an attempt', () => {
  test('to remove what was provided is answered', async () => {
    expect(await removed(undefined)).toEqual({ answers: [{ ...whom, Status: 'SUCCESS' }], attempts: 1, waited: [] });
  });

  test.each([
    ['a denial', failure('AccessDenied')],
    ['a denial of another name', failure('Forbidden', { $metadata: { httpStatusCode: 403 } })],
    ['throttling', failure('ThrottlingException')],
    ['a failure of the service', failure('InternalError', { $metadata: { httpStatusCode: 503 } })],
    ['a broken connection', failure('Error', { code: 'ECONNRESET' })],
    ['an error with such a cause', failure('StoreUnavailable', { cause: failure('SlowDown') })],
  ])('is made again after %s, and succeeds then', async (_, passing) => {
    const { answers, waited } = await removed(passing, passing, undefined);
    expect(answers).toEqual([{ ...whom, Status: 'SUCCESS' }]);
    expect(waited).toEqual([1_000, 2_000]);
  });

  test.each([
    ['a mistake', failure('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['what is not there', failure('NoSuchBucket', { $metadata: { httpStatusCode: 404 } })],
    ['a bug', new TypeError('undefined is not a function')],
  ])('is not made again after %s', async (_, lasting) => {
    const { answers, attempts } = await removed(lasting);
    expect(attempts).toBe(1);
    expect(answers).toEqual([{ ...whom, Status: 'FAILED', Reason: lasting.message }]);
  });

  test('is given up after half a minute', async () => {
    const { answers, attempts, waited } = await removed(failure('AccessDenied'));
    expect(attempts).toBe(6);
    expect(waited.reduce((sum, each) => sum + each)).toBe(30_000);
    expect(answers).toEqual([{ ...whom, Status: 'FAILED', Reason: 'AccessDenied happened' }]);
  });
});

describe('the answer to CloudFormation', () => {
  test.each(['Create', 'Update'] as const)('to %s holds what was provided', async (type) => {
    const { sent, provided } = await answered(type, () => Promise.resolve({ Arn: 'arn:thing' }));
    expect(sent).toEqual([
      { url: request(type).ResponseURL, answer: { ...whom, Status: 'SUCCESS', Data: { Arn: 'arn:thing' } } },
    ]);
    expect(provided).toBe(1);
  });

  test('to Delete is a success, for which nothing is done unless the resource says what', async () => {
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
