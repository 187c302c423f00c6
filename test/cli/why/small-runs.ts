import type { Json, JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { Sandbox, SandboxProps } from '@crosswind/sandbox/sandbox';
import {
  allow,
  arnOf,
  bucket,
  lambda,
  lambdaFunction,
  logGroup,
  type Resources,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '@crosswind/sandbox/testing/literals';
import { ownNamespace } from '../../../blocks/observability/own-metrics.ts';
import { type Explanation } from '../../../cli/why/explanation.ts';
import { explainInSandbox } from '../../../cli/why/sources/sandbox.ts';

export const account = '111111111111';
export const machineArn = (name: string): string => `arn:aws:states:us-east-1:${account}:stateMachine:${name}`;
const executionsOf = (name: string): string => `arn:aws:states:us-east-1:${account}:execution:${name}:*`;

/** A sandbox with the resources of one account. */
export const oneAccount = (resources: Resources, props: SandboxProps = {}): Promise<Sandbox> =>
  sandboxWith([{ account, resources }], props);

/** Starts a machine and lets minutes pass, or time until the execution has ended. */
export async function started(sandbox: Sandbox, machine: string, input: Json = {}, minutes = 0): Promise<string> {
  const run = sandbox.executions.start({ stateMachineArn: machineArn(machine), input });
  if (!run.ok) throw new Error(run.message);
  if (minutes > 0) await sandbox.settle(minutes);
  else await sandbox.simulation.run(() => run.execution.outcome !== undefined);
  return run.execution.arn;
}

/** Runs a machine and explains that run. */
export async function explainedRun(
  sandbox: Sandbox,
  machine: string,
  input: Json = {},
  minutes = 0,
): Promise<Explanation> {
  return explainInSandbox(sandbox, { of: await started(sandbox, machine, input, minutes) });
}

/** A parent and a child in one account, where the end of the child arrives as an event. */
export function oneAccountPair(...actions: readonly string[]): Resources {
  return {
    MachineRole: role(
      'machine',
      states,
      allow('states:StartExecution', machineArn('child')),
      allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule']),
      ...(actions.length > 0 ? [allow([...actions], executionsOf('child'))] : []),
    ),
    Parent: stateMachine('parent', {
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: machineArn('child'), Input: {} },
        TimeoutSeconds: 1_800,
        End: true,
      },
    }),
    Child: stateMachine('child', { Work: { Type: 'Wait', Seconds: 63, End: true } }),
  };
}

/** A machine that maps over the numbers of its input, each in an execution of its own. */
export function mapping(
  processor: JsonObject,
  fields: JsonObject = {},
  ...statements: readonly JsonObject[]
): Resources {
  return {
    MachineRole: role(
      'machine',
      states,
      allow('states:StartExecution', [machineArn('map'), machineArn('many')]),
      allow('lambda:InvokeFunction'),
      ...statements,
    ),
    Map: stateMachine('map', {
      Each: { ...distributed(processor), ...fields },
    }),
  };
}

/** A state that maps over the numbers of its input, each in an execution of its own. */
export const distributed = (processor: JsonObject): JsonObject => ({
  Type: 'Map',
  Label: 'each',
  Items: '{% $states.input.items %}',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: Object.keys(processor)[0] ?? '',
    States: processor,
  },
  End: true,
});

/** A task of a map or machine that invokes the function `work`. */
export const invoking = (rest: JsonObject = {}): JsonObject => ({
  Work: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: `arn:aws:lambda:us-east-1:${account}:function:work`, Payload: '{% $states.input %}' },
    Output: {},
    End: true,
    ...rest,
  },
});

/** The function `work`, with its role. */
export const work = (code: string, properties: JsonObject = {}): Resources => ({
  FunctionRole: role('function', lambda, allow('logs:*')),
  Log: logGroup('work'),
  Work: lambdaFunction('work', `export const handler = async (input) => { ${code} };`, {
    LoggingConfig: { LogGroup: 'work' },
    ...properties,
  }),
});

/** Code that emits own metrics of the tenant `orders` in the embedded metric format. */
export function measured(metrics: Readonly<Record<string, number>>): string {
  const Metrics = Object.keys(metrics).map((Name) => ({ Name, Unit: 'Count' }));
  const format = { CloudWatchMetrics: [{ Namespace: ownNamespace, Dimensions: [['Tenant']], Metrics }] };
  const line = JSON.stringify({ ...metrics, Tenant: 'orders' });
  return `process.stdout.write(JSON.stringify({ ...${line}, _aws: { Timestamp: Date.now(), ...${JSON.stringify(format)} } }) + "\\n")`;
}

/** A bucket whose objects a key encrypts that may be disabled. */
export const encryptedBucket = (isEnabled: boolean): Resources => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      Enabled: isEnabled,
      KeyPolicy: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
        ],
      },
    },
  } satisfies TemplateResource,
  Results: bucket('results', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arnOf('Key') } },
      ],
    },
  }),
});

/** Fields of a map that writes its results. */
export const writing: JsonObject = {
  ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'results', Prefix: 'runs' } },
};

/** A machine that goes round and round without doing anything. */
export const oneLoop = (rounds: number): Resources => ({
  Loop: stateMachine('loop', {
    Begin: { Type: 'Pass', Output: { left: rounds }, Next: 'Over' },
    Over: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.left = 0 %}', Next: 'Done' }], Default: 'Down' },
    Down: { Type: 'Pass', Output: { left: '{% $states.input.left - 1 %}' }, Next: 'Over' },
    Done: { Type: 'Succeed' },
  }),
});
