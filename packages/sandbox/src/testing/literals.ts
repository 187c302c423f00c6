import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Stack, resolveTolerantly } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { type Sandbox, openSandbox } from '../sandbox.ts';
import type { SandboxProps } from '../sandbox-props.ts';
import type { Execution } from '../step-functions/runtime/execution.ts';

export const region = 'us-east-1';
/** 2026-01-02T03:04:05Z */
export const now = 1_767_323_045_000;

export type Resources = Readonly<Record<string, TemplateResource>>;

/** A stack as a literal: the resources of one account. */
export interface LiteralStack {
  readonly account: string;
  readonly resources: Resources;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default - none */
  readonly conditions?: JsonObject;
}

/** The stacks as the assembly reader resolves them; the key of an asset is the directory that it is in. */
export const stacksOf = (...literals: readonly LiteralStack[]): readonly Stack[] =>
  resolveTolerantly(
    literals.map(({ account, resources, region: at = region, conditions }, index) => ({
      path: `Test/${index}`,
      name: `Stack${index}`,
      account,
      region: at,
      template: { Resources: resources, Conditions: conditions },
      templateFile: `${index}.template.json`,
      id: `Stack${index}`,
      dependencies: [],
      isAgnostic: false,
      assets: new Map(
        Object.values(resources)
          .map(codeOf)
          .map((directory) => [directory, directory]),
      ),
    })),
  );

const codeOf = ({ Properties }: TemplateResource): string => textOf(objectOf(Properties?.['Code'])['S3Key']);

/** A sandbox for this test, with the stacks deployed in it. */
export async function sandboxWith(literals: readonly LiteralStack[], props: SandboxProps = {}): Promise<Sandbox> {
  const sandbox = await openSandbox({ startAt: now, ...props });
  onTestFinished(() => sandbox.close());
  for (const stack of stacksOf(...literals)) await sandbox.deploy(stack);
  return sandbox;
}

/** Starts a state machine and lets time pass until the execution has ended, or until nothing happens any more. */
export async function execute(sandbox: Sandbox, stateMachineArn: string, input: Json = {}): Promise<Execution> {
  const started = sandbox.executions.start({ stateMachineArn, name: 'run', input });
  if (!started.ok) throw new Error(started.message);
  await sandbox.simulation.run(() => started.execution.outcome !== undefined);
  return started.execution;
}

export const typesOf = ({ history }: Execution): readonly string[] => history.map(({ type }) => type);

export const allow = (actions: Json, resources: Json = '*'): JsonObject => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

const document = (...statements: readonly JsonObject[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: statements,
});

export const trusting = (principal: JsonObject, condition?: JsonObject): JsonObject => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...(condition && { Condition: condition }),
});

/** A role with one inline policy, `own`. */
export const role = (name: string, trust: JsonObject, ...statements: readonly JsonObject[]): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    AssumeRolePolicyDocument: document(trust),
    ...(statements.length > 0 && { Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }] }),
  },
});

/** A policy of its own, attached to roles by their name. */
export const policy = (roles: readonly string[], ...statements: readonly JsonObject[]): TemplateResource => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'attached', Roles: roles, PolicyDocument: document(...statements) },
});

export const bucketPolicy = (bucket: string, ...statements: readonly JsonObject[]): TemplateResource => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: bucket, PolicyDocument: document(...statements) },
});

export const bucket = (name: string, properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName: name, ...properties },
});

/** A key that leaves the decision to the policies of its account. */
export const key = (account: string): TemplateResource => ({
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: document({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    }),
  },
});

export const logGroup = (name: string): TemplateResource => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName: name },
});

export const arnOf = (logicalId: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

export const lambda = trusting({ Service: 'lambda.amazonaws.com' });
export const states = trusting({ Service: 'states.amazonaws.com' });

/** Function with the code of its one module. Its role has the logical id `FunctionRole` by default. */
export const lambdaFunction = (name: string, code: string, properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Role: arnOf('FunctionRole'),
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { S3Bucket: 'assets', S3Key: bundle(code) },
    ...properties,
  },
});

/** State machine that starts with the first of the given states. Its role has the logical id `MachineRole`. */
export const stateMachine = (name: string, machineStates: JsonObject, rest: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    StateMachineName: name,
    RoleArn: arnOf('MachineRole'),
    Definition: machine(machineStates),
    ...rest,
  },
});

export const machine = (machineStates: JsonObject): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(machineStates)[0] ?? '',
  States: machineStates,
});

/** A directory with `code` as `index.mjs`, for as long as this test runs. */
export function bundle(code: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-bundle-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  writeFileSync(join(directory, 'index.mjs'), code);
  return directory;
}
