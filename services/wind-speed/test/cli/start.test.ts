import type { ResultContent } from '@crosswind/console/models/results';
import { snapshotIn } from '../../../../test/cli/page-snapshot.ts';
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../../cli/local/report.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { generateObjects } from '../../sample/generate-objects.ts';
import { platformFile } from '../platform.ts';
import { assembly, crosswind, startRun } from './crosswind.ts';

// The synthesis gets the time of a hook for itself.
beforeAll(assembly);

const parentAccount = '333333333333';
const childAccount = '444444444444';

/** The assembly with batches of another size: what another setting changes, without another synthesis. */
async function inBatchesOf(objects: number): Promise<string> {
  const directory = temporaryDirectory();
  cpSync(await assembly(), directory, { recursive: true });
  const templates = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.template.json'),
  );
  for (const file of templates.map((name) => join(directory, name))) {
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll('states.input.batchSize : 500', `states.input.batchSize : ${objects}`),
    );
  }
  return directory;
}

/** Figures of the wind-speed workload. */
const pad = (month: number): string => String(month).padStart(2, '0');

const resultsOf = ({ results }: Report) =>
  results as {
    readonly batches: number;
    readonly windiest: readonly { name: string; meanMph: number; meanKnots: number }[];
  };

let shared: ReturnType<typeof startRun> | undefined;

/** A run over 210 objects whose report is on standard output, for all tests that look at it. */
const sharedRun = (): ReturnType<typeof startRun> => (shared ??= startRun('--objects', '210', '--json'));

describe('wind speeds on this machine', () => {
  test('runs a child in another account over 2,000 objects in 4 batches, and says that it is simulated', async () => {
    // With a file it synthesizes and judges the platform first.
    const { code, stdout, stderr, report, out } = await startRun('--objects', '2000', '--file', platformFile);
    expect(code).toBe(0);
    expect(stderr).toContain('synthesized the platform in ');
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
    const [months] = report.series;
    expect(months).toMatchObject({ title: 'Mean wind speed by month', unit: 'mph' });
    expect(months?.values.map(({ label }) => label)).toEqual(
      Array.from({ length: 12 }, (_, month) => `2022-${pad(month + 1)}`),
    );
    expect(stdout).toMatch(/^2022-01 \d+\.\d\d [▁▂▃▄▅▆▇█]{12} 2022-12 \d+\.\d\d mph$/m);
    const [places] = report.points;
    expect(places?.points.map(({ label }) => label)).toEqual(resultsOf(report).windiest.map(({ name }) => name));
    expect(places?.points[0]?.value).toBeCloseTo(windiest?.meanMph ?? 0, 12);
    const { answers, sections } = snapshotIn(out);
    expect(sections.results).toMatchObject([{ tenant: 'wind-speed', reports: true, runs: [{ wave: 'dev' }] }]);
    const whole = answers.find(({ kind }) => kind === 'result')?.answer as ResultContent;
    expect(whole.finding).toMatch(/^the mean wind speed at [\d,]+ stations was \d+\.\d\d mph \(\d+\.\d\d knots\)$/);
    expect(whole.provenance[0]).toContain('NOAA: nobody measured it');
    const [stations] = whole.tables;
    expect(stations?.total).toBe(2000);
    expect(stations?.rows.slice(0, 10).map(([, , name]) => name)).toEqual(places?.points.map(({ label }) => label));
    const [map] = whole.maps;
    expect((map?.value.length ?? 0) + (map?.left ?? 0)).toBe(2000);
    expect(map?.value[0]).toBeCloseTo(windiest?.meanMph ?? 0, 6);
    expect(whole.series[0]?.values).toEqual(months?.values.map(({ value }) => value));
    expect(answers.some(({ kind }) => kind === 'map')).toBe(true);
    expect(stdout).toMatch(/simulated/i);
    expect(stdout).not.toContain('\u001B');
    expect(stdout).toContain('nobody measured it');
    expect(stdout).toMatch(/crosswind-wind-speed-child in wind-child-dev 444444444444 {2}SUCCEEDED/);
    expect(readdirSync(out)).toEqual(
      expect.arrayContaining(['summary.json', 'stations.csv', 'months.csv', 'map.svg', 'history.json']),
    );
    const read = (file: string): string => readFileSync(join(out, file), 'utf8');
    expect(read('map.svg')).toContain('generated data');
    expect(JSON.parse(read('summary.json'))).toMatchObject({ generatedData: true, years: [2022], objects: 2000 });
    for (const file of ['stations.csv', 'months.csv']) {
      expect(read(file)).toMatch(/^[a-z_,]+,data\n([^\n]+,generated\n)+$/);
    }
  }, 180_000);

  test('gives the same bytes whatever the batch size, and when every function dies once', async () => {
    const tables = async (run: ReturnType<typeof startRun>): Promise<{ batches: number; tables: string }> => {
      const { code, out, report } = await run;
      expect(code).toBe(0);
      const read = (file: string): string => readFileSync(join(out, file), 'utf8');
      return { batches: resultsOf(report).batches, tables: read('stations.csv') + read('months.csv') };
    };
    const whole = await tables(sharedRun());
    const hundreds = await tables(startRun('--objects', '210', '--assembly', await inBatchesOf(100)));
    const sevens = await tables(startRun('--objects', '210', '--assembly', await inBatchesOf(7)));
    const crashed = await tables(startRun('--objects', '210', '--crash'));
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
    for (const file of ['summary.json', 'stations.csv', 'months.csv']) {
      expect(readFileSync(join(out, file), 'utf8')).not.toMatch(/,data\n|generatedData/);
    }
  });

  test('counts the copy of a file once, and follows no link out of the directory', async () => {
    const [data, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    const [first, second] = [...generateObjects({ objects: 2, days: 30 })];
    const name = (first?.key ?? '').slice(5, -4);
    writeFileSync(join(data, `${name}.csv`), first?.body ?? '');
    writeFileSync(join(data, `${name} (1).csv`), first?.body ?? '');
    writeFileSync(join(elsewhere, 'other.csv'), second?.body ?? '');
    symlinkSync(join(elsewhere, 'other.csv'), join(data, 'other.csv'));
    symlinkSync(elsewhere, join(data, '2023'));
    const { code, report, stdout, stderr } = await startRun('--data', data);
    expect(code).toBe(0);
    const reason = `station ${name} has days of 2023 in gsod/2023/${name}.csv, too, which is counted in its place`;
    const examples = [{ key: `gsod/2023/${name} (1).csv`, reason }];
    expect(report).toMatchObject({ results: { objects: 2, stations: 1, leftOut: { objects: 1, examples } } });
    expect(stdout).toContain(`Left out, in 1 object\n- gsod/2023/${name} (1).csv: ${reason}`);
    expect(stderr).toContain(
      `took 2 weather objects, and no link out of the folder: ${join(data, '2023')}, ${join(data, 'other.csv')}`,
    );
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
    expect(stdout).toContain(' of Analyze objects failed, more than it tolerates, most often TooManyFailedObjects: ');
    expect(stdout).toMatch(/gsod\/undated\/[abc]\.csv: row 1/);
  });
});

describe('with one permission taken away', () => {
  const analyzeRole = /^arn:aws:iam::444444444444:role\/crosswind-wind-speed-child-ChildAnalyzeRole/;
  test.concurrent.each<{
    fault: string;
    action: string;
    resource: RegExp;
    statement: object;
  }>([
    {
      fault: 'source-read',
      action: 's3:GetObject',
      resource: /^arn:aws:s3:::crosswind-wind-speed-child-weathersource[^/]*\/gsod\/2\d{3}\/\w+\.csv$/,
      statement: {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: expect.stringMatching(/weathersource[^/]*\/\*$/) as string,
      },
    },
    {
      fault: 'results-write',
      action: 's3:PutObject',
      resource: /^arn:aws:s3:::crosswind-wind-speed-child-weatherresults[^/]*\/partials\/sandbox\/[\w-]+\.ndjson$/,
      statement: {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: expect.stringMatching(/weatherresults[^/]*\/\*$/) as string,
      },
    },
  ])('$fault: says who lacks what where, and how to mend it', async (expected) => {
    const { code, stdout, stderr, report } = await startRun('--objects', '20', '--break', expected.fault);
    expect(code).toBe(2);
    expect(report.fault).toBe(expected.fault);
    expect(report.stages.map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
    const [denied, ...others] = report.decisions.denied;
    expect(others).toEqual([]);
    expect(denied).toMatchObject({ action: expected.action, account: childAccount });
    expect(denied?.principal).toMatch(analyzeRole);
    expect(denied?.resource).toMatch(expected.resource);
    expect(denied?.mends[0]?.statement).toMatchObject(expected.statement);
    expect(stdout).toContain('States.ExceedToleratedFailureThreshold');
    expect(stdout).toContain('"Effect": "Allow"');
    expect(stdout).toContain(denied?.reason);
    expect(stderr).toContain('ran with a fault');
  });
});

describe('wrong input', () => {
  test.each<[string, readonly string[], string]>([
    ['no objects at all', ['start', '--objects', '0'], 'whole number of at least 1'],
    ['objects and files at once', ['start', '--objects', '3', '--data', '.'], 'give one of them'],
    ['a directory that is not there', ['start', '--data', 'no/such'], '--data must name a directory'],
    ['a directory without files', ['start', '--data', 'stages'], 'found no *.csv file'],
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

  test('but help is an answer, with the options and faults of the workload', async () => {
    const { code, stdout } = await crosswind('start', '--help');
    expect(code).toBe(0);
    for (const word of ['--objects', '--data', 'source-read', 'results-write']) {
      expect(stdout).toContain(word);
    }
  });
});
