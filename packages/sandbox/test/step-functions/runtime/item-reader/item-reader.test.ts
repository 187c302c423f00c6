import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { allow, execute } from '../../../../src/testing/literals.ts';
import { type Difference, account, machineArn, mapping, permissions } from '../../mapping.ts';

const everything = [...Object.values(permissions), allow('s3:GetObject', 'arn:aws:s3:::source/*')];
const pass = { Pass: { Type: 'Pass', End: true } };

interface Reading {
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly config?: JsonObject;
  readonly args?: JsonObject;
  readonly map?: JsonObject;
  readonly may?: Difference['may'];
  readonly action?: string;
}

/** Runs a Map that gives back what it reads. */
async function reading({ files, config = {}, args = {}, map = {}, may = everything, action = 'getObject' }: Reading) {
  const [Key = ''] = Object.keys(files);
  const ItemReader = {
    Resource: `arn:aws:states:::s3:${action}`,
    Arguments: { Bucket: 'source', ...(action === 'getObject' && { Key }), ...args },
    ReaderConfig: config,
  };
  const without = { ItemBatcher: undefined, ResultWriter: undefined } as unknown as JsonObject;
  const sandbox = await mapping({ children: pass, may, map: { ...without, ItemReader, ...map } });
  for (const [key, body] of Object.entries(files)) {
    sandbox.storage.seed({ bucket: 'source', key }, Buffer.from(body));
  }
  return { sandbox, execution: await execute(sandbox, machineArn) };
}

const itemsOf = async (asked: Reading): Promise<Json> => {
  const { outcome } = (await reading(asked)).execution;
  return outcome?.status === 'SUCCEEDED' ? outcome.output : (JSON.parse(JSON.stringify(outcome)) as Json);
};

const firstRow = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };

describe('a file', () => {
  const people = [{ name: 'Ada' }, { name: 'Bo' }];

  test.each<[string, Reading]>([
    ['of CSV', { files: { 'p.csv': 'name\nAda\nBo\n' }, config: firstRow }],
    ['of CSV with a byte order mark', { files: { 'p.csv': '\uFEFFname\nAda\nBo\n' }, config: firstRow }],
    [
      'of CSV with given headers',
      {
        files: { 'p.csv': 'Ada;x\nBo' },
        config: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['name'], CSVDelimiter: 'SEMICOLON' },
      },
    ],
    ['of JSON', { files: { 'p.json': JSON.stringify(people) }, config: { InputType: 'JSON' } }],
    [
      'of JSON, inside',
      {
        files: { 'p.json': JSON.stringify({ 'a/b': [0, { all: people }] }) },
        config: { InputType: 'JSON', ItemsPointer: '/a~1b/1/all' },
      },
    ],
    ['of JSON lines', { files: { 'p.jsonl': '{"name":"Ada"}\r\n\n{"name":"Bo"}' }, config: { InputType: 'JSONL' } }],
    [
      'of JSON lines with blank lines that end in CRLF',
      { files: { 'p.jsonl': '{"name":"Ada"}\r\n\r\n \t\r\n{"name":"Bo"}\r\n\r\n' }, config: { InputType: 'JSONL' } },
    ],
    [
      'that is compressed',
      { files: { 'p.jsonl.gz': gzipSync('{"name":"Ada"}\n{"name":"Bo"}\n') }, config: { InputType: 'JSONL' } },
    ],
  ])('%s is read item by item', async (_, asked) => {
    expect(await itemsOf(asked)).toEqual(people);
  });

  test.each([
    [2, 2],
    [0, 3],
    ['{% 1 %}', 1],
  ])('is read up to MaxItems: %j', async (MaxItems, count) => {
    expect(await itemsOf({ files: { 'p.json': '[1,2,3]' }, config: { InputType: 'JSON', MaxItems } })).toHaveLength(
      count,
    );
  });

  test('of JSON that is an object is read key by key', async () => {
    const files = { 'p.json': JSON.stringify({ a: people[0], b: 2 }) };
    expect(await itemsOf({ files, config: { InputType: 'JSON' } })).toEqual([
      { Key: 'a', Value: people[0] },
      { Key: 'b', Value: 2 },
    ]);
  });

  test('hands each item with its key, index and source to the selector', async () => {
    const map = { ItemSelector: '{% $states.context.Map.Item %}' };
    expect(await itemsOf({ files: { 'p.json': '{"a":1,"b":2}' }, config: { InputType: 'JSON' }, map })).toEqual([
      { Index: 0, Key: 'a', Value: 1, Source: 'S3://source/p.json' },
      { Index: 1, Key: 'b', Value: 2, Source: 'S3://source/p.json' },
    ]);
  });

  test('of many rows is read page by page, while children run', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `${n},${'x'.repeat(40)}`).join('\n');
    const map = {
      ItemBatcher: { MaxItemsPerBatch: 5_000 },
      ItemSelector: { n: '{% $states.context.Map.Item.Value.n %}' },
    };
    const children = '{% $count($states.input.Items) & " from " & $states.input.Items[0].n %}';
    const counted = { StartAt: 'P', States: { P: { Type: 'Pass', Output: children, End: true } } };
    const ItemProcessor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, ...counted };
    const output = await itemsOf({
      files: { 'n.csv': `n,text\n${rows}` },
      config: firstRow,
      map: { ...map, ItemProcessor },
    });
    expect(output).toEqual(['5000 from 0', '5000 from 5000', '5000 from 10000', '5000 from 15000']);
  });
});

describe('objects', () => {
  const files = { 'a/1.json': '[1,2]', 'a/2.json': '[3]', 'b/1.json': '[4]' };
  const config = { Transformation: 'LOAD_AND_FLATTEN', InputType: 'JSON' };

  test('can be read instead of listed', async () => {
    const action = 'listObjectsV2';
    expect(await itemsOf({ files, config, action, args: { Prefix: 'a/' } })).toEqual([1, 2, 3]);
    expect(await itemsOf({ files, action, args: { Prefix: 'a/' } })).toMatchObject([
      { Key: 'a/1.json' },
      { Key: 'a/2.json' },
    ]);
  });

  test('are the source of their items', async () => {
    const map = { ItemSelector: '{% $states.context.Map.Item.Source %}' };
    const sources = await itemsOf({ files, config: { ...config, MaxItems: 3 }, action: 'listObjectsV2', map });
    expect(sources).toEqual(['S3://source/a/1.json', 'S3://source/a/1.json', 'S3://source/a/2.json']);
  });

  test('after a key only', async () => {
    expect(await itemsOf({ files, config, action: 'listObjectsV2', args: { StartAfter: 'a/1.json' } })).toEqual([3, 4]);
  });
});

test('a reader that failed goes on where it had come to, once the file is repaired', async () => {
  const files = { '1.json': '[1,2,3]', '2.json': '[4' };
  const config = { Transformation: 'LOAD_AND_FLATTEN', InputType: 'JSON' };
  const map = { ItemBatcher: { MaxItemsPerBatch: 2 } };
  const { sandbox, execution } = await reading({ files, config, action: 'listObjectsV2', map });
  expect(execution.outcome).toMatchObject({ error: 'States.ItemReaderFailed' });
  expect(execution.mapRuns[0]?.counts().itemCounts).toMatchObject({ total: 3, pending: 1 });
  sandbox.storage.seed({ bucket: 'source', key: '2.json' }, Buffer.from('[4,5]'));
  sandbox.executions.redrive(execution.arn);
  await sandbox.simulation.run(() => false);
  expect(execution.outcome).toEqual({
    status: 'SUCCEEDED',
    output: [{ Items: [1, 2] }, { Items: [3, 4] }, { Items: [5] }],
  });
});

describe('a reader fails', () => {
  const json = { InputType: 'JSON' };
  const session = `arn:aws:sts::${account}:assumed-role/machine-role/run`;

  test.each<[string, Reading, string | RegExp]>([
    [
      'at a file of one value',
      { files: { 'p.json': '"x"' }, config: json },
      'Attempting to map over non-iterable node.',
    ],
    ['at a file that is no JSON', { files: { 'p.json': '[1' }, config: json }, /^The file is not valid JSON/],
    [
      'at a pointer to nothing',
      { files: { 'p.json': '{"a":[]}' }, config: { ...json, ItemsPointer: '/b' } },
      'The ItemsPointer /b does not refer to anything in the file',
    ],
    [
      'at a line that is no JSON',
      { files: { 'p.jsonl': '1\n{' }, config: { InputType: 'JSONL' } },
      /^Item 2 of the file is not valid JSON/,
    ],
    [
      'at headers that are twice there',
      { files: { 'p.csv': 'a,a\n1,2' }, config: firstRow },
      'CSV headers cannot contain duplicates.',
    ],
    [
      'at a file that is not compressed',
      { files: { 'p.json.gz': '[1]' }, config: json },
      /^The file p\.json\.gz cannot be decompressed/,
    ],
    [
      'at ZSTD, by name',
      { files: { 'p.json.zst': '[1]' }, config: json },
      /compressed with ZSTD, which the sandbox does not support/,
    ],
    [
      'at a key that is not there',
      { files: {}, args: { Key: 'x' }, config: json },
      'The specified key does not exist. (Service: S3, Status Code: 404)',
    ],
    [
      'at a bucket of somebody else',
      { files: { 'p.json': '[]' }, args: { ExpectedBucketOwner: '111111111111' }, config: json },
      'Access Denied (Service: S3, Status Code: 403)',
    ],
    [
      'without permission',
      { files: { 'p.json': '[]' }, config: json, may: Object.values(permissions) },
      `User: ${session} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::source/p.json" because no identity-based policy allows the s3:GetObject action (Service: S3, Status Code: 403)`,
    ],
  ])('%s', async (_, asked, cause) => {
    const { execution } = await reading(asked);
    expect(execution.outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
      cause: typeof cause === 'string' ? cause : (expect.stringMatching(cause) as string),
    });
  });

  test('not at its own bucket', async () => {
    const args = { ExpectedBucketOwner: account };
    expect(await itemsOf({ files: { 'p.json': '[1]' }, args, config: json })).toEqual([1]);
  });
});
