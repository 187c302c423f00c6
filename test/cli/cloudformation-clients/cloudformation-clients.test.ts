import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { aws } from '../aws.ts';
import { type Credentials, type ServedSandbox, servedEmpty } from '../served-sandbox.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
/** The first Python that has boto3. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import boto3']).status === 0,
);
const account = '333333333333';

let served: ServedSandbox;
let admin: Credentials;
beforeAll(async () => {
  served = await servedEmpty();
  admin = await served.credentials('word-parent-dev', 'admin');
});
afterAll(() => served.stop());

const folder = temporaryDirectory();

/** A template in a file of its own. */
function templateFile(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return `file://${join(folder, name)}`;
}

const cloudFormation = (...args: readonly string[]): Promise<string> => aws(admin, 'cloudformation', ...args);

/** Output and exit code of a command that fails. */
async function failure(...args: readonly string[]): Promise<{ readonly code: unknown; readonly text: string }> {
  const error: unknown = await cloudFormation(...args).catch((reason: unknown) => reason);
  if (!(error instanceof Error) || !('code' in error)) throw new Error(`${args.join(' ')} did not fail`);
  return { code: error.code, text: error.message };
}

/** Exit code of the AWS CLI for a refusal by a service: 255 in version 1, 254 in version 2. */
const refusedByService = expect.toBeOneOf([254, 255]) as unknown;

const letters = templateFile(
  'letters.yaml',
  `Description: Letters
Parameters:
  Unit: {Type: String, Default: knots}
Resources:
  UnitParameter:
    Type: AWS::SSM::Parameter
    Properties: {Name: /letters/unit, Type: String, Value: !Ref Unit}
Outputs:
  Unit: {Value: !Ref UnitParameter, Export: {Name: letters-unit}}
`,
);
const importing = templateFile(
  'importing.yaml',
  `Resources:
  Imported:
    Type: AWS::SSM::Parameter
    Properties: {Name: /letters/imported, Type: String, Value: !ImportValue letters-unit}
`,
);
const role = `Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: SERVICE}, Action: sts:AssumeRole}]`;

describe.skipIf(!hasAws)('the AWS CLI (skipped where `aws` is not installed)', { timeout: 240_000 }, () => {
  test('creates and updates a stack, waits, and reads it', async () => {
    await cloudFormation('validate-template', '--template-body', letters);
    await cloudFormation('create-stack', '--stack-name', 'letters', '--template-body', letters);
    await cloudFormation('wait', 'stack-create-complete', '--stack-name', 'letters');
    const change = ['--use-previous-template', '--parameters', 'ParameterKey=Unit,ParameterValue=mph'];
    await cloudFormation('update-stack', '--stack-name', 'letters', ...change);
    await cloudFormation('wait', 'stack-update-complete', '--stack-name', 'letters');
    const events = ['describe-stack-events', '--stack-name', 'letters', '--max-items', '3'];
    const query = ['--query', 'StackEvents[].[LogicalResourceId,ResourceStatus]'];
    expect(JSON.parse(await cloudFormation(...events, ...query))).toEqual([
      ['letters', 'UPDATE_COMPLETE'],
      ['letters', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
      ['UnitParameter', 'UPDATE_COMPLETE'],
    ]);
    const summary = ['get-template-summary', '--stack-name', 'letters', '--query', 'ResourceTypes'];
    expect(JSON.parse(await cloudFormation(...summary))).toEqual(['AWS::SSM::Parameter']);
  });

  test('packages code, deploys it twice, and deletes it', async () => {
    const bucket = `artifacts-${account}`;
    const properties = `{Type: AWS::S3::Bucket, Properties: {BucketName: ${bucket}}}`;
    templateFile('bucket.yaml', `Resources:\n  Bucket: ${properties}\n`);
    // A layer exists without running, so that the command finds it created when it first asks, 30 seconds before the next time.
    const layer = 'Layer: {Type: AWS::Lambda::LayerVersion, Properties: {Content: code}}';
    const owner = role.replace('SERVICE', 'lambda.amazonaws.com');
    templateFile('layer.yaml', `Resources:\n  ${owner}\n  ${layer}\n`);
    mkdirSync(join(folder, 'code'));
    writeFileSync(join(folder, 'code/index.js'), 'exports.handler = async () => 1;');
    await cloudFormation('deploy', '--template-file', join(folder, 'bucket.yaml'), '--stack-name', 'artifacts');
    const packaged = join(folder, 'packaged.yaml');
    const source = ['--template-file', join(folder, 'layer.yaml'), '--s3-bucket', bucket];
    await cloudFormation('package', ...source, '--output-template-file', packaged);
    expect(readFileSync(packaged, 'utf8')).toContain(`S3Bucket: ${bucket}`);

    const deploy = ['deploy', '--template-file', packaged, '--stack-name', 'layer'];
    expect(await failure(...deploy)).toMatchObject({
      code: refusedByService,
      text: expect.stringContaining(
        '(InsufficientCapabilitiesException) when calling the CreateChangeSet operation: Requires capabilities : [CAPABILITY_IAM]',
      ) as unknown,
    });
    const acknowledged = [...deploy, '--capabilities', 'CAPABILITY_IAM'];
    expect(await cloudFormation(...acknowledged)).toContain('Successfully created/updated stack - layer');
    expect(await cloudFormation(...acknowledged, '--no-fail-on-empty-changeset')).toContain('No changes to deploy');
    expect((await failure(...acknowledged, '--fail-on-empty-changeset')).code).toBe(255);
    await cloudFormation('delete-stack', '--stack-name', 'layer');
    await cloudFormation('wait', 'stack-delete-complete', '--stack-name', 'layer');
    await cloudFormation('delete-stack', '--stack-name', 'artifacts');
    expect((await failure('wait', 'stack-delete-complete', '--stack-name', 'artifacts')).text).toContain(
      '"DELETE_FAILED"',
    );
  });

  test('imports an export, whose stack then stays', async () => {
    await cloudFormation('create-stack', '--stack-name', 'importing', '--template-body', importing);
    const imports = ['list-imports', '--export-name', 'letters-unit', '--query', 'Imports'];
    expect(JSON.parse(await cloudFormation(...imports))).toEqual(['importing']);
    await cloudFormation('delete-stack', '--stack-name', 'letters');
    const why = ['--query', 'Stacks[0].StackStatusReason', '--output', 'text'];
    expect(await cloudFormation('describe-stacks', '--stack-name', 'letters', ...why)).toBe(
      'Delete canceled. Cannot delete export letters-unit as it is in use by importing.',
    );
  });

  const bad = templateFile('bad.yaml', 'a: [b\n');

  test.each<[what: string, args: readonly string[], words: string]>([
    ['an unknown stack', ['describe-stacks'], 'Stack with id nothing does not exist'],
    [
      'a template that is no YAML',
      ['create-stack', '--template-body', bad],
      'YAML not well-formed. (line 2, column 1)',
    ],
  ])("is refused %s in AWS's words", async (_, args, words) => {
    const { code, text } = await failure(...args, '--stack-name', 'nothing');
    expect(code).toEqual(refusedByService);
    expect(text).toMatch(/An error occurred \(ValidationError\) when calling the \w+ operation: /);
    expect(text.trimEnd().endsWith(words)).toBe(true);
  });

  test('fails as the role of a stack is denied, and the sandbox says which statement is missing', async () => {
    templateFile('deployer.yaml', `Resources:\n  ${role.replace('SERVICE', 'cloudformation.amazonaws.com')}\n`);
    const deploy = ['--template-file', join(folder, 'deployer.yaml'), '--stack-name', 'deployer'];
    await cloudFormation('deploy', ...deploy, '--capabilities', 'CAPABILITY_IAM');
    const id = ['--query', 'StackResources[0].PhysicalResourceId', '--output', 'text'];
    const name = await cloudFormation('describe-stack-resources', '--stack-name', 'deployer', ...id);
    const arn = `arn:aws:iam::${account}:role/${name}`;
    await cloudFormation('create-stack', '--stack-name', 'narrow', '--template-body', letters, '--role-arn', arn);
    expect((await failure('wait', 'stack-create-complete', '--stack-name', 'narrow')).text).toContain(
      '"ROLLBACK_COMPLETE"',
    );
    const resource = `arn:aws:ssm:us-east-1:${account}:parameter/letters/unit`;
    expect(served.stderr()).toContain(
      [
        `stack narrow in account ${account}, us-east-1: UnitParameter (AWS::SSM::Parameter) failed`,
        `denied role ${arn} lacks ssm:PutParameter on ${resource} of account ${account}: no statement of its identity policies names ssm:PutParameter`,
        `To fix it, this statement in the identity policy of ${arn}:`,
        '  {',
        '    "Effect": "Allow",',
        '    "Action": "ssm:PutParameter",',
        `    "Resource": "${resource}"`,
        '  }',
      ].join('\n'),
    );
  });
});

describe.skipIf(python === undefined)('boto3 (skipped where it is not installed)', () => {
  test('creates, updates, waits, pages, makes change sets, detects drift and deletes', async () => {
    const script = join(import.meta.dirname, 'stacks.py');
    const other = await served.credentials('word-child-dev', 'admin');
    const env = { ...process.env, ...other, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    const detected = '1 validation error detected: Value';
    const { stdout } = await promisify(execFile)(python ?? '', [script], { env });
    expect(JSON.parse(stdout)).toEqual({
      statuses: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE'],
      'no updates': ['ValidationError', 'No updates are to be performed.', 400],
      changes: [['Remove', 'Unit35']],
      'same change set': 'FAILED',
      // Three of each creation, two of each update and the deletion, and eight of the stack; 100 are on a page.
      events: { pages: 2, count: 190, different: 190 },
      resources: 35,
      stacks: ['units'],
      exports: ['first-unit'],
      drift: ['DETECTION_COMPLETE', 'IN_SYNC'],
      unknown: ['ValidationError', 'Stack with id units does not exist', 400],
      events_of_unknown: ['ValidationError', 'Stack [units] does not exist', 400],
      update_of_unknown: ['ValidationError', 'Stack [units] does not exist', 400],
      long_name: [
        'ValidationError',
        `${detected} '${'a'.repeat(129)}' at 'stackName' failed to satisfy constraint: Member must have length less than or equal to 128`,
        400,
      ],
      bad_change_set: [
        'ValidationError',
        `${detected} '1st' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
        400,
      ],
      capabilities: ['InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]', 400],
    });
  });
});
