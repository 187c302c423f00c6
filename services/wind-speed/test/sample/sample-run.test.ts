import { describe, expect, test } from 'vitest';
import { deployedObjects } from '../../sample/deployed-objects.ts';
import { sampleInput, sampleProblems } from '../../sample/sample-run.ts';

interface Row {
  readonly STATION: string;
  readonly WDSP: string;
}

/** The rows of a file whose fields are all quoted or empty, as a person would read them: split at commas, name the columns. */
function rowsOf(text: string): readonly Row[] {
  const [header = [], ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)")?/g)].map(([, field = '']) => field));
  return rows.map(
    (fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])) as unknown as Row,
  );
}

const rows = deployedObjects().flatMap(({ body }) => rowsOf(body.toString()));
const measured = rows.filter(({ WDSP }) => WDSP !== '999.9');
const mean = (some: readonly Row[]) => some.reduce((sum, { WDSP }) => sum + Number(WDSP), 0) / some.length;
const stations = [...new Set(rows.map(({ STATION }) => STATION))];
const windy = stations
  .map((station) => ({ station, days: measured.filter(({ STATION }) => STATION === station) }))
  .filter(({ days }) => days.length > 0)
  .sort((one, other) => mean(other.days) - mean(one.days));

/** The parent's output, computed from the rows without any of the code that is deployed. */
const result = {
  objects: deployedObjects().length,
  failedObjects: 0,
  failedBatches: 0,
  stations: windy.length,
  stationsWithoutWind: stations.length - windy.length,
  observations: measured.length,
  meanKnots: mean(measured),
  meanMph: mean(measured) * 1.150_779_448_023_542_5,
  windiest: windy.slice(0, 5).map(({ station }) => ({ station })),
};

describe('a run over the sample', () => {
  test('is asked for the sample alone', () => {
    expect(deployedObjects().filter(({ key }) => !key.startsWith(sampleInput.prefix))).toEqual([]);
    expect(sampleInput).toEqual({ prefix: 'sample/1/', batchSize: 1 });
  });

  test('has no problems with what a plain computation over the rows yields', () => {
    expect(result.observations).toBeGreaterThan(200);
    expect(sampleProblems({ child: 'arn:child', result })).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['objects', { objects: 11 }, 'result.objects must be 12, got 11'],
    ['failed objects', { failedObjects: 1 }, 'result.failedObjects must be 0, got 1'],
    ['failed batches', { failedBatches: 1 }, 'result.failedBatches must be 0, got 1'],
    ['stations', { stations: 6 }, 'result.stations must be 5, got 6'],
    ['stations without wind', { stationsWithoutWind: 0 }, 'result.stationsWithoutWind must be 1, got 0'],
    ['days', { observations: 288 }, 'result.observations must be 237, got 288'],
    ['no mean', { meanKnots: null }, 'result.meanKnots must be 8.682700421940929, got null'],
    [
      'a mean that is a tenth of a knot off on one day',
      { meanKnots: mean(measured) + 0.1 / measured.length },
      'result.meanKnots must be 8.682700421940929, got 8.68312',
    ],
    ['kilometres per hour', { meanMph: mean(measured) * 1.852 }, 'result.meanMph must be 9.991873198914961, got 16.08'],
    [
      'another ranking',
      { windiest: result.windiest.toReversed() },
      'result.windiest.0.station must be "02584899999", got "04960505537"',
    ],
    ['too short a ranking', { windiest: result.windiest.slice(0, 4) }, 'must be "04960505537", got nothing'],
  ])('finds a problem with %s', (_, wrong, problem) => {
    const problems = sampleProblems({ child: 'arn:child', result: { ...result, ...wrong } });
    expect(problems.join('\n')).toContain(problem);
    expect(problems.length).toBe('windiest' in wrong && problem.includes('.0.') ? 2 : 1);
  });

  test('has no problem with a mean whose last digit was rounded on its way', () => {
    const rounded = { meanKnots: 8.68270042194, meanMph: 9.99187319891 };
    expect(sampleProblems({ result: { ...result, ...rounded } })).toEqual([]);
  });

  test.each([undefined, null, 'SUCCEEDED', [], {}, { result: null }])('finds every number missing in %j', (output) => {
    expect(sampleProblems(output)).toHaveLength(sampleProblems(undefined).length);
    expect(sampleProblems(output)[0]).toBe('result.objects must be 12, got nothing');
    expect(sampleProblems(undefined).length).toBeGreaterThan(5);
  });
});
