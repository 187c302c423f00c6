import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { etagOf } from '../../src/s3/bucket.ts';
import { ACCOUNT, REGION, roleSession, storageOf } from './laboratory.ts';

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`;
const allow = (Action: string, Resource = '*', Condition?: StatementJson['Condition']): StatementJson => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const viaS3 = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };

const { storage, directory, close } = storageOf({
  owner: [allow('*')],
  reader: [allow('s3:GetObject')],
  lister: [
    allow('s3:GetObject'),
    allow('s3:ListBucket', 'arn:aws:s3:::plain', { StringLike: { 's3:prefix': 'in/*' } }),
  ],
  writer: [allow('s3:PutObject')],
  keyed: [
    allow('s3:*'),
    allow('kms:*', KEY, { StringEquals: { ...viaS3, 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::secret' } }),
  ],
  keyless: [allow('s3:*')],
  [KEY]: [{ ...allow('kms:*'), Principal: { AWS: ACCOUNT } }],
});
afterAll(close);

storage.createBucket({ name: 'plain', account: ACCOUNT, region: REGION });
storage.createBucket({
  name: 'secret',
  account: ACCOUNT,
  region: REGION,
  encryption: { kmsKeyArn: KEY, kmsKeyAccount: ACCOUNT, bucketKey: true },
});
const owner = roleSession('owner');
const text = async (bucket: string, key: string) => (await storage.get(owner, { bucket, key }).bytes()).toString();

describe('a bucket name', () => {
  test.each([
    [ACCOUNT, 'BucketAlreadyOwnedByYou'],
    ['333333333333', 'BucketAlreadyExists'],
  ])('that is taken is refused to account %s with %s', (account, code) => {
    expect(() => storage.createBucket({ name: 'plain', account, region: REGION })).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });
});

describe('rights', () => {
  storage.seed({ bucket: 'plain', key: 'in/a' }, Buffer.from('a'));
  storage.seed({ bucket: 'secret', key: 'a' }, Buffer.from('a'));
  const refusal = (action: string, role: string, resource: string) =>
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/${role}/session is not authorized to perform: ${action}` +
    ` on resource: ${action.startsWith('s3:') ? `"${resource}"` : resource} because no identity-based policy allows the ${action} action`;

  test('reading takes s3:GetObject', async () => {
    const address = { bucket: 'plain', key: 'in/a' };
    expect((await storage.get(roleSession('reader'), address).bytes()).toString()).toBe('a');
    expect(() => storage.get(roleSession('writer'), address)).toThrow(
      refusal('s3:GetObject', 'writer', 'arn:aws:s3:::plain/in/a'),
    );
  });

  test('only who may list learns that a key is missing', () => {
    const address = { bucket: 'plain', key: 'gone' };
    expect(() => storage.get(owner, address)).toThrow(expect.objectContaining({ code: 'NoSuchKey' }) as Error);
    expect(() => storage.get(roleSession('reader'), address)).toThrow(
      refusal('s3:ListBucket', 'reader', 'arn:aws:s3:::plain'),
    );
  });

  test('listing may be limited to a prefix', () => {
    const lister = roleSession('lister');
    expect(storage.list(lister, 'plain', { prefix: 'in/x' }).objects).toEqual([]);
    expect(() => storage.list(lister, 'plain', { prefix: 'out/' })).toThrow('s3:ListBucket');
  });

  test('an encrypted bucket takes the key as well, for both directions', async () => {
    const address = { bucket: 'secret', key: 'a' };
    const keyed = roleSession('keyed');
    await storage.put(keyed, { ...address, body: Buffer.from('b') });
    expect((await storage.get(keyed, address).bytes()).toString()).toBe('b');
    const keyless = roleSession('keyless');
    expect(() => storage.get(keyless, address)).toThrow(refusal('kms:Decrypt', 'keyless', KEY));
    await expect(storage.put(keyless, { ...address, body: Buffer.from('c') })).rejects.toThrow(
      refusal('kms:GenerateDataKey', 'keyless', KEY),
    );
  });

  test('copying takes both sides', async () => {
    const copy = { bucket: 'plain', key: 'copy', source: { bucket: 'plain', key: 'in/a' } };
    await expect(storage.copy(roleSession('reader'), copy)).rejects.toThrow('s3:PutObject');
    await expect(storage.copy(roleSession('writer'), copy)).rejects.toThrow('s3:GetObject');
    await storage.copy(owner, copy);
    expect(await text('plain', 'copy')).toBe('a');
  });

  test('a refusal carries the decision with what would mend it', () => {
    expect(() => storage.list(roleSession('reader'), 'plain')).toThrow(
      expect.objectContaining({
        status: 403,
        denied: expect.objectContaining({
          mends: [
            {
              document: 'identity policy',
              of: `arn:aws:iam::${ACCOUNT}:role/reader`,
              statement: { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::plain' },
            },
          ],
        }) as unknown,
      }) as Error,
    );
  });
});

describe('bodies on disk', () => {
  test('no name on disk comes from a key', async () => {
    const keys = ['../../escape', 'a', 'a/b', 'nul\0', 'ä'.repeat(512), '.', '/', 'CON'];
    for (const key of keys) await storage.put(owner, { bucket: 'plain', key, body: Buffer.from(key) });
    for (const key of keys) expect(await text('plain', key)).toBe(key);
    const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    expect(names.every((name) => /^(incoming|\d+(\/\d+)?)$/.test(name))).toBe(true);
  });

  test('a key of more than 1,024 bytes is refused', async () => {
    const put = storage.put(owner, { bucket: 'plain', key: 'ä'.repeat(513), body: Buffer.from('') });
    await expect(put).rejects.toThrow('Your key is too long');
  });

  test('a body that is refused leaves nothing behind', async () => {
    const body = Buffer.from('wrong');
    const verify = () => {
      throw new Error('refused');
    };
    await expect(storage.put(owner, { bucket: 'plain', key: 'refused', body, verify })).rejects.toThrow('refused');
    expect(storage.bucket('plain')?.objects.has('refused')).toBe(false);
    expect(readdirSync(join(directory, 'incoming'))).toEqual([]);
  });

  test('of two that must be the first, one is', async () => {
    const put = (body: string) =>
      storage.put(owner, { bucket: 'plain', key: 'first', body: Buffer.from(body), conditions: { ifNoneMatch: true } });
    const outcomes = await Promise.allSettled([put('one'), put('two')]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('an adopted file is read where it is and survives whatever happens to the object', async () => {
    const path = join(directory, 'station.csv');
    writeFileSync(path, 'wind');
    storage.adopt({ bucket: 'plain', key: 'adopted' }, path);
    const { object } = storage.head(owner, { bucket: 'plain', key: 'adopted' });
    expect(object).toMatchObject({ size: 4, file: { path, owned: false } });
    expect(etagOf(object)).toMatch(/^"[0-9a-f]{32}-1"$/);
    expect(await text('plain', 'adopted')).toBe('wind');
    await storage.copy(owner, { bucket: 'plain', key: 'again', source: { bucket: 'plain', key: 'adopted' } });
    await storage.put(owner, { bucket: 'plain', key: 'adopted', body: Buffer.from('calm') });
    await storage.delete(owner, { bucket: 'plain', key: 'again' });
    expect(readFileSync(path, 'utf8')).toBe('wind');
    expect(await text('plain', 'adopted')).toBe('calm');
  });

  test('a copy outlives its source', async () => {
    storage.seed({ bucket: 'plain', key: 'source' }, Buffer.from('same'));
    await storage.copy(owner, { bucket: 'plain', key: 'kept', source: { bucket: 'plain', key: 'source' } });
    await storage.delete(owner, { bucket: 'plain', key: 'source' });
    expect(await text('plain', 'kept')).toBe('same');
  });

  test('replaced bodies do not pile up', async () => {
    const before = readdirSync(join(directory, '0')).length;
    for (let at = 0; at < 100; at += 1)
      await storage.put(owner, { bucket: 'plain', key: 'busy', body: Buffer.from(`${at}`) });
    const path = storage.head(owner, { bucket: 'plain', key: 'busy' }).object.file.path;
    expect(existsSync(path) && statSync(path).size).toBe(2);
    expect(readdirSync(join(directory, '0')).length - before).toBeLessThan(70);
  });
});

test('a storage that closes waits for the body that is written, and takes no other', async () => {
  const closing = storageOf({ owner: [allow('*')] });
  const principal = roleSession('owner');
  closing.storage.createBucket({ name: 'plain', account: ACCOUNT, region: REGION });
  const put = (key: string) => closing.storage.put(principal, { bucket: 'plain', key, body: Buffer.from(key) });
  const written = put('early');
  await closing.storage.close();
  expect(closing.storage.head(principal, { bucket: 'plain', key: 'early' }).object.size).toBe(5);
  await written;
  await expect(put('late')).rejects.toMatchObject({ name: 'AbortError' });
  closing.close();
});
