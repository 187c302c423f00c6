import { readdirSync } from 'node:fs';
import { type Sandbox, openSandbox } from '@crosswind/sandbox/sandbox';
import { afterEach, describe, expect, test } from 'vitest';
import type { LocalDeployment } from '../../../blocks/local-deployment.ts';
import { filledOnce } from '../../../cli/local/filled-once.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
});

/** A sandbox with one bucket, as a fill sees it. */
async function deployed(bucket: string) {
  const sandbox = await openSandbox();
  opened.push(sandbox);
  sandbox.storage.createBucket({ name: bucket, account: '111111111111', region: 'us-east-1' });
  const resource = () => ({ name: bucket }) as ReturnType<LocalDeployment['resource']>;
  return { settings: {}, resource, storage: sandbox.storage } satisfies LocalDeployment;
}

const textIn = async ({ storage }: LocalDeployment, bucket: string, key: string) =>
  (await storage.inspect({ bucket, key }))?.toString();

/** A fill that counts how often it ran. */
function counting() {
  const counted = { fills: 0 };
  const fill = filledOnce(({ resource, storage }, progress) => {
    counted.fills += 1;
    const { name: bucket } = resource('front', 'Bucket');
    storage.seed({ bucket, key: 'seeded' }, Buffer.from(`text ${counted.fills}`));
    storage.adopt({ bucket, key: 'adopted' }, import.meta.filename);
    progress('filling');
    return Promise.resolve(`wrote version ${counted.fills}`);
  }, temporaryDirectory());
  return { counted, fill };
}

describe('a sandbox that is filled once', () => {
  test('has the objects again in the next version, and nothing is made anew', async () => {
    const { counted, fill } = counting();
    for (const version of [await deployed('rain'), await deployed('rain')]) {
      expect(await fill(version, () => undefined)).toBe('wrote version 1');
      expect(await textIn(version, 'rain', 'seeded')).toBe('text 1');
      expect(await textIn(version, 'rain', 'adopted')).toContain('has the objects again');
    }
    expect(counted.fills).toBe(1);
  });

  test('is filled anew when the bucket has another name', async () => {
    const { counted, fill } = counting();
    await fill(await deployed('rain'), () => undefined);
    const renamed = await deployed('snow');
    expect(await fill(renamed, () => undefined)).toBe('wrote version 2');
    expect(await textIn(renamed, 'snow', 'seeded')).toBe('text 2');
    expect(counted.fills).toBe(2);
  });

  test('keeps headers, and each body in one file', async () => {
    const directory = temporaryDirectory();
    const fill = filledOnce(({ storage }) => {
      storage.seed({ bucket: 'rain', key: 'a' }, Buffer.from('a'), { 'content-type': 'text/csv' });
      storage.seed({ bucket: 'rain', key: 'b' }, Buffer.from('b'));
      return Promise.resolve('');
    }, directory);
    for (const version of [await deployed('rain'), await deployed('rain')]) {
      await fill(version, () => undefined);
      expect(version.storage.bucket('rain')?.objects.get('a')?.headers).toEqual({ 'content-type': 'text/csv' });
    }
    expect(readdirSync(directory)).toHaveLength(2);
  });
});
