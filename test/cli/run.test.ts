import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Followed } from '../../cli/run/follow.ts';
import { whyNoEnd } from '../../cli/run/watch.ts';
import { sampleInput } from '../services/word-count/sample.ts';
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

/** The bucket that the child reads in a wave. */
function sourceIn(wave: string): string {
  const { resources } = stackAt(platform.stacks, `Crosswind/${wave}-word-count/Child`);
  return resources.find(({ path }) => path.endsWith('/Child/Source/Resource'))?.name ?? '';
}

const run = (environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Finished> =>
  crosswindIn(environment, 'run', '--file', platformFile, ...args);

const parentArn = (wave: 'dev' | 'prod'): string =>
  `arn:aws:states:us-east-1:${wave === 'dev' ? '333333333333' : '555555555555'}:execution:crosswind-word-count-parent`;

describe('crosswind run --sample', () => {
  test('runs the sample across both accounts, and finds the result as expected', async () => {
    const { code, stdout, stderr } = await run(operator, 'word-count', '--wave', 'dev', '--sample');
    expect(stderr).toContain(`started ${parentArn('dev')}:`);
    expect(stdout).toMatch(/^parent .*crosswind-word-count-parent:\S+ {2}SUCCEEDED after/m);
    expect(stdout).toMatch(/^child {2}.*444444444444:execution:crosswind-word-count-child:\S+ {2}SUCCEEDED after/m);
    expect(stdout).toContain('map run: 0 of 0 items in 0 batches');
    expect(stdout).toContain('"words"');
    expect(code).toBe(0);
  });

  test('with --json prints the execution of each stage with its Map Runs, and nothing else', async () => {
    const { code, stdout } = await run(operator, 'word-count', '--wave', 'prod', '--sample', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      tenant: 'word-count',
      wave: 'prod',
      stages: [
        { name: 'parent', account: '555555555555', status: 'SUCCEEDED', mapRuns: [] },
        {
          name: 'child',
          account: '666666666666',
          status: 'SUCCEEDED',
          executionArn: expect.stringContaining(':execution:crosswind-word-count-child:') as string,
          mapRuns: [{ itemCounts: { total: 0, succeeded: 0 } }],
        },
      ],
      problems: [],
    });
    expect(code).toBe(0);
  });

  test('finds another result, and says what differs', async () => {
    const extra = { bucket: sourceIn('dev'), key: `${sampleInput.prefix}extra.txt` };
    platform.sandbox.storage.seed(extra, Buffer.from('one more text'));
    const { code, stderr } = await run(operator, 'word-count', '--wave', 'dev', '--sample');
    expect(stderr).toContain('the sample of word-count has another result in wave dev:');
    expect(stderr).toContain('result.objects must be 0, got 1\n  result.words must be 0, got 3');
    expect(code).toBe(1);
  });
});

describe('crosswind run', () => {
  test('starts the parent, says so, and does not wait', async () => {
    const args = ['word-count', '--wave', 'dev', '--input', '{"prefix":"nothing/"}', '--name', 'started'];
    const { code, stdout, stderr } = await run(operator, ...args);
    expect([code, stdout, withoutSdkWarning(stderr)]).toEqual([0, '', `started ${parentArn('dev')}:started\n`]);
  });

  test('with --watch ends with the error of a run that fails', async () => {
    const args = ['word-count', '--wave', 'dev', '--watch', '--input', '{"prefix":7}'];
    const { code, stdout, stderr } = await run(operator, ...args);
    expect(stdout).toContain('InvalidInput: expected {} or {"prefix":"texts/2022/"}, got {"prefix":7}');
    expect(stderr).toContain('word-count ended as FAILED in wave dev');
    expect(code).toBe(2);
  });

  test('refuses a name that another input has', async () => {
    const args = ['word-count', '--wave', 'dev', '--name', 'taken', '--input'];
    await run(operator, ...args, '{"prefix":"a"}');
    const { code, stderr } = await run(operator, ...args, '{"prefix":"b"}');
    expect(stderr).toContain('an execution has this name already: leave --name out, or choose another one');
    expect(code).toBe(2);
  });

  test('stops a sample that does not end in time', async () => {
    const { code, stderr } = await run(operator, 'word-count', '--wave', 'dev', '--sample', '--timeout', '0.0001');
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
    workload: word-count
    owner: letters-team
    waves:
      dev: { parent: word-parent-dev, child: word-child-dev }
`,
    );
    const { code, stdout, stderr } = await crosswindIn(
      operator,
      ...['run', 'second', 'word-count', '--wave', 'dev', '--watch', '--json', '--file', file],
      ...['--input', '{"prefix":"nothing/"}'],
    );
    expect(JSON.parse(stdout)).toMatchObject([
      {
        tenant: 'second',
        stages: [
          { name: 'parent', account: '333333333333', executionArn: null, status: null },
          { name: 'child', account: '444444444444', executionArn: null, status: null },
        ],
        error: expect.stringContaining('crosswind-second-runner') as string,
      },
      { tenant: 'word-count', stages: [{ name: 'parent', status: expect.any(String) as string }, { name: 'child' }] },
    ]);
    expect(stderr).toContain('crosswind-second-runner');
    expect(code).toBe(2);
  });

  test('without --watch reports the stages as they are known: the entry runs', async () => {
    const { code, stdout } = await run(operator, 'word-count', '--wave', 'dev', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      tenant: 'word-count',
      stages: [
        {
          name: 'parent',
          account: '333333333333',
          executionArn: expect.stringContaining(parentArn('dev')) as string,
          status: 'RUNNING',
        },
        { name: 'child', account: '444444444444', executionArn: null, status: null },
      ],
    });
    expect(code).toBe(0);
  });

  test('gives up waiting when it is told to', async () => {
    const timeout = ['--watch', '--timeout', '0.0001'];
    const { code, stderr } = await run(operator, 'word-count', '--wave', 'dev', ...timeout);
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
    const { code, stderr } = await run(powerless, 'word-count', '--wave', 'dev');
    expect(stderr).toContain('is not authorized to perform: sts:AssumeRole');
    expect(stderr).toContain(`set AWS_PROFILE to a role of the pipeline's account, ${tooling}`);
    expect(stderr).toContain('arn:aws:iam::333333333333:role/crosswind-word-count-runner');
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
    const { code, stderr } = await run(none, 'word-count', '--wave', 'dev');
    expect(stderr).toContain('found no AWS credentials');
    expect(code).toBe(2);
  });

  test('says that nobody answers', async () => {
    const gone = { ...operator, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' };
    const { code, stderr } = await run(gone, 'word-count', '--wave', 'dev');
    expect(stderr).toContain('AWS cannot be reached');
    expect(code).toBe(2);
  });
});

describe('crosswind run, told what it cannot do', () => {
  const pending = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(pending, platformText.replace('name: word-child-dev\n', 'name: word-child-dev\n    state: pending\n'));

  test.each<[what: string, args: readonly string[], says: string]>([
    ['no such tenant', ['word'], 'there is no tenant "word", did you mean "word-count"? (known: word-count)'],
    ['several waves', ['word-count'], '"word-count" is deployed in several waves: say which with --wave (dev, prod)'],
    [
      'no such wave',
      ['word-count', '--wave', 'pro'],
      '--wave names no wave, got "pro", did you mean "prod"? (known: dev, prod)',
    ],
    [
      'a wave in which it is withheld',
      ['word-count', '--wave', 'dev', '--file', pending],
      '"word-count" is not deployed in wave "dev": account word-child-dev is pending',
    ],
    ['input that is no JSON', ['word-count', '--wave', 'dev', '--input', '{'], '--input must be JSON, got {'],
    [
      'input for a sample',
      ['word-count', '--wave', 'dev', '--sample', '--input', '{}'],
      '--sample has an input of its own: leave --input out',
    ],
    [
      'a time to wait where nobody waits',
      ['word-count', '--wave', 'dev', '--timeout', '5'],
      '--timeout says how long to wait: give --watch or --sample, too',
    ],
    [
      'a name that is none',
      ['word-count', '--wave', 'dev', '--name', 'a b'],
      'It must be 1 to 80 letters, digits, _ or -.',
    ],
    ['no time at all', ['word-count', '--wave', 'dev', '--timeout', '0'], 'It must be a number above 0.'],
  ])('refuses %s', async (_, args, says) => {
    const { code, stderr } = await run({}, ...args);
    expect(stderr).toContain(says);
    expect(code).toBe(1);
  });

  test('needs no wave where there is only one', async () => {
    const { code, stderr } = await run(operator, 'word-count', '--file', pending);
    expect(stderr).toContain(`started ${parentArn('prod')}:`);
    expect(code).toBe(0);
    expect(shippedPlatform.waves).toHaveLength(2);
  });
});
