import { cpSync, readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { generateObjects } from '../../services/wind-speed/sample/generate-objects.ts';
import { platformFile } from '../platform-file.ts';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind, startRun } from './crosswind.ts';

const parentAccount = '333333333333';
const childAccount = '444444444444';
const targetRole = `arn:aws:iam::${childAccount}:role/crosswind-wind-speed-target`;
const parentRole = `arn:aws:iam::${parentAccount}:role/crosswind-wind-speed-parent`;
const parentMachine = `arn:aws:states:us-east-1:${parentAccount}:stateMachine:crosswind-wind-speed-parent`;
const childMachine = `arn:aws:states:us-east-1:${childAccount}:stateMachine:crosswind-wind-speed-child`;

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

/** Figures of the wind-speed workload. */
const resultsOf = ({ results }: Awaited<ReturnType<typeof startRun>>['report']) =>
  results as { readonly batches: number; readonly windiest: readonly { meanMph: number; meanKnots: number }[] };

let shared: ReturnType<typeof startRun> | undefined;

/** A run over 210 objects whose report is on standard output, for all tests that look at it. */
const sharedRun = (): ReturnType<typeof startRun> => (shared ??= startRun('--objects', '210', '--json'));

describe('the platform on this machine', () => {
  test('runs a child in another account over 2,000 objects in 4 batches, and says that it is simulated', async () => {
    const { code, stdout, report, out } = await startRun('--objects', '2000');
    expect(code).toBe(0);
    expect(report).toMatchObject({
      simulated: true,
      tenant: 'wind-speed',
      wave: 'dev',
      stages: [
        { name: 'parent', account: parentAccount, status: 'SUCCEEDED' },
        { name: 'child', account: childAccount, status: 'SUCCEEDED' },
      ],
      results: { generatedData: true, objects: 2000, batches: 4, failedObjects: 0 },
    });
    expect(report.decisions.denied).toEqual([]);
    expect(report.decisions.allowed).toMatchObject({
      'states:StartExecution': 6 - 1,
      's3:GetObject': expect.any(Number) as number,
    });
    const [windiest] = resultsOf(report).windiest;
    expect(windiest?.meanMph).toBeCloseTo(((windiest?.meanKnots ?? 0) * 1852) / 1609.344, 12);
    expect(stdout).toMatch(/simulated/i);
    expect(stdout).not.toContain('\u001B');
    expect(stdout).toContain('nobody measured it');
    expect(stdout).toMatch(/crosswind-wind-speed-child in wind-child-dev 444444444444 {2}SUCCEEDED/);
    expect(readdirSync(out)).toEqual(
      expect.arrayContaining(['summary.json', 'stations.csv', 'months.csv', 'map.svg', 'history.json']),
    );
    expect(readFileSync(join(out, 'map.svg'), 'utf8')).toContain('generated data');
  });

  test('gives the same bytes whatever the batch size, and when every function dies once', async () => {
    const tables = async (run: ReturnType<typeof startRun>): Promise<{ batches: number; tables: string }> => {
      const { code, out, report } = await run;
      expect(code).toBe(0);
      const read = (file: string): string => readFileSync(join(out, file), 'utf8');
      return { batches: resultsOf(report).batches, tables: read('stations.csv') + read('months.csv') };
    };
    const another = ['--file', relative(process.cwd(), otherPlatform()), '--set', 'wind-speed.batchSize=100'];
    const synthesized = startRun('--objects', '210', ...another);
    const whole = await tables(sharedRun());
    const hundreds = await tables(synthesized);
    const sevens = await tables(startRun('--objects', '210', '--assembly', ofSevens()));
    const crashed = await tables(startRun('--objects', '210', '--crash'));
    expect((await synthesized).report.stages[1]?.account).toBe(otherChildAccount);
    expect([whole.batches, hundreds.batches, sevens.batches, crashed.batches]).toEqual([1, 3, 30, 1]);
    expect(hundreds.tables).toBe(whole.tables);
    expect(sevens.tables).toBe(whole.tables);
    expect(crashed.tables).toBe(whole.tables);
  }, 180_000);

  test('takes files of a directory and of its year folders, by the year of their rows', async () => {
    const data = temporaryDirectory();
    mkdirSync(join(data, '2023'));
    const bodies = [...generateObjects({ objects: 4, years: [2021, 2023], days: 30 })];
    for (const { key, body } of bodies) {
      const [year = '', name = ''] = key.split('/');
      writeFileSync(join(data, year === '2023' ? '2023' : '', name), body);
    }
    const { code, report, out, stdout } = await startRun('--data', data);
    expect(code).toBe(0);
    expect(report).toMatchObject({ results: { objects: 4, generatedData: false } });
    const years = readFileSync(join(out, 'months.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 4));
    expect(new Set(years)).toEqual(new Set(['2021', '2023']));
    expect(stdout).not.toContain('nobody measured it');
  });

  test('reports an object that is no weather data, and goes on', async () => {
    const data = temporaryDirectory();
    for (const { key, body } of generateObjects({ objects: 30, days: 10 }))
      writeFileSync(join(data, key.slice(5)), body);
    writeFileSync(join(data, 'broken.csv'), 'this is no weather');
    const { code, report, out, stdout } = await startRun('--data', data);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      results: { objects: 31, failedObjects: 1, failures: [{ key: 'gsod/undated/broken.csv' }] },
    });
    expect(stdout).toContain('1 object failed\n- gsod/undated/broken.csv: ');
    expect(readFileSync(join(out, 'summary.json'), 'utf8')).toContain('gsod/undated/broken.csv');
  });

  test('says why a run failed whose files are no weather data', async () => {
    const data = temporaryDirectory();
    for (const name of ['a.csv', 'b.csv', 'c.csv']) writeFileSync(join(data, name), 'this is no weather');
    const { code, stdout, report } = await startRun('--data', data);
    expect(code).toBe(2);
    expect(report.stages[1]?.status).toBe('FAILED');
    expect(stdout).toContain('a batch of Analyze objects failed, TooManyFailedObjects: ');
    expect(stdout).toMatch(/gsod\/undated\/[abc]\.csv: row 1/);
  });

  test('prints the report alone on standard output with --json', async () => {
    const { code, stdout, stderr, report } = await sharedRun();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(report);
    expect(stderr).toContain('Windiest stations');
  });
});

describe('with one permission taken away', () => {
  const analyzeRole = /^arn:aws:iam::444444444444:role\/crosswind-wind-speed-child-ChildAnalyzeRole/;
  const execution = `arn:aws:states:us-east-1:${childAccount}:execution:crosswind-wind-speed-child:sandbox`;
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
      principal: analyzeRole,
      action: 's3:GetObject',
      resource: /^arn:aws:s3:::crosswind-wind-speed-child-weathersource[^/]*\/gsod\/2\d{3}\/\w+\.csv$/,
      statement: {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: expect.stringMatching(/weathersource[^/]*\/\*$/) as string,
      },
      parent: 'FAILED',
      child: 'FAILED',
      told: 'States.ExceedToleratedFailureThreshold',
    },
    {
      fault: 'results-write',
      principal: analyzeRole,
      action: 's3:PutObject',
      resource: /^arn:aws:s3:::crosswind-wind-speed-child-weatherresults[^/]*\/partials\/sandbox\/[\w-]+\.ndjson$/,
      statement: {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: expect.stringMatching(/weatherresults[^/]*\/\*$/) as string,
      },
      parent: 'FAILED',
      child: 'FAILED',
      told: 'States.ExceedToleratedFailureThreshold',
    },
  ])('$fault: says who lacks what where, and how to mend it', async (expected) => {
    // A parent is aborted between two batches; one batch is enough for any other fault.
    const objects = expected.parent === 'ABORTED' ? '600' : '20';
    const { code, stdout, stderr, report } = await startRun('--objects', objects, '--break', expected.fault);
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
  });
});

describe('wrong input', () => {
  test.each<[string, readonly string[], string]>([
    ['an unknown command', ['starts'], "unknown command 'starts'"],
    ['an unknown option', ['start', '--object', '3'], "unknown option '--object'"],
    ['an unknown fault', ['start', '--break', 'all'], 'Allowed choices are describe-execution'],
    ['no objects at all', ['start', '--objects', '0'], 'whole number of at least 1'],
    ['objects and files at once', ['start', '--objects', '3', '--data', '.'], 'give one of them'],
    [
      'a setting for an assembly that is there already',
      ['start', '--assembly', '.', '--set', 'a.b=1'],
      'give one of them',
    ],
    ['a setting of another form', ['start', '--set', 'batchSize=3'], '--set must read tenant.setting=value'],
    ['a setting that nobody knows', ['start', '--set', 'wind-speed.batchsize=3'], 'batchsize'],
    ['a setting of a tenant that is not there', ['start', '--set', 'rain.batchSize=3'], 'rain'],
    ['a value out of range', ['start', '--set', 'wind-speed.batchSize=0'], 'batchSize'],
    ['a directory that is not there', ['start', '--data', 'no/such'], '--data must name a directory'],
    ['a directory without files', ['start', '--data', 'stages'], 'found no *.csv file'],
    ['a directory that is no assembly', ['start', '--assembly', 'stages'], 'is no cloud assembly'],
    ['an output directory that is a file', ['start', '--out', 'README.md/x'], '--out cannot be written'],
    ['a report below a file', ['start', '--report', 'README.md/x/r.json'], '--report cannot be written'],
  ])('%s ends with exit code 1 and says what is wrong', async (_, args, message) => {
    const { code, stdout, stderr } = await crosswind(...args, '--file', platformFile);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('two files of one station and year are refused, both named, before anything runs', async () => {
    const data = temporaryDirectory();
    mkdirSync(join(data, '2023'));
    const [object] = generateObjects({ objects: 1, days: 3 });
    const name = object?.key.slice(5) ?? '';
    for (const file of [join(data, name), join(data, '2023', name)]) writeFileSync(file, object?.body ?? '');
    const { code, stderr } = await crosswind('start', '--file', platformFile, '--data', data);
    expect(code).toBe(1);
    expect(stderr).toContain(`--data holds the object 2023/${name} twice`);
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
      '--data',
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
