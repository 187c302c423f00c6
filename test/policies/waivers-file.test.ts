import { describe, expect, test } from 'vitest';
import { accepts } from '../../policies/waiver.ts';
import { readWaivers } from '../../policies/waivers-file.ts';

const one = {
  rule: 'AwsSolutions-S1',
  path: 'Child/Logs/Resource',
  reason: 'it is the bucket of the access logs itself',
  owner: 'letters-team',
  until: '2027-06-30',
};
const textOf = (waiver: Readonly<Record<string, unknown>>): string =>
  `waivers:\n  - ${Object.entries(waiver)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n    ')}\n`;
const problemsOf = (text: string): readonly string[] => {
  const read = readWaivers(text, 'services/rain/waivers.yaml');
  return read.ok ? [] : read.problems;
};

describe('a file of waivers', () => {
  test('holds waivers, each with its place', () => {
    expect(readWaivers(textOf(one), 'services/rain/waivers.yaml', ['Crosswind/dev-rain/'])).toEqual({
      ok: true,
      waivers: [{ ...one, place: 'services/rain/waivers.yaml:2:5', within: ['Crosswind/dev-rain/'] }],
    });
  });

  test.each([
    ['none', 'waivers: []\n'],
    [
      'one with a version',
      textOf({ ...one, until: undefined, reviewAt: '1.0.0' }).replace('until: undefined\n    ', ''),
    ],
    ['one with actions', textOf({ ...one, actions: ['logs:PutLogEvents'] })],
  ])('may hold %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test.each([
    ['no list', 'waivers:\n', ':1:9 waivers is empty (got nothing; expected a list; fill it in)'],
    ['another key', textOf({ ...one, because: 'x' }), 'unknown key "because"'],
    ['a misspelled key', textOf(one).replace('reason:', 'reasn:'), 'did you mean "reason"?'],
    ['a pattern of rules', textOf({ ...one, rule: '*' }), 'expected the id of a rule'],
    ['a pattern in the id', textOf({ ...one, rule: 'AwsSolutions-*' }), 'expected the id of a rule'],
    ['any finding of a rule', textOf({ ...one, rule: 'AwsSolutions-IAM5[*]' }), 'expected a finding that is not any'],
    ['a short reason', textOf({ ...one, reason: 'ok' }), ':4:13 waivers.0.reason'],
    ['no owner', textOf(one).replace('    owner: "letters-team"\n', ''), 'waivers.0.owner is missing'],
    ['no review', textOf(one).replace('    until: "2027-06-30"\n', ''), 'expected either until or reviewAt'],
    ['two reviews', textOf({ ...one, reviewAt: '1.0.0' }), 'expected either until or reviewAt'],
    ['a day that is none', textOf({ ...one, until: '2027-02-30' }), 'expected a day'],
    [
      'a version that is none',
      textOf({ ...one, reviewAt: '1.0' }).replace('    until: "2027-06-30"\n', ''),
      'expected a version',
    ],
    ['a pattern of actions', textOf({ ...one, actions: ['s3:*'] }), 'expected an action'],
    ['no YAML', 'waivers: [', 'no valid YAML'],
  ])('is refused with %s, at its place', (_, text, message) => {
    const [problem] = problemsOf(text);
    expect(problem).toMatch(/^services\/rain\/waivers\.yaml:\d+:\d+ /);
    expect(problem).toContain(message);
  });
});

describe('a waiver of a workload', () => {
  const read = readWaivers(textOf({ ...one, path: 'Child/*' }), 'w.yaml', [
    'Crosswind/dev-rain/',
    'Crosswind/prod-rain/',
  ]);
  const [waiver] = read.ok ? read.waivers : [];
  const accepted = (path: string): boolean =>
    waiver !== undefined && accepts(waiver, { rule: 'AwsSolutions-S1', path, actionsOnEverything: () => [] });

  test.each([['Crosswind/dev-rain/Child/Logs/Resource'], ['Crosswind/prod-rain/Child/Logs/Resource']])(
    'accepts a finding in its placements: %s',
    (path) => {
      expect(accepted(path)).toBe(true);
    },
  );

  test.each([
    ['Crosswind/dev-snow/Child/Logs/Resource'],
    ['Crosswind/dev-rain/Parent/Logs/Resource'],
    ['Crosswind/dev-rain-2/Child/Logs/Resource'],
    ['Child/Logs/Resource'],
  ])('accepts none elsewhere: %s', (path) => {
    expect(accepted(path)).toBe(false);
  });
});
