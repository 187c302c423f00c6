import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import type { RegionalStackSet } from '../../cli/baseline/stack-sets.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { aws } from './aws.ts';
import { crosswind } from './crosswind.ts';
import { servedEmpty } from './served-sandbox.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
const baseline = (...args: readonly string[]) => crosswind('baseline', '--file', platformFile, ...args);

interface Shown {
  readonly accounts: readonly { readonly account: string; readonly kind: string; readonly digest: string }[];
  readonly templates: Readonly<Record<string, unknown>>;
  readonly stackSets: readonly RegionalStackSet[];
}
const shown = async (...args: readonly string[]) => JSON.parse((await baseline('--json', ...args)).stdout) as Shown;

describe('crosswind baseline', () => {
  test('lists each account with its kind, its digest and its regions', async () => {
    const { code, stdout } = await baseline();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^monitoring\s+222222222222\s+monitoring\s+[0-9a-f]{16}\s+us-east-1$/m);
    expect(stdout).toMatch(/^word-child-dev\s+444444444444\s+workload\s+[0-9a-f]{16}\s+us-east-1$/m);
  });

  test('shows the templates that synth has written next to the stacks', async () => {
    const { templates } = await shown();
    expect(Object.keys(templates)).toEqual(['monitoring', 'pipeline', 'workload']);
    for (const [kind, template] of Object.entries(templates)) {
      const file = join(inject('assembly'), 'baseline', `${kind}.template.json`);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(template);
    }
  });

  test('writes the template of accounts of one kind', async () => {
    const file = join(temporaryDirectory(), 'workload.json');
    expect(await baseline('word-child-dev', '--template', file)).toMatchObject({ code: 0 });
    const { templates } = await shown();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(templates['workload']);
    const { stdout } = await baseline('word-child-dev', '--template', '-');
    expect(JSON.parse(stdout)).toEqual(templates['workload']);
  });

  test('writes the policies of the organization without blanks, and prints the script that attaches them', async () => {
    const directory = join(temporaryDirectory(), 'policies');
    const { code, stdout } = await baseline('--organization-policies', directory);
    expect(code).toBe(0);
    for (const name of ['monitoring', 'pipeline', 'workload', 'resources']) {
      const text = readFileSync(join(directory, `crosswind-${name}.json`), 'utf8');
      expect(text).toBe(JSON.stringify(JSON.parse(text)));
    }
    expect(existsSync(join(directory, 'crosswind-pipeline-monitoring.json'))).toBe(false);
    const [, pipeline = '', workload = '', resources = ''] = stdout.split(/^policy crosswind-/m).slice(1);
    expect(workload).toMatch(/^workload SERVICE_CONTROL_POLICY\n(attach \d+ word-.*\n){4}/);
    expect(pipeline).toMatch(/^pipeline SERVICE_CONTROL_POLICY\nattach 111111111111 tooling\n/);
    expect(resources).toContain('attach 111111111111 tooling\n');
  });

  test('has a StackSet that brings the baseline to accounts that join, and leaves it to those that go', async () => {
    const { stackSets, templates } = await shown();
    expect(stackSets.map(({ region, accounts }) => [region, accounts.map(({ kind }) => kind)])).toEqual([
      ['us-east-1', ['workload', 'workload', 'workload', 'workload']],
    ]);
    const { TemplateBody = '', ...stackSet } = stackSets[0]?.stackSet ?? {};
    expect(JSON.parse(TemplateBody)).toEqual(templates['workload']);
    expect(stackSet).toMatchObject({
      StackSetName: 'crosswind-baseline-us-east-1',
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: [
        { ParameterKey: 'BootstrapVariant', ParameterValue: 'Crosswind: account baseline' },
        { ParameterKey: 'SinkArn', ParameterValue: 'SINK_ARN_OF_us-east-1' },
      ],
    });
  });

  test('prints scripts that a shell can read', async () => {
    for (const options of [['--script'], ['--stack-sets'], ['--organization-policies', temporaryDirectory()]]) {
      const { stdout } = await baseline(...options);
      expect(stdout).toMatch(/^#!\/usr\/bin\/env bash\n/);
      expect(spawnSync('bash', ['-n'], { input: stdout }).stderr.toString()).toBe('');
    }
  });

  test.each([
    [['--script', '--stack-sets'], '--script and --stack-sets print different things: give one of them'],
    [
      ['--template', 'x.json'],
      '--template writes one template, got accounts of the kinds monitoring, pipeline, workload',
    ],
    [['tooling', '--stack-sets'], '--stack-sets is for workload accounts, and there is none among these'],
    [['word-chid-dev'], 'did you mean "word-child-dev"?'],
  ])('refuses %s', async (args, message) => {
    const { code, stdout, stderr } = await baseline(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  test('refuses an account that is detached', async () => {
    const file = join(temporaryDirectory(), 'platform.yaml');
    const text = readFileSync(platformFile, 'utf8').replace(/(name: word-parent-prod\n)/, '$1    state: detached\n');
    writeFileSync(file, text);
    const { code, stderr } = await crosswind('baseline', 'word-parent-prod', '--file', file);
    expect(stderr).toContain('"word-parent-prod" is detached and has no baseline: write state: active to take it back');
    expect(code).toBe(1);
  });
});

describe.skipIf(!hasAws)('the printed script', { timeout: 120_000 }, () => {
  const run = promisify(execFile);

  test('deploys the baseline with the AWS CLI, and changes nothing the second time', async () => {
    const served = await servedEmpty();
    try {
      const credentials = await served.credentials('999999999999', 'admin');
      const environment = { env: { ...process.env, ...credentials } };
      const script = join(temporaryDirectory(), 'baseline.sh');
      writeFileSync(script, (await baseline('monitoring', 'word-child-dev', '--script')).stdout);
      const first = await run('bash', [script], environment);
      expect(first.stdout).toContain('the baseline is deployed');
      expect(first.stdout.split('Successfully created/updated stack').length).toBe(3);
      const admin = await served.credentials('word-child-dev', 'admin');
      const described = await aws(admin, 'cloudformation', 'describe-stacks', '--stack-name', 'crosswind-toolkit');
      const { Stacks: [stack] = [] } = JSON.parse(described) as {
        readonly Stacks?: readonly Record<string, unknown>[];
      };
      const { accounts } = await shown();
      const { digest } = accounts.find(({ account }) => account === 'word-child-dev') ?? {};
      expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', EnableTerminationProtection: true });
      const parameter = ['ssm', 'get-parameter', '--name', '/cdk-bootstrap/crosswind/baseline'];
      expect(JSON.parse(await aws(admin, ...parameter))).toMatchObject({ Parameter: { Value: digest } });

      const some = join(temporaryDirectory(), 'some.sh');
      writeFileSync(some, (await baseline('word-child-dev', '--script')).stdout);
      expect((await run('bash', [some], environment)).stdout).toContain('No changes to deploy');
    } finally {
      await served.stop();
    }
  });

  test('brings back a link and a sink that somebody has deleted, though CloudFormation sees no change', async () => {
    const served = await servedEmpty();
    try {
      const environment = { env: { ...process.env, ...(await served.credentials('999999999999', 'admin')) } };
      const deploy = async (...accounts: readonly string[]): Promise<string> => {
        const script = join(temporaryDirectory(), 'baseline.sh');
        writeFileSync(script, (await baseline(...accounts, '--script')).stdout);
        return (await run('bash', [script], environment)).stdout;
      };
      const [child, monitoring] = [
        await served.credentials('word-child-dev', 'admin'),
        await served.credentials('monitoring', 'admin'),
      ];
      const listed = async (of: typeof child, operation: string, query: string): Promise<string> =>
        aws(of, 'oam', operation, '--query', query, '--output', 'text');
      const sink = () => listed(monitoring, 'list-sinks', 'Items[].Arn');
      const link = () => listed(child, 'list-links', 'Items[].Arn');
      expect(await deploy('monitoring', 'word-child-dev')).not.toContain('deleted by hand');

      await aws(child, 'oam', 'delete-link', '--identifier', await link());
      await aws(monitoring, 'oam', 'delete-sink', '--identifier', await sink());
      const output = await deploy('monitoring', 'word-child-dev');
      for (const kind of ['sink', 'link']) {
        expect(output).toMatch(
          new RegExp(
            `^arn:aws:oam:\\S+:${kind}/\\S+ was deleted by hand or leads elsewhere, and is created again$`,
            'm',
          ),
        );
      }
      expect(await listed(child, 'list-links', 'Items[].SinkArn')).toBe(await sink());
      expect(await sink()).toMatch(/^arn:/);
    } finally {
      await served.stop();
    }
  });

  test('says which role cannot be assumed, and goes no further', async () => {
    const served = await servedEmpty();
    try {
      const credentials = await served.credentials('999999999999', 'admin');
      const script = join(temporaryDirectory(), 'baseline.sh');
      writeFileSync(script, (await baseline('--script')).stdout);
      const ended: unknown = await run('bash', [script, 'nobody'], { env: { ...process.env, ...credentials } }).catch(
        (error: unknown) => error,
      );
      expect(ended).toMatchObject({ stderr: expect.stringContaining('role/nobody') as unknown });
      expect(ended).not.toMatchObject({ stdout: expect.stringContaining('111111111111') as unknown });
    } finally {
      await served.stop();
    }
  });
});
