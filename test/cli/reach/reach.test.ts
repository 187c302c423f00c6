import { cpSync, readFileSync, writeFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { reachInputs } from '../../../cli/reach/reach-inputs.ts';
import type { ReachReport } from '../../../cli/reach/reach-report.ts';
import { platformFile } from '../../platform-file.ts';
import { shippedPlatform } from '../../synthesized.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { crosswind, spawnCrosswind } from '../crosswind.ts';
import { removedStatements } from './removed-statements.ts';

const reach = (assembly: string, ...args: readonly string[]) =>
  crosswind('reach', '--file', platformFile, '--assembly', assembly, ...args);

/** A copy of the example in which each template of its stacks has texts replaced. */
const changed = (...replacements: readonly (readonly [string, string])[]): string =>
  changedWhere((name) => name.endsWith('.template.json') && !name.startsWith('baseline'), replacements);

function changedWhere(
  isMeant: (file: string) => boolean,
  replacements: readonly (readonly [string, string])[],
): string {
  const directory = temporaryDirectory();
  cpSync(inject('assembly'), directory, { recursive: true });
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(isMeant)) {
    const text = readFileSync(join(directory, file), 'utf8');
    writeFileSync(
      join(directory, file),
      replacements.reduce((whole, [from, to]) => whole.replaceAll(from, to), text),
    );
  }
  return directory;
}

describe('crosswind reach', () => {
  test('decides every call of the example, and finds nothing that is not accepted', async () => {
    const { code, stdout, stderr } = await reach(inject('assembly'));
    expect(stdout).toMatch(
      /^6 state machines, \d+ states that call, \d+ calls and \d+ of CloudFormation: 0 denied, 0 undecidable, 0 permissions that no call needs, \d+ waived\n$/,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('prints calls, decisions and waivers as JSON, and nothing else', async () => {
    const { code, stdout } = await reach(inject('assembly'), '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as ReachReport;
    expect(Object.keys(report)).toEqual([
      ...['machines', 'tasks', 'calls', 'deployments', 'denied', 'undecidable', 'unneeded', 'waived', 'waivers'],
    ]);
    expect(report.calls.every(({ decision }) => decision.allowed)).toBe(true);
    expect(report.calls).toContainEqual(
      expect.objectContaining({
        principal: expect.stringMatching(/^arn:aws:iam::333333333333:role\//) as string,
        action: 'sts:AssumeRole',
        by: expect.stringContaining(', state "') as string,
      }),
    );
    expect(report.deployments).toContainEqual({
      principal: 'arn:aws:iam::333333333333:role/cdk-crosswind-cfn-exec-role-333333333333-us-east-1',
      resources: expect.any(Number) as number,
      calls: expect.any(Number) as number,
      actions: expect.arrayContaining(['iam:PutRolePolicy', 'states:CreateStateMachine']) as string[],
    });
    expect(report.waived.every(({ reason, owner }) => reason !== '' && owner !== '')).toBe(true);
  });

  test('names a call that is denied, its cause and the statement that fixes it', async () => {
    const { code, stdout, stderr } = await reach(changed(['states:DescribeExecution', 'states:DescribeMapRun']));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^DENIED .* states:DescribeExecution /m);
    expect(stdout).toMatch(/^ {3}called by Crosswind\/dev-word-count\/.*, state "/m);
    expect(stdout).toMatch(/^ {3}fix: add to the identity policy of arn:.*"states:DescribeExecution"/m);
    expect(stdout).toMatch(/^UNNEEDED arn:aws:iam::\d+:role\/.*\n(.*\n)*? {3}states:DescribeMapRun on /m);
    expect(stderr).toMatch(/^calls denied: [1-9]\d*, undecidable: 0; permissions that no call needs: [1-9]/);
  });

  test('names a deployment that the execution role of an account does not allow', async () => {
    const isBaseline = (name: string): boolean => /^baseline\/[^/]+\.json$/.test(name);
    const assembly = changedWhere(isBaseline, [['"lambda:*"', '"lambda:List*"']]);
    const { code, stdout } = await reach(assembly, '--json');
    expect(code).toBe(1);
    const { denied, deployments } = JSON.parse(stdout) as ReachReport;
    expect(denied.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:DeleteFunction']),
    );
    expect(denied.filter(({ action }) => !action.startsWith('lambda:'))).toEqual([]);
    expect(denied[0]?.by).toMatch(/^Crosswind\/.*, creation by CloudFormation$/);
    expect(deployments.flatMap(({ actions }) => actions).filter((action) => action.startsWith('lambda:'))).toEqual([]);
  });

  test('says that a directory is no assembly', async () => {
    const { code, stderr } = await reach('docs');
    expect(code).toBe(1);
    expect(stderr).toContain('docs');
  });

  test('explains itself', async () => {
    const { code, stdout } = await crosswind('reach', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes: 0 nothing found, 1 ');
  });

  test('lets a reader close the pipe', async () => {
    const args = ['reach', '--file', platformFile, '--assembly', inject('assembly')];
    const { child, finished } = spawnCrosswind({}, ...args);
    child.stdout.destroy();
    const { code, stderr } = await finished;
    expect([0, 141]).toContain(code);
    expect(stderr).not.toMatch(/EPIPE|Error|^ {4}at /m);
  });
});

describe('each statement of the example', () => {
  test('is noticed when it is removed, or was reported before', () => {
    const removed = removedStatements(reachInputs(shippedPlatform, inject('assembly')));
    const count = (outcome: string): number => removed.filter(({ noticed }) => noticed === outcome).length;
    console.info(removed.map(({ name, noticed }) => `${noticed}: ${name}`).join('\n'));
    expect(removed.length).toBeGreaterThanOrEqual(100);
    expect(removed.filter(({ noticed }) => noticed === 'survived')).toEqual([]);
    expect(count('denied')).toBeGreaterThan(count('unneeded'));
  });
});
