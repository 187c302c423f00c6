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
    wait: () => Promise.resolve(),
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

  test('takes every sample away when its resource goes, and nothing else', async () => {
    const store = new MemoryStore();
    await answerTo('Create', store);
    for (const key of ['sample/0/a.csv', 'gsod/2022/a.csv']) {
      await store.put({ bucket: 'source', key }, 'wind', 'text/csv');
    }
    expect(await answerTo('Delete', store)).toMatchObject([{ Status: 'SUCCESS' }]);
    expect([...store.contents.keys()]).toEqual(['source/gsod/2022/a.csv']);
  });

  test('says so, if it may not take them away', async () => {
    const store = new MemoryStore();
    store.denied.push('source/sample/');
    expect(await answerTo('Delete', store)).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining('perform: s3:DeleteObjectVersion') as string },
    ]);
  });

  test('ends the deployment with the reason, if it may not write', async () => {
    const store = new MemoryStore();
    store.denied.push('source/sample/1/2023/');
    expect(await answerTo('Create', store)).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining('is not authorized to perform: s3:PutObject') as string },
    ]);
  });
});
