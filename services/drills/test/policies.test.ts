import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rolesOf } from '@crosswind/assembly/roles';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { crossAccountStartFindings } from '../../../policies/reach/cross-account-start.ts';
import { temporaryDirectory } from '../../../test/temporary-directory.ts';
import { synthesizedWorkload } from '../../../test/tried-workload.ts';
import { workload } from '../workload.ts';

const folder = resolve(import.meta.dirname, '..');

/** The folder without its waivers. */
function unwaived(): string {
  const copy = join(temporaryDirectory(), 'drills');
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith('waivers.yaml') });
  return copy;
}

describe('the policies', () => {
  const { stacks, errors } = synthesizedWorkload({ workload, folder });

  test('accept the drills with their waivers', () => {
    expect(errors).toEqual([]);
  });

  test('refuse the role that may not describe the child where nothing waives it, and nothing else', () => {
    const found = synthesizedWorkload({ workload, folder: unwaived() }).errors;
    expect(found).toEqual([
      expect.stringMatching(
        /^AwsSolutions-IAM5\[Resource::arn.*:execution:.* Crosswind\/dev-drills\/Child\/Blind\/Resource\/DefaultPolicy\/Resource: /,
      ),
      expect.stringMatching(
        /^AwsSolutions-IAM5\[Resource::arn.*:execution:.* Crosswind\/dev-drills\/Child\/Nested\/Workflow\/Resource\/Role\/DefaultPolicy\/Resource: /,
      ),
      expect.stringMatching(
        /^REACH-1 Crosswind\/dev-drills\/Child\/Blind\/Resource\/Resource: .*crosswind-drills-blind-target lacks states:DescribeExecution/s,
      ),
    ]);
  });

  test('find no more than that one permission missing, and nothing missing for the other parent', () => {
    const missing = crossAccountStartFindings(stacks).filter(({ mends }) => mends.length > 0);
    expect(missing.flatMap(({ mends }) => mends.map(({ of, statement }) => [of, statement.Action]))).toEqual([
      ['arn:aws:iam::333333333333:role/crosswind-drills-blind-target', 'states:DescribeExecution'],
    ]);
  });

  test('see one difference between the two target roles: the permission to describe', () => {
    const actionsOf = (name: string): readonly string[] =>
      stacks
        .flatMap(rolesOf)
        .filter((role) => role.name === name)
        .flatMap(({ policies }) => policies.flatMap(({ document }) => listOf(document['Statement'])))
        .flatMap((statement) => [objectOf(statement)['Action'] ?? []].flat().map(textOf))
        .sort();
    expect(actionsOf('crosswind-drills-target')).toEqual([
      'states:DescribeExecution',
      'states:StartExecution',
      'states:StopExecution',
    ]);
    expect(actionsOf('crosswind-drills-blind-target')).toEqual(['states:StartExecution', 'states:StopExecution']);
    const trusts = ['target', 'blind-target'].map(
      (name) => stacks.flatMap(rolesOf).find((role) => role.name === `crosswind-drills-${name}`)?.trust,
    );
    expect(trusts[0]).toBeDefined();
    expect(trusts[1]).toEqual(trusts[0]);
  });
});
