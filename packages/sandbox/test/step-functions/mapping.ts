import type { Json, JsonObject } from '@crosswind/aws/json';
import type { RolePrincipal } from '../../src/iam/sessions.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import type { Execution } from '../../src/step-functions/runtime/execution.ts';
import {
  type LiteralStack,
  allow,
  arnOf,
  bucket,
  execute,
  key,
  lambda,
  lambdaFunction,
  machine,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';

export const account = '444444444444';
export const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:mapping`;
export const functionArn = `arn:aws:lambda:us-east-1:${account}:function:called`;

/** Statements of the machine's role, by what they are for. */
export const permissions = {
  list: allow('s3:ListBucket', 'arn:aws:s3:::source'),
  start: allow('states:StartExecution', machineArn),
  write: allow('s3:PutObject', 'arn:aws:s3:::results/*'),
  encrypt: allow('kms:GenerateDataKey'),
  invoke: allow('lambda:InvokeFunction', functionArn),
};

/** Fails for a batch with a key that ends in `.bad`. Otherwise returns the number of items. */
const counting: JsonObject = {
  Judge: {
    Type: 'Choice',
    Choices: [{ Condition: "{% $exists($states.input.Items[$contains(Key, '.bad')]) %}", Next: 'Bad' }],
    Default: 'Good',
  },
  Bad: { Type: 'Fail', Error: 'BadItem', Cause: 'on purpose' },
  Good: { Type: 'Pass', Output: { items: '{% $count($states.input.Items) %}' }, End: true },
};

export interface Difference {
  readonly may?: readonly JsonObject[];
  /** Fields of the Map state. */
  readonly map?: JsonObject;
  /** States of the children. */
  readonly children?: JsonObject;
  readonly reader?: JsonObject;
  readonly writer?: JsonObject;
  /** States that follow, for its catchers. */
  readonly more?: JsonObject;
  readonly others?: readonly LiteralStack[];
}

/** A machine that maps over the bucket `source`, by default in batches of 100, and writes to the bucket `results`. */
export function mapping(difference: Difference): Promise<Sandbox> {
  const { may, map = {}, children = counting, reader = {}, writer = {}, more = {}, others = [] } = difference;
  const { StartAt, States } = machine(children);
  const state: JsonObject = {
    Type: 'Map',
    Label: 'each',
    ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Arguments: { Bucket: 'source', ...reader } },
    ItemBatcher: { MaxItemsPerBatch: 100 },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: StartAt ?? '',
      States: States ?? {},
    },
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: 'results', Prefix: 'runs', ...writer },
    },
    End: true,
    ...map,
  };
  const encrypted = {
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arnOf('Key') } },
    ],
  };
  const resources = {
    Key: key(account),
    Source: bucket('source'),
    Results: bucket('results', { BucketEncryption: encrypted }),
    Reader: role('reader', states, allow(['s3:GetObject', 'kms:Decrypt'])),
    FunctionRole: role('function', lambda),
    Called: lambdaFunction('called', 'export const handler = ({ Items }) => ({ called: Items.length });'),
    MachineRole: role('machine-role', states, ...(may ?? Object.values(permissions))),
    Mapping: stateMachine('mapping', { Each: state, ...more }),
  };
  return sandboxWith([{ account, resources }, ...others]);
}

export function fill(cloud: Sandbox, keys: readonly string[], into = 'source'): void {
  for (const name of keys) cloud.storage.seed({ bucket: into, key: name }, Buffer.from('x'));
}

export const keysOf = (count: number, suffix = '.csv'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `2022/${String(index).padStart(5, '0')}${suffix}`);

export async function runOf(difference: Difference, keys: readonly string[]) {
  const sandbox = await mapping(difference);
  fill(sandbox, keys);
  const execution = await execute(sandbox, machineArn);
  return { sandbox, execution, counts: execution.mapRuns[0]?.counts() };
}

/** The result files of a run, as a role reads them that may. */
export async function resultsOf(cloud: Sandbox, output: Json) {
  const reader: RolePrincipal = {
    kind: 'role',
    roleArn: `arn:aws:iam::${account}:role/reader`,
    sessionArn: `arn:aws:sts::${account}:assumed-role/reader/session`,
    account,
  };
  const read = async (address: { Bucket: string; Key: string }): Promise<string> => {
    const object = cloud.storage.get(reader, { bucket: address.Bucket, key: address.Key });
    return (await object.bytes()).toString();
  };
  const { ResultWriterDetails: details } = output as unknown as {
    ResultWriterDetails: { Bucket: string; Key: string };
  };
  const manifest = JSON.parse(await read(details)) as {
    DestinationBucket: string;
    ResultFiles: Record<'SUCCEEDED' | 'FAILED' | 'PENDING', { Key: string; Size: number }[]>;
  };
  const records = async (group: 'SUCCEEDED' | 'FAILED'): Promise<readonly Record<string, unknown>[]> => {
    const texts = await Promise.all(
      manifest.ResultFiles[group].map(({ Key }) => read({ Bucket: manifest.DestinationBucket, Key })),
    );
    return texts.flatMap((text) => JSON.parse(text) as Record<string, unknown>[]);
  };
  return { manifestKey: details.Key, succeeded: await records('SUCCEEDED'), failed: await records('FAILED') };
}

export const outputOf = ({ outcome }: Execution): Json => {
  if (outcome?.status !== 'SUCCEEDED') throw new Error(`expected success, got ${JSON.stringify(outcome)}`);
  return outcome.output;
};
