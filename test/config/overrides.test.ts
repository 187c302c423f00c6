import { describe, expect, test } from 'vitest';
import { plannedWaves } from '../../config/deployments.ts';
import { overrideProblem, parseOverride } from '../../config/overrides.ts';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import { contracts } from '../workloads.ts';
import { changed, platformText } from './platform-text.ts';

test.each([
  ['wind.batchSize=100', { tenant: 'wind', setting: 'batchSize', value: 100 }],
  ['word-count.years=[2021, 2022]', { tenant: 'word-count', setting: 'years', value: [2021, 2022] }],
  ['wind.name=a=b', { tenant: 'wind', setting: 'name', value: 'a=b' }],
])('%s sets a value that is written as in the file', (text, override) => {
  expect(parseOverride(text)).toEqual(override);
});

test.each([['batchSize=100'], ['wind.batchSize'], ['wind.batchSize='], ['wind.a.b=1'], ['wind.years=[2021']])(
  '%s is no override',
  (text) => {
    expect(parseOverride(text)).toBeUndefined();
  },
);

test.each([
  ['batchSize=100', '--set must read tenant.setting=value, got "batchSize=100"'],
  [
    'wind.years=[2021',
    'the value of --set must be written as in the file, for example 100 or [2021, 2022], got "[2021"',
  ],
  ['wind.batchSize=100', undefined],
])('of %s the problem is %s', (text, problem) => {
  expect(overrideProblem(text)).toBe(problem);
});

function parsed(text: string, ...settings: string[]) {
  return parsePlatform(
    text,
    contracts,
    settings.map(parseOverride).filter((override) => override !== undefined),
  );
}

function problems(text: string, ...settings: string[]): readonly string[] {
  const result = parsed(text, ...settings);
  return result.ok ? [] : result.problems.map((problem) => formatProblem('platform.yaml', problem));
}

describe('an override', () => {
  test('sets the tenant in every wave, whether the file has settings there or not, and leaves the rest', () => {
    const result = parsed(platformText, 'wind.batchSize=7');
    const waves = result.ok ? plannedWaves(result.platform) : [];
    const settings = waves.flatMap(({ deployments }) => deployments.map((deployment) => deployment.settings));
    expect(settings.map(({ batchSize, years }) => ({ batchSize, years }))).toEqual([
      { batchSize: 7, years: [2022] },
      { batchSize: 7, years: [2022, 2023] },
    ]);
  });

  test('of a tenant that is not there is a problem without a line', () => {
    expect(problems(platformText, 'rain.batchSize=7')).toEqual([
      'platform.yaml --set names the tenant "rain", which is not in the file (got rain; expected wind; name one of them)',
    ]);
  });

  test('with a wrong value is a problem of each wave, without a line, because no line is wrong', () => {
    expect(problems(platformText, 'wind.batchSize=0')).toEqual([
      'platform.yaml tenants.wind.waves.dev.settings.batchSize is too small (got 0; expected at least 1; raise it)',
      'platform.yaml tenants.wind.waves.prod.settings.batchSize is too small (got 0; expected at least 1; raise it)',
    ]);
  });

  test('of a setting that is unknown is a problem', () => {
    expect(problems(platformText, 'wind.colour=red')[0]).toMatch(
      /^platform\.yaml unknown key "colour" in tenants\.wind\.waves\.dev\.settings /,
    );
  });

  test('of a misspelled setting gets one hint, whatever a wave of the file sets', () => {
    const hints = problems(platformText, 'wind.batchsize=7').map((problem) => /did you mean .*\?/.exec(problem)?.[0]);
    expect(hints).toEqual(['did you mean "batchSize"?', 'did you mean "batchSize"?']);
  });

  test('of a misspelled tenant names the one that was meant', () => {
    expect(problems(platformText, 'wnd.batchSize=7')).toEqual([
      expect.stringContaining('(got wnd; expected wind; did you mean "wind"?)'),
    ]);
  });

  test('does not hide settings that are no mapping', () => {
    const text = changed('settings:\n          batchSize: 100\n          years: [2022, 2023]', 'settings: none');
    expect(problems(text, 'wind.batchSize=7')).toEqual([
      'platform.yaml:48:19 tenants.wind.waves.prod.settings has the wrong type (got none; expected a mapping; write its keys below it, indented)',
    ]);
  });

  test('does not hide a syntax error', () => {
    expect(problems(changed('region: eu-west-1', 'region: ['), 'wind.batchSize=7')).toHaveLength(1);
  });
});
