import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { reachInputs } from '../../../cli/reach/reach-inputs.ts';
import type { ReachReport } from '../../../cli/reach/reach-report.ts';
import { platformFile } from '../../platform-file.ts';
import { shippedPlatform } from '../../synthesized.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { clone } from '../../workloads.ts';
import { commandLineOn, crosswind, crosswindIn, spawnCrosswind } from '../crosswind.ts';
import { changed, changedWhere } from './changed-assembly.ts';
import { removedStatements } from './removed-statements.ts';
import { triedWidenings } from './tried-widenings.ts';

const reach = (assembly: string, ...args: readonly string[]) =>
  crosswind('reach', '--file', platformFile, '--assembly', assembly, ...args);

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

  test('ends with exit code 2 where the platform does not synthesize', async () => {
    const broken = { NODE_OPTIONS: '--require=/does/not/exist.cjs' };
    const { code, stdout, stderr } = await crosswindIn(broken, 'reach', '--file', platformFile);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('cdk synth failed');
  });

  test('reads no waivers from a file that is wrong', async () => {
    const root = temporaryDirectory();
    for (const name of ['blocks', 'config', 'node_modules', 'package.json', 'packages', 'test']) {
      symlinkSync(join(clone.root, name), join(root, name));
    }
    mkdirSync(join(root, 'policies'));
    const at = { clone: { ...clone, root }, platformFile, assembly: () => inject('assembly') };
    const run = (waivers: string) => {
      writeFileSync(join(root, 'policies/waivers.yaml'), waivers);
      return commandLineOn(at).crosswind('reach', '--file', platformFile, '--assembly', inject('assembly'));
    };
    const { code, stdout, stderr } = await run('waivers: [{ rule: REACH-3 }]\n');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^policies\/waivers\.yaml:1:\d+ /);
    expect((await run('waivers: []\n')).code).toBe(0);
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

  test('stands under new access when it says more, or makes nothing possible', () => {
    const tried = triedWidenings(reachInputs(shippedPlatform, inject('assembly')));
    const counts = new Map<string, number>();
    for (const { how, outcome } of tried) counts.set(`${how}: ${outcome}`, (counts.get(`${how}: ${outcome}`) ?? 0) + 1);
    console.info(tried.map(({ name, outcome }) => `${outcome}: ${name}`).join('\n'));
    console.info(
      [...counts]
        .map(([outcome, count]) => `${count} ${outcome}`)
        .sort()
        .join('\n'),
    );
    expect(new Set(tried.map(({ statement }) => statement)).size).toBeGreaterThanOrEqual(100);
    expect(tried.filter(({ outcome }) => outcome === 'survived')).toEqual([]);
    const ways = [...new Set(tried.map(({ how }) => how))].filter((how) => how !== 'account outside');
    expect(ways.filter((how) => !tried.some((each) => each.how === how && each.outcome === 'new access'))).toEqual([]);
    expect(tried.filter(({ outcome }) => outcome === 'new access').length).toBeGreaterThan(tried.length * 0.6);
  });
});
