import { deploymentOrder } from '@crosswind/assembly/deployment-order';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../cli/local/synthesize.ts';
import { stageCountsFile as platformFile } from '../platform-file.ts';
import { exampleOf } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone, fixtures } from '../workloads.ts';
import { commandLineOn } from './crosswind.ts';
import { type DeployedPlatform, deployedPlatform } from './deployed-platform.ts';

const assembly = temporaryDirectory();
beforeAll(() => synthesize({ clone, file: platformFile, directory: assembly }));

const { crosswind, crosswindIn, startRun } = commandLineOn({ clone, platformFile, assembly: () => assembly });
const [front, between, back] = ['333333333333', '444444444444', '555555555555'];
const targetRole = (account: string): string => `arn:aws:iam::${account}:role/crosswind-chain-target`;

describe('a workload of three stages', () => {
  test('is deployed with the last first, and the entry when what it starts is there', () => {
    const [wave] = deploymentOrder(readAssembly(assembly)).filter(({ name }) => name === 'dev');
    const paths = wave?.steps.map((step) => step.map(({ path }) => path).filter((path) => path.includes('chain')));
    expect(paths).toEqual([
      ['Crosswind/dev-chain/Last'],
      ['Crosswind/dev-chain/Middle'],
      ['Crosswind/dev-chain/Entry'],
    ]);
  });

  test('runs across three accounts, each start with the role of the account that it leads to', async () => {
    const { code, stdout, report } = await startRun();
    expect(report).toMatchObject({
      tenant: 'chain',
      wave: 'dev',
      stages: [
        { name: 'entry', account: front, status: 'SUCCEEDED' },
        { name: 'middle', account: between, status: 'SUCCEEDED' },
        { name: 'last', account: back, status: 'SUCCEEDED' },
      ],
      results: null,
    });
    expect(report.decisions.denied).toEqual([]);
    expect(report.decisions.allowed).toMatchObject({ 'states:StartExecution': 2 });
    const tree = stdout.split('\n').filter((line) => line.includes('crosswind-chain-'));
    expect(tree).toEqual([
      expect.stringMatching(/^crosswind-chain-entry in front 333333333333 {2}SUCCEEDED/),
      expect.stringMatching(/^└─ crosswind-chain-middle in between 444444444444 {2}SUCCEEDED/),
      expect.stringMatching(/^ {3}└─ crosswind-chain-last in back 555555555555 {2}SUCCEEDED/),
    ]);
    expect(code).toBe(0);
  });

  test.each([
    {
      fault: 'describe-execution',
      account: between,
      called: 'middle',
      statuses: ['FAILED', 'SUCCEEDED', 'SUCCEEDED'],
      happened: 'the entry hung after TaskSubmitted: the middle had SUCCEEDED, and the entry waited',
    },
    {
      fault: 'describe-execution:last',
      account: back,
      called: 'last',
      statuses: ['FAILED', 'FAILED', 'SUCCEEDED'],
      happened: 'the middle hung after TaskSubmitted: the last had SUCCEEDED, and the middle waited',
    },
  ])('with --break $fault is explained', async ({ fault, account, called, statuses, happened }) => {
    const { code, stdout, stderr, report } = await startRun('--break', fault);
    expect(report.stages.map(({ status }) => status)).toEqual(statuses);
    const executions = `arn:aws:states:us-east-1:${account}:execution:crosswind-chain-${called}:`;
    expect(report.decisions.denied).toMatchObject([
      {
        principal: targetRole(account),
        action: 'states:DescribeExecution',
        account,
        mends: [{ statement: { Action: 'states:DescribeExecution', Resource: `${executions}*` } }],
      },
    ]);
    expect(stdout).toContain(happened);
    expect(stdout).toContain(`role ${targetRole(account)} lacks states:DescribeExecution on ${executions}`);
    expect(stderr).toContain(`ran with a fault: the target role may not describe executions of the ${called}`);
    expect(code).toBe(2);
  });

  test('knows the faults of both of its hops, and no other', async () => {
    const { code, stderr } = await crosswind('start', '--file', platformFile, '--break', 'trust:middle');
    expect(stderr).toContain('Allowed choices are describe-execution, start-execution, stop-execution, trust,');
    expect(stderr).toContain('describe-execution:last');
    expect(code).toBe(1);
  });
});

describe('a workload of one stage without local behavior', () => {
  test('runs with an empty input, and the execution is all that is shown', async () => {
    const { code, stdout, report } = await startRun('--tenant', 'mirror');
    expect(report).toMatchObject({
      tenant: 'mirror',
      stages: [{ name: 'only', account: back, status: 'SUCCEEDED' }],
      results: null,
    });
    expect(stdout).toMatch(/^crosswind-mirror-only in back 555555555555 {2}SUCCEEDED/m);
    expect(stdout).toMatch(/^└─ Answer$/m);
    expect(code).toBe(0);
  });

  test('has no faults, which --break says', async () => {
    const args = ['--file', platformFile, '--tenant', 'mirror', '--break', 'trust'];
    const { code, stderr } = await crosswind('start', ...args);
    expect(stderr).toContain(
      '"echo" has no faults: it starts no other stage, and test/services/echo/local.ts lists none.',
    );
    expect(code).toBe(1);
  });

  test('cannot be simulated, which the message says', async () => {
    const { code, stderr } = await crosswind('simulate', '--file', platformFile, '--tenant', 'mirror');
    expect(stderr).toContain('give it a `simulation` in test/services/echo/local.ts');
    expect(code).toBe(1);
  });
});

describe('crosswind run', () => {
  let platform: DeployedPlatform;
  beforeAll(async () => {
    platform = await deployedPlatform(exampleOf(platformFile, fixtures).platform, assembly);
  });
  afterAll(() => platform.close());

  test('follows every stage of both tenants with the runner role of its account', async () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/crosswind-*-runner' };
    const operator = platform.environmentOf('111111111111', [statement as never]);
    const args = ['run', 'chain', 'mirror', '--wave', 'dev', '--sample', '--json', '--file', platformFile];
    const { code, stdout } = await crosswindIn(operator, ...args);
    const succeeded = (name: string, account?: string) => ({ name, account, status: 'SUCCEEDED' });
    expect(JSON.parse(stdout)).toMatchObject([
      {
        tenant: 'chain',
        stages: [succeeded('entry', front), succeeded('middle', between), succeeded('last', back)],
        problems: [],
      },
      { tenant: 'mirror', stages: [succeeded('only', back)], problems: [] },
    ]);
    expect(code).toBe(0);
  });
});
