import { describe, expect, test } from 'vitest';
import { writeSample } from '../../functions/write-sample.ts';
import { deployedObjects } from '../../sample/deployed-objects.ts';
import { MemoryStore } from './memory-store.ts';

/** Responses of the function to CloudFormation. */
async function answerTo(RequestType: 'Create' | 'Update' | 'Delete', store: MemoryStore) {
  const answers: object[] = [];
  const handler = writeSample({
    store,
    sourceBucket: 'source',
    send: (_url, body) => {
      answers.push(JSON.parse(body) as object);
      return Promise.resolve();
    },
  });
  const request = { ResponseURL: 'https://example.com', StackId: 's', RequestId: 'r', LogicalResourceId: 'Sample' };
  await handler({ RequestType, ...request });
  return answers;
}

describe('writing the sample', () => {
  test.each(['Create', 'Update'] as const)('on %s puts every object into the source bucket', async (type) => {
    const store = new MemoryStore();
    expect(await answerTo(type, store)).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'weather-sample' }]);
    const expected = deployedObjects().map(({ key, body }) => [`source/${key}`, body.toString()]);
    expect(expected).toHaveLength(12);
    expect([...store.contents].map(([address, content]) => [address, content.toString()])).toEqual(expected);
    expect(new Set(store.contentTypes.values())).toEqual(new Set(['text/csv']));
  });

  test('leaves the objects where they are when its stack goes, as the bucket is', async () => {
    const store = new MemoryStore();
    await answerTo('Create', store);
    expect(await answerTo('Delete', store)).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(store.contents.size).toBe(12);
  });

  test('ends the deployment with the reason, if it may not write', async () => {
    const store = new MemoryStore();
    store.denied.push('source/sample/1/2023/');
    expect(await answerTo('Create', store)).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining('is not authorized to perform: s3:PutObject') as string },
    ]);
  });
});
