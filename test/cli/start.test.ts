import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { readRunRecord } from '../../cli/run-record/read-run-record.ts';
import { snapshotIn } from './page-snapshot.ts';
import { crosswind, startRun } from './crosswind.ts';

const parentAccount = '333333333333';
const childAccount = '444444444444';
const targetRole = `arn:aws:iam::${childAccount}:role/crosswind-word-count-target`;
const parentRole = `arn:aws:iam::${parentAccount}:role/crosswind-word-count-parent`;
const parentMachine = `arn:aws:states:us-east-1:${parentAccount}:stateMachine:crosswind-word-count-parent`;
const childMachine = `arn:aws:states:us-east-1:${childAccount}:stateMachine:crosswind-word-count-child`;

const otherChildAccount = '044444444444';

/** A file of another platform, whose child of wave dev is in another account. */
function otherPlatform(): string {
  const file = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(file, platformText.replace(childAccount, otherChildAccount));
  return file;
}

/** The shared assembly, with batches of seven objects: what another setting changes, without another synthesis. */
function ofSevens(): string {
  const directory = temporaryDirectory();
  cpSync(inject('assembly'), directory, { recursive: true });
  const templates = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.template.json'),
  );
  for (const file of templates.map((name) => join(directory, name))) {
    writeFileSync(file, readFileSync(file, 'utf8').replace('MaxItemsPerBatch\\":500', 'MaxItemsPerBatch\\":7'));
  }
  return directory;
}

let shared: ReturnType<typeof startRun> | undefined;

/** A run over 210 objects whose report is on standard output, for all tests that look at it. */
const sharedRun = (): ReturnType<typeof startRun> => (shared ??= startRun('--objects', '210', '--json'));

/** Words of so many generated texts. */
const wordsOf = (texts: number): number =>
  Array.from({ length: texts }, (_, index) => (index === 0 ? 5_000 : (index % 7) + 1)).reduce(
    (sum, each) => sum + each,
  );

describe('the platform on this machine', () => {
  test('runs a child in another account over 2,000 objects in 4 batches, and says that it is simulated', async () => {
    const { code, stdout, report, out } = await startRun('--objects', '2000');
    expect(code).toBe(0);
    expect(report).toMatchObject({
      simulated: true,
      tenant: 'word-count',
      wave: 'dev',
      stages: [
        { name: 'parent', account: parentAccount, status: 'SUCCEEDED' },
        { name: 'child', account: childAccount, status: 'SUCCEEDED' },
      ],
      results: { objects: 2000, words: wordsOf(2000), batches: 4 },
    });
    expect(report.decisions.denied).toEqual([]);
    expect(report.decisions.allowed).toMatchObject({
      'states:StartExecution': 6 - 1,
      's3:GetObject': expect.any(Number) as number,
    });
    expect(stdout).toMatch(/simulated/i);
    expect(stdout).not.toContain('\u001B');
    expect(stdout).toContain('Counted words');
    expect(stdout).toContain('nobody wrote them');
    expect(stdout).toMatch(/crosswind-word-count-child in word-child-dev 444444444444 {2}SUCCEEDED/);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['summary.json', 'history.json', 'run.json', 'run.html']));
    expect(stdout.indexOf('run.html')).toBeLessThan(stdout.indexOf('summary.json'));
  });

  test('writes a page with the whole run, and without its inputs and outputs with --no-data', async () => {
    const whole = await sharedRun();
    const { code, out, stdout } = await startRun('--objects', '10', '--no-data');
    expect(code).toBe(0);
    const [all, less] = [snapshotIn(whole.out), snapshotIn(out)];
    expect(all.executions.map(({ title, status }) => [title, status])).toEqual([
      ['word-count parent', 'SUCCEEDED'],
      ['word-count child', 'SUCCEEDED'],
    ]);
    expect(all.executions[1]).toMatchObject({
      parent: { arn: all.executions[0]?.arn, role: expect.any(String) as string },
    });
    expect(all.batches.map(({ total }) => total)).toEqual([1]);
    expect(all.graphs.length).toBe(2);
    expect(all.verdicts[0]?.claims.map(({ gravity }) => gravity)).toEqual(['well']);
    expect(JSON.stringify(all)).toContain('AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID');
    expect(JSON.stringify(less)).not.toContain('AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID');
    expect(less.cut).toEqual(['inputs and outputs: left out, because of --no-data']);
    expect(stdout).toContain('inputs and outputs: left out, because of --no-data');
  });

  test('gives the same bytes whatever the batch size, and when every function dies once', async () => {
    const summary = async (run: ReturnType<typeof startRun>): Promise<{ batches: unknown; text: string }> => {
      const { code, out, report } = await run;
      expect(code).toBe(0);
      return { batches: report.results?.['batches'], text: readFileSync(join(out, 'summary.json'), 'utf8') };
    };
    const another = ['--file', relative(process.cwd(), otherPlatform()), '--set', 'word-count.batchSize=100'];
    const synthesized = startRun('--objects', '210', ...another);
    const whole = await summary(sharedRun());
    const hundreds = await summary(synthesized);
    const sevens = await summary(startRun('--objects', '210', '--assembly', ofSevens()));
    const crashed = await summary(startRun('--objects', '210', '--crash'));
    expect((await synthesized).report.stages[1]?.account).toBe(otherChildAccount);
    expect([whole.batches, hundreds.batches, sevens.batches, crashed.batches]).toEqual([1, 3, 30, 1]);
    expect(hundreds.text).toBe(whole.text);
    expect(sevens.text).toBe(whole.text);
    expect(crashed.text).toBe(whole.text);
  }, 180_000);

  test('runs over what an option of the workload gives', async () => {
    const { code, report, stderr } = await startRun('--text', 'three short words');
    expect(code).toBe(0);
    expect(report.results).toEqual({ objects: 1, words: 3, batches: 1 });
    expect(stderr).toContain('generated 1 texts');
  });

  test('prints the report alone on standard output with --json', async () => {
    const { code, stdout, stderr, report } = await sharedRun();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(report);
    expect(stderr).toContain('Counted words');
  });
});

describe('with one permission taken away', () => {
  const roleOf = (id: string): RegExp =>
    new RegExp(`^arn:aws:iam::444444444444:role/crosswind-word-count-child-Child${id}Role`);
  const execution = `arn:aws:states:us-east-1:${childAccount}:execution:crosswind-word-count-child:sandbox`;
  const properTrust = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${parentAccount}:root` },
    Action: 'sts:AssumeRole',
    Condition: { ArnEquals: { 'aws:PrincipalArn': parentRole }, StringEquals: { 'sts:ExternalId': parentMachine } },
  };

  test.concurrent.each<{
    fault: string;
    principal: string | RegExp;
    action: string;
    resource: string | RegExp;
    statement: object;
    parent: string;
    child: string | undefined;
    told: string;
  }>([
    {
      fault: 'describe-execution',
      principal: targetRole,
      action: 'states:DescribeExecution',
      resource: execution,
      statement: { Effect: 'Allow', Action: 'states:DescribeExecution', Resource: execution.replace(/sandbox$/, '*') },
      parent: 'FAILED',
      child: 'SUCCEEDED',
      told: 'the parent hung after TaskSubmitted: the child had SUCCEEDED, and the parent waited 75 min more',
    },
    {
      fault: 'start-execution',
      principal: targetRole,
      action: 'states:StartExecution',
      resource: childMachine,
      statement: { Effect: 'Allow', Action: 'states:StartExecution', Resource: childMachine },
      parent: 'FAILED',
      child: undefined,
      told: 'no child was started',
    },
    {
      fault: 'stop-execution',
      principal: targetRole,
      action: 'states:StopExecution',
      resource: execution,
      statement: { Effect: 'Allow', Action: 'states:StopExecution', Resource: execution.replace(/sandbox$/, '*') },
      parent: 'ABORTED',
      child: 'SUCCEEDED',
      told: 'after the parent was ABORTED: nobody stopped it',
    },
    {
      fault: 'trust',
      principal: parentRole,
      action: 'sts:AssumeRole',
      resource: targetRole,
      statement: properTrust,
      parent: 'FAILED',
      child: undefined,
      told: `The role ${parentRole} is not authorized to assume the task state's role, ${targetRole}.`,
    },
    {
      fault: 'external-id',
      principal: parentRole,
      action: 'sts:AssumeRole',
      resource: targetRole,
      statement: { Condition: properTrust.Condition },
      parent: 'FAILED',
      child: undefined,
      told: `is not authorized to assume the task state's role`,
    },
    {
      fault: 'source-read',
      principal: roleOf('Count'),
      action: 's3:GetObject',
      resource: /^arn:aws:s3:::crosswind-word-count-child-childsource[^/]*\/texts\/2022\/\d+\.txt$/,
      statement: {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: expect.stringMatching(/childsource[^/]*\/\*$/) as string,
      },
      parent: 'FAILED',
      child: 'FAILED',
      told: 'States.ExceedToleratedFailureThreshold',
    },
    {
      fault: 'results-write',
      principal: roleOf('Sum'),
      action: 's3:PutObject',
      resource: /^arn:aws:s3:::crosswind-word-count-child-childresults[^/]*\/executions\/sandbox\/summary\.json$/,
      statement: {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: expect.stringMatching(/childresults[^/]*\/\*$/) as string,
      },
      parent: 'FAILED',
      child: 'FAILED',
      told: 'not authorized to perform: s3:PutObject',
    },
  ])('$fault: says who lacks what where, and how to mend it', async (expected) => {
    // A parent is aborted between two batches; one batch is enough for any other fault.
    const objects = expected.parent === 'ABORTED' ? '600' : '20';
    const { code, stdout, stderr, report, out } = await startRun('--objects', objects, '--break', expected.fault);
    expect(code).toBe(2);
    expect(report.fault).toBe(expected.fault);
    expect(report.stages[0]?.status).toBe(expected.parent);
    expect(report.stages[1]?.status ?? undefined).toBe(expected.child);
    const [denied, ...others] = report.decisions.denied;
    expect(others).toEqual([]);
    expect(denied).toMatchObject({ action: expected.action, account: childAccount });
    expect(denied?.principal).toMatch(expected.principal);
    expect(denied?.resource).toMatch(expected.resource);
    expect(denied?.mends[0]?.statement).toMatchObject(expected.statement);
    expect(stdout).toContain(expected.told);
    expect(stdout).toContain('"Effect": "Allow"');
    expect(stdout).toContain(denied?.reason);
    expect(stderr).toContain('ran with a fault');
    const { changes } = await readRunRecord(out);
    // The update of the stack that broke it, and the fault itself.
    expect(changes.map(({ kind }) => kind)).toEqual(['stack', 'fault']);
    for (const { account, resource } of changes) {
      expect(account).toBe(childAccount);
      expect(resource).toMatch(/^arn:aws:iam::444444444444:role\//);
    }
    expect(changes[0]?.sentence).toContain('crosswind-word-count-child changed');
  });
});

describe('wrong input', () => {
  test.each<[string, readonly string[], string]>([
    ['an unknown command', ['starts'], "unknown command 'starts'"],
    ['an unknown option', ['start', '--object', '3'], "unknown option '--object'"],
    ['an unknown fault', ['start', '--break', 'all'], 'Allowed choices are describe-execution'],
    ['a wrong value of an option of the workload', ['start', '--objects', '0'], 'It must be a whole number from 1 to'],
    ['options of the workload that exclude each other', ['start', '--objects', '3', '--text', 'x'], 'give one of them'],
    ['an option of another workload', ['start', '--greeting', 'x'], "unknown option '--greeting'"],
    [
      'a setting for an assembly that is there already',
      ['start', '--assembly', '.', '--set', 'a.b=1'],
      'give one of them',
    ],
    ['a setting of another form', ['start', '--set', 'batchSize=3'], '--set must read tenant.setting=value'],
    ['a setting that nobody knows', ['start', '--set', 'word-count.batchsize=3'], 'batchsize'],
    ['a setting of a tenant that is not there', ['start', '--set', 'rain.batchSize=3'], 'rain'],
    ['a value out of range', ['start', '--set', 'word-count.batchSize=0'], 'batchSize'],
    ['a directory that is no assembly', ['start', '--assembly', 'stages'], 'is no cloud assembly'],
    ['an output directory that is a file', ['start', '--out', 'README.md/x'], '--out cannot be written'],
    ['a report below a file', ['start', '--report', 'README.md/x/r.json'], '--report cannot be written'],
  ])('%s ends with exit code 1 and says what is wrong', async (_, args, message) => {
    const { code, stdout, stderr } = await crosswind(...args, '--file', platformFile);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('a manifest that is no JSON is named', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'manifest.json'), '{');
    const args = ['--assembly', directory, '--out', join(directory, 'out')];
    const { code, stderr } = await crosswind('start', '--file', platformFile, ...args);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot read');
    expect(stderr).toContain('manifest.json');
  });

  test('but help is an answer, with every option and exit code', async () => {
    const { code, stdout } = await crosswind('start', '--help');
    expect(code).toBe(0);
    for (const word of [
      '--objects',
      '--text',
      '--out',
      '--report',
      '--set',
      '--break',
      '--file',
      '--json',
      'Exit codes',
      'describe-execution',
    ]) {
      expect(stdout).toContain(word);
    }
  });
});
