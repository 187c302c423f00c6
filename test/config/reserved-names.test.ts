import { describe, expect, test } from 'vitest';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import { platformText } from './platform-text.ts';
import { contracts } from '../workloads.ts';

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
  const parsed = parsePlatform(text, contracts);
  return parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem));
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
