import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import { platformText } from './platform-text.ts';
import { defineContract } from '../../blocks/contract.ts';
import { contracts } from '../workloads.ts';

const problemsIn = (text: string, known = contracts): readonly string[] => {
  const parsed = parsePlatform(text, known);
  return parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem));
};

/** Two tenants, each in one of two waves. */
function problemsOf(waves: readonly [string, string], tenants: readonly [string, string]): readonly string[] {
  const text = platformText
    .replace('  - name: dev\n  - name: prod\n    approval: true', `  - name: ${waves[0]}\n  - name: ${waves[1]}`)
    .replace(/tenants:[^]*$/, '')
    .concat(
      'tenants:\n',
      ...tenants.map(
        (name, index) =>
          `  - name: ${name}\n    workload: word-count\n    owner: team\n    waves:\n      ${waves[index] ?? ''}: { parent: parent-${index ? 'prod' : 'dev'}, child: child-${index ? 'prod' : 'dev'} }\n`,
      ),
    );
  return problemsIn(text);
}

describe('a wave and a tenant that are joined to the name of a stage', () => {
  test('must not be mistaken for others', () => {
    expect(problemsOf(['a', 'a-b'], ['b-c', 'c'])).toEqual([
      expect.stringMatching(
        /^platform\.yaml:\d+:\d+ the stage "a-b-c" would be that of tenant "b-c" in wave "a", too \(got c in a-b; expected /,
      ),
    ]);
  });

  test('may have hyphens as long as they are not', () => {
    expect(problemsOf(['a', 'a-b'], ['b-c', 'd'])).toEqual([]);
  });
});

describe('two tenants of one account', () => {
  /** Tenant `x` with its child in `child-dev`, and another tenant with its parent in the account that is given. */
  const problemsBeside = (other: string, account: string): readonly string[] =>
    problemsIn(
      platformText
        .replace(/tenants:[^]*$/, 'tenants:\n')
        .concat(tenantIn('x', 'dev', 'parent-dev', 'child-dev'), tenantIn(other, 'prod', account, 'child-prod')),
    );
  const tenantIn = (name: string, wave: string, parent: string, child: string): string =>
    `  - { name: ${name}, workload: word-count, owner: team, waves: { ${wave}: { parent: ${parent}, child: ${child} } } }\n`;

  test.each(['x-child', 'x-child-import'])(
    'must not share what a stage calls its further resources: %s, whose stages could be machines of the child of x',
    (name) => {
      expect(problemsBeside(name, 'child-dev')).toEqual([
        expect.stringMatching(
          new RegExp(
            `^platform\\.yaml:\\d+:\\d+ names of "${name}" in "child-dev" would begin with "crosswind-x-child-", as those ` +
              `of what the stage "child" of "x" has besides its workflow \\(got ${name}; expected .*; rename one of the two tenants`,
          ),
        ),
      ]);
    },
  );

  test.each([
    ['x-child', 'parent-prod', 'is in an account without the child of x'],
    ['x-child', 'parent-dev', 'is with the parent of x alone, whose names begin otherwise'],
    ['x-children', 'child-dev', 'begins with the name of a stage, and goes on'],
    ['x-import', 'child-dev', 'ends with what is no stage'],
    ['child', 'child-dev', 'is called as a stage is'],
    ['y-child', 'child-dev', 'begins with another tenant'],
  ])('may be called alike where nothing can have one name: %s in %s %s', (name, account) => {
    expect(problemsBeside(name, account)).toEqual([]);
  });
});

describe('a tenant and a stage that are joined to the name of a role', () => {
  const withStage = (stage: string): readonly string[] => {
    const contract = defineContract({
      settings: z.strictObject({}),
      stages: [{ name: stage, description: 'All' }],
      entry: stage,
    });
    return problemsIn(
      platformText
        .replace(/tenants:[^]*$/, '')
        .replace('  - name: prod\n    approval: true\n', '')
        .concat(
          `tenants:\n  - { name: break, workload: alone, owner: team, waves: { dev: { ${stage}: child-dev } } }\n`,
        ),
      new Map([['alone', contract]]),
    );
  };

  test('must not make that of the role for emergencies', () => {
    expect(withStage('glass')).toEqual([
      expect.stringContaining('the role of its stage "glass" would be "crosswind-break-glass"'),
    ]);
  });

  test('may make any other', () => {
    expect(withStage('glasses')).toEqual([]);
  });
});
