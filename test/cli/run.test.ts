import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Followed } from '../../cli/run/follow.ts';
import { whyNoEnd } from '../../cli/run/watch.ts';
import { sampleInput } from '../../services/wind-speed/sample/sample-run.ts';
import { platformFile } from '../platform-file.ts';
import { platformText, shippedPlatform, stackAt } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Finished, crosswindIn } from './crosswind.ts';
import { type DeployedPlatform, deployedPlatform } from './deployed-platform.ts';
import { withoutSdkWarning } from './sdk-warning.ts';

const tooling = '111111111111';
const mayRun = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: 'arn:aws:iam::*:role/crosswind-*-runner',
} as const;

let platform: DeployedPlatform;
let operator: NodeJS.ProcessEnv;
beforeAll(async () => {
  platform = await deployedPlatform();
  operator = platform.environmentOf(tooling, [mayRun]);
});
afterAll(() => platform.close());

const run = (environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Finished> =>
  crosswindIn(environment, 'run', '--file', platformFile, ...args);

const parentArn = (wave: 'dev' | 'prod'): string =>
  `arn:aws:states:us-east-1:${wave === 'dev' ? '333333333333' : '555555555555'}:execution:crosswind-wind-speed-parent`;

describe('crosswind run --sample', () => {
  test('runs the sample that was deployed, across both accounts, and finds the result as expected', async () => {
    const { code, stdout, stderr } = await run(operator, 'wind-speed', '--wave', 'dev', '--sample');
    expect(stderr).toContain(`started ${parentArn('dev')}:`);
    expect(stdout).toMatch(/^parent .*crosswind-wind-speed-parent:\S+ {2}SUCCEEDED after/m);
    expect(stdout).toMatch(/^child {2}.*444444444444:execution:crosswind-wind-speed-child:\S+ {2}SUCCEEDED after/m);
    expect(stdout).toContain('map run: 12 of 12 items in 1 batches');
    expect(stdout).toContain('"meanMph"');
    expect(code).toBe(0);
  });

  test('with --json prints the execution of each stage with its Map Runs, and nothing else', async () => {
    const { code, stdout } = await run(operator, 'wind-speed', '--wave', 'prod', '--sample', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      tenant: 'wind-speed',
      wave: 'prod',
      stages: [
        { name: 'parent', account: '555555555555', status: 'SUCCEEDED', mapRuns: [] },
        {
          name: 'child',
          account: '666666666666',
          status: 'SUCCEEDED',
          executionArn: expect.stringContaining(':execution:crosswind-wind-speed-child:') as string,
          mapRuns: [{ itemCounts: { total: 12, succeeded: 12 } }],
        },
      ],
      problems: [],
    });
    expect(code).toBe(0);
  });

  test('finds another result, and says what differs', async () => {
    const { resources } = stackAt(platform.stacks, 'Crosswind/dev-wind-speed/Child');
    const source = resources.find(({ path }) => path.endsWith('/Weather/Source/Resource'));
    platform.sandbox.storage.seed(
      { bucket: source?.name ?? '', key: `${sampleInput.prefix}extra.csv` },
      Buffer.from('no rows\n'),
    );
    const { code, stderr } = await run(operator, 'wind-speed', '--wave', 'dev', '--sample');
    expect(stderr).toContain('the sample of wind-speed has another result in wave dev:');
    expect(stderr).toContain('result.objects must be 12, got 13');
    expect(code).toBe(1);
  });
});

describe('crosswind run', () => {
  test('starts the parent, says so, and does not wait', async () => {
    const args = ['wind-speed', '--wave', 'dev', '--input', '{"prefix":"nothing/"}', '--name', 'started'];
    const { code, stdout, stderr } = await run(operator, ...args);
    expect([code, stdout, withoutSdkWarning(stderr)]).toEqual([0, '', `started ${parentArn('dev')}:started\n`]);
  });

  test('with --watch ends with the error of a run that fails', async () => {
    const args = ['wind-speed', '--wave', 'dev', '--watch', '--input', '{"prefix":7}'];
    const { code, stdout, stderr } = await run(operator, ...args);
    expect(stdout).toContain('InvalidInput: expected {} or {"prefix":"gsod/2022/"}, got {"prefix":7}');
    expect(stderr).toContain('wind-speed ended as FAILED in wave dev');
    expect(code).toBe(2);
  });

  test('refuses a name that another input has', async () => {
    const args = ['wind-speed', '--wave', 'dev', '--name', 'taken', '--input'];
    await run(operator, ...args, '{"prefix":"a"}');
    const { code, stderr } = await run(operator, ...args, '{"prefix":"b"}');
    expect(stderr).toContain('an execution has this name already: leave --name out, or choose another one');
    expect(code).toBe(2);
  });

  test('stops a sample that does not end in time', async () => {
    const { code, stderr } = await run(operator, 'wind-speed', '--wave', 'dev', '--sample', '--timeout', '0.0001');
    expect(stderr).toMatch(/no end after 0.0001 minutes, so it was stopped: arn:/);
    expect(stderr).not.toContain('it goes on');
    expect(code).toBe(2);
  });

  test('runs several tenants, and tells of the one that fails', async () => {
    const file = join(temporaryDirectory(), 'platform.yaml');
    writeFileSync(
      file,
      `${platformText}
  - name: second
    workload: wind-speed
    owner: weather-team
    waves:
      dev: { parent: wind-parent-dev, child: wind-child-dev }
`,
    );
    const { code, stdout, stderr } = await crosswindIn(
      operator,
      ...['run', 'second', 'wind-speed', '--wave', 'dev', '--watch', '--json', '--file', file],
      ...['--input', '{"prefix":"nothing/"}'],
    );
    expect(JSON.parse(stdout)).toMatchObject([
      { tenant: 'second', error: expect.stringContaining('crosswind-second-runner') as string },
      { tenant: 'wind-speed', stages: [{ name: 'parent', status: expect.any(String) as string }, { name: 'child' }] },
    ]);
    expect(stderr).toContain('crosswind-second-runner');
    expect(code).toBe(2);
  });

  test('gives up waiting when it is told to', async () => {
    const timeout = ['--watch', '--timeout', '0.0001'];
    const { code, stderr } = await run(operator, 'wind-speed', '--wave', 'dev', ...timeout);
    expect(stderr).toContain('no end after 0.0001 minutes');
    expect(stderr).toContain('to stop it, with credentials of account 333333333333: aws stepfunctions stop-execution');
    expect(code).toBe(2);
  });
});

test('crosswind run tells of a parent that may not describe its child, and of the runbook', () => {
  const running = {
    $metadata: {},
    executionArn: 'p',
    stateMachineArn: 'm',
    status: 'RUNNING',
    startDate: new Date(),
  } as const;
  const ended = { ...running, status: 'SUCCEEDED' } as const;
  const starts = new Map([['parent', ['child']]]);
  const followed = (child: typeof running | typeof ended): Followed => ({
    entry: running,
    stages: [
      { stage: 'parent', account: '333333333333', execution: running, mapRuns: [] },
      { stage: 'child', account: '444444444444', execution: child, mapRuns: [] },
    ],
  });
  expect(whyNoEnd(followed(ended), starts)).toEqual([
    'its child ended as SUCCEEDED, and the parent does not notice: the target role may not describe it',
    'see docs/runbooks/executions-timed-out.md',
  ]);
  expect(whyNoEnd(followed(running), starts)).toEqual([]);
  expect(whyNoEnd(undefined, starts)).toEqual([]);
  expect(existsSync('docs/runbooks/executions-timed-out.md')).toBe(true);
});

describe('crosswind run, with credentials that do not do', () => {
  test('says which role must be assumed', async () => {
    const powerless = platform.environmentOf('999999999999', []);
    const { code, stderr } = await run(powerless, 'wind-speed', '--wave', 'dev');
    expect(stderr).toContain('is not authorized to perform: sts:AssumeRole');
    expect(stderr).toContain(`set AWS_PROFILE to a role of the pipeline's account, ${tooling}`);
    expect(stderr).toContain('arn:aws:iam::333333333333:role/crosswind-wind-speed-runner');
    expect(code).toBe(2);
  });

  test('says that there are none', async () => {
    const none = {
      AWS_ENDPOINT_URL: platform.sandbox.endpointUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: join(temporaryDirectory(), 'none'),
      AWS_CONFIG_FILE: join(temporaryDirectory(), 'none'),
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    };
    const { code, stderr } = await run(none, 'wind-speed', '--wave', 'dev');
    expect(stderr).toContain('found no AWS credentials');
    expect(code).toBe(2);
  });

  test('says that nobody answers', async () => {
    const gone = { ...operator, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' };
    const { code, stderr } = await run(gone, 'wind-speed', '--wave', 'dev');
    expect(stderr).toContain('AWS cannot be reached');
    expect(code).toBe(2);
  });
});

describe('crosswind run, told what it cannot do', () => {
  const pending = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(pending, platformText.replace('name: wind-child-dev\n', 'name: wind-child-dev\n    state: pending\n'));

  test.each<[what: string, args: readonly string[], says: string]>([
    ['no such tenant', ['wind'], 'there is no tenant "wind", did you mean "wind-speed"? (known: wind-speed)'],
    ['several waves', ['wind-speed'], '"wind-speed" is deployed in several waves: say which with --wave (dev, prod)'],
    [
      'no such wave',
      ['wind-speed', '--wave', 'pro'],
      '--wave names no wave, got "pro", did you mean "prod"? (known: dev, prod)',
    ],
    [
      'a wave in which it is withheld',
      ['wind-speed', '--wave', 'dev', '--file', pending],
      '"wind-speed" is not deployed in wave "dev": account wind-child-dev is pending',
    ],
    ['input that is no JSON', ['wind-speed', '--wave', 'dev', '--input', '{'], '--input must be JSON, got {'],
    [
      'input for a sample',
      ['wind-speed', '--wave', 'dev', '--sample', '--input', '{}'],
      '--sample has an input of its own: leave --input out',
    ],
    [
      'a time to wait where nobody waits',
      ['wind-speed', '--wave', 'dev', '--timeout', '5'],
      '--timeout says how long to wait: give --watch or --sample, too',
    ],
    [
      'a name that is none',
      ['wind-speed', '--wave', 'dev', '--name', 'a b'],
      'It must be 1 to 80 letters, digits, _ or -.',
    ],
    ['no time at all', ['wind-speed', '--wave', 'dev', '--timeout', '0'], 'It must be a number above 0.'],
  ])('refuses %s', async (_, args, says) => {
    const { code, stderr } = await run({}, ...args);
    expect(stderr).toContain(says);
    expect(code).toBe(1);
  });

  test('needs no wave where there is only one', async () => {
    const { code, stderr } = await run(operator, 'wind-speed', '--file', pending);
    expect(stderr).toContain(`started ${parentArn('prod')}:`);
    expect(code).toBe(0);
    expect(shippedPlatform.waves).toHaveLength(2);
  });
});
