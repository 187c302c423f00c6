import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Contract, defineContract } from '../../blocks/contract.ts';
import { plannedWaves } from '../../config/deployments.ts';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import type { Platform } from '../../config/schema.ts';
import { changed, platformText } from './platform-text.ts';

const settings = z.strictObject({
  atOnce: z.int().min(1).default(1_000),
  batchSize: z.int().default(500),
  years: z.array(z.int()).default([2022]),
});
const parent = { name: 'parent', description: 'Starts the child.', starts: ['child'] } as const;
const child = { name: 'child', description: 'Runs the map.' } as const;

/** Only where the child says which setting bounds it, the platform lowers that setting. */
const bounded = defineContract({
  settings,
  stages: [{ ...child, concurrencySetting: 'atOnce' }, parent],
  entry: 'parent',
});
const unbounded = defineContract({ settings, stages: [child, parent], entry: 'parent' });

const parsed = (text: string, contract: Contract) => parsePlatform(text, new Map([['word-count', contract]]));

function platformIn(text: string, contract: Contract = bounded): Platform {
  const result = parsed(text, contract);
  if (result.ok) return result.platform;
  throw new Error(problemsIn(text).join('\n'));
}

const problemsIn = (text: string): readonly string[] => {
  const result = parsed(text, bounded);
  return result.ok ? [] : result.problems.map((problem) => formatProblem('platform.yaml', problem));
};

const withQuota = (lines: string, account = "id: '055555555555'\n"): string => changed(account, `${account}${lines}`);

/** Another tenant of the same workload in the child account of prod. */
const shared = (text: string): string =>
  `${text}  - name: rain
    workload: word-count
    owner: letters-team
    waves:
      prod:
        parent: parent-prod
        child: child-prod
`;

const inProd = (platform: Platform) => plannedWaves(platform)[1]?.deployments ?? [];
const atOnce = (platform: Platform) => inProd(platform).map((deployment) => deployment.settings['atOnce']);

describe('functions of a stage that run at a time', () => {
  test.each([
    ['an account that states nothing has what a new one has, 10, less a fifth', '', 8],
    ['so has one that states no quota', '    quotas: {}\n', 8],
    ['50', '    quotas: { lambdaConcurrency: 50 }\n', 40],
    ['1,000', '    quotas: { lambdaConcurrency: 1000 }\n', 800],
    ['a fifth is rounded up: 11', '    quotas: { lambdaConcurrency: 11 }\n', 8],
    ['one at least: 1', '    quotas: { lambdaConcurrency: 1 }\n', 1],
    ['the setting is not raised: 10,000', '    quotas: { lambdaConcurrency: 10000 }\n', 1_000],
  ])('%s', (_, lines, expected) => {
    expect(atOnce(platformIn(withQuota(lines)))).toEqual([expected]);
  });

  test('are divided among the bounded stages of an account', () => {
    const text = shared(withQuota('    quotas: { lambdaConcurrency: 100 }\n'));
    expect(atOnce(platformIn(text))).toEqual([40, 40]);
    expect(atOnce(platformIn(withQuota('    quotas: { lambdaConcurrency: 100 }\n')))).toEqual([80]);
  });

  test('are bounded where the contract of the workload says so, and other settings stay as they are', () => {
    const [deployment] = inProd(platformIn(platformText));
    expect(deployment?.settings).toEqual({ atOnce: 8, batchSize: 100, years: [2022, 2023] });
    expect(deployment?.concurrency).toEqual([
      {
        stage: 'child',
        account: 'child-prod',
        setting: 'atOnce',
        stated: 1_000,
        lambdaConcurrency: 10,
        sharedBy: 1,
        effective: 8,
      },
    ]);
    const [other] = inProd(platformIn(shared(platformText), unbounded));
    expect(other).toMatchObject({ settings: { atOnce: 1_000 }, concurrency: [] });
  });

  test('a setting that bounds two stages is lowered to the smaller share', () => {
    const both = defineContract({
      settings,
      stages: [
        { ...child, concurrencySetting: 'atOnce' },
        { ...parent, concurrencySetting: 'atOnce' },
      ],
      entry: 'parent',
    });
    const text = withQuota('    quotas: { lambdaConcurrency: 50 }\n');
    expect(atOnce(platformIn(text, both))).toEqual([8]);
    expect(atOnce(platformIn(text))).toEqual([40]);
  });
});

test.each([
  [
    'none at all',
    '    quotas: { lambdaConcurrency: 0 }\n',
    '35:34 accounts.child-prod.quotas.lambdaConcurrency is too small (got 0; expected at least 1; raise it)',
  ],
  [
    'a text',
    "    quotas: { lambdaConcurrency: '50' }\n",
    "35:34 accounts.child-prod.quotas.lambdaConcurrency has the wrong type (got '50'; expected a number; write it without quotes)",
  ],
  [
    'a quota that it does not know',
    '    quotas: { lambdaConcurency: 50 }\n',
    '35:15 unknown key "lambdaConcurency" in accounts.child-prod.quotas (got lambdaConcurency; expected lambdaConcurrency; did you mean "lambdaConcurrency"?)',
  ],
  [
    'a number in place of a mapping',
    '    quotas: 50\n',
    '35:13 accounts.child-prod.quotas has the wrong type (got 50; expected a mapping; write its keys below it, indented)',
  ],
])('an account that states %s is a problem with its place', (_, lines, problem) => {
  expect(problemsIn(withQuota(lines))).toEqual([`platform.yaml:${problem}`]);
  expect(problemsIn(withQuota('    quotas: { lambdaConcurrency: 50 }\n'))).toEqual([]);
});
