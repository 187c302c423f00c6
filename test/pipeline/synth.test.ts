import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { functionsOf } from '@crosswind/assembly/functions';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { resolveStacks } from '@crosswind/assembly/resolve';
import { pathsOf } from '../../policies/validation-report.ts';
import { platformFile } from '../platform-file.ts';
import { scheduledText } from '../scheduled-platform.ts';
import { changes } from './fixtures/changes.ts';
import { type SynthRun, removeRun, synth } from './synth-run.ts';

const directories: string[] = [];

function fileWith(platform: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-platform-'));
  directories.push(directory);
  const file = join(directory, 'platform.yaml');
  writeFileSync(file, platform);
  return file;
}

const conclusions = ({ report }: SynthRun): Readonly<Record<string, string>> =>
  Object.fromEntries(report.pluginReports.map(({ pluginName, conclusion }) => [pluginName, conclusion]));

/** Findings of the policies in a run, each as rule and construct. */
const findingsOf = ({ report }: SynthRun): readonly string[] =>
  report.pluginReports
    .filter(({ pluginName }) => pluginName !== 'CloudFormation Validate')
    .flatMap(({ violations }) => violations)
    .flatMap((violation) => pathsOf(violation).map((path) => `${violation.ruleName} ${path}`));

const shipped = inject('shipped');
let scheduled: SynthRun;
let planted: SynthRun;
let changed: SynthRun;
let repaired: SynthRun;
const withChanges = '--app=node --import tsx test/pipeline/fixtures/planted-changes.ts';
beforeAll(async () => {
  [scheduled, planted] = await Promise.all([
    synth(fileWith(scheduledText)),
    synth(platformFile, '--app', 'node --import tsx test/pipeline/fixtures/planted.ts'),
  ]);
  [changed, repaired] = await Promise.all([
    synth(platformFile, withChanges),
    synth(platformFile, withChanges, '--context', 'changes=repaired'),
  ]);
});
afterAll(() => {
  for (const run of [scheduled, planted, changed, repaired]) removeRun(run);
  for (const directory of directories) rmSync(directory, { recursive: true });
});

describe('cdk synth of the platform', () => {
  test('succeeds, and warns of nothing', () => {
    expect(shipped.exitCode).toBe(0);
    expect(shipped.output).toContain('Bundling asset');
    expect(shipped.output).not.toMatch(/warn|error|deprecat/i);
  });

  test('passes every policy', () => {
    expect(conclusions(shipped)).toEqual({ AwsSolutions: 'success' });
  });

  test('lists what is waived with its reason and owner', () => {
    const waived = shipped.report.pluginReports.flatMap(({ suppressedViolations = [] }) => suppressedViolations);
    expect(waived.length).toBeGreaterThan(0);
    expect(waived.filter(({ reason }) => !/ \((platform|letters-team)\)$/.test(reason))).toEqual([]);
  });

  test('bundles every function as a module that exports its handler', () => {
    const functions = resolveStacks(readAssembly(shipped.directory)).flatMap(functionsOf);
    const bundles = [...new Set(functions.map(({ directory }) => directory))];
    // Two of the workload, and that of the probe.
    expect(bundles).toHaveLength(3);
    for (const bundle of bundles) expect(readFileSync(join(bundle, 'index.mjs'), 'utf8')).toMatch(/as handler\b/);
  });
});

describe('cdk synth of a platform with a schedule', () => {
  test('passes every policy, and warns of nothing', () => {
    expect(scheduled.exitCode).toBe(0);
    expect(conclusions(scheduled)).toEqual({ AwsSolutions: 'success' });
    expect(scheduled.output).not.toMatch(/warn|error|deprecat/i);
  });

  test('has one finding more that is accepted: the dead-letter queue has none', () => {
    const waived = ({ report }: SynthRun): readonly string[] =>
      report.pluginReports.flatMap(({ suppressedViolations = [] }) => suppressedViolations.map(({ reason }) => reason));
    expect(waived(scheduled).filter((reason) => reason.startsWith('it is a dead-letter queue itself'))).toHaveLength(1);
    expect(waived(scheduled)).toHaveLength(waived(shipped).length + 1);
  });
});

describe('cdk synth of a platform with violations inside of a stage', () => {
  test('fails', () => {
    expect(planted.exitCode).not.toBe(0);
    expect(conclusions(planted)).toEqual({
      AwsSolutions: 'failure',
      'CloudFormation Validate': 'failure',
      Crosswind: 'failure',
    });
  });

  test.each([
    [
      'the finding of cdk-nag and its bucket',
      'AwsSolutions-S10',
      'Crosswind/dev-word-count/Child/Child/Source/Resource',
    ],
    [
      'the finding of the template validation and its function',
      '9999',
      'Crosswind/dev-word-count/Child/Child/Count/Resource/Resource',
    ],
  ])('names %s', (_, finding, path) => {
    expect(planted.output).toContain(finding);
    expect(planted.output).toContain(path);
  });

  test.each([
    [
      'a wildcard action',
      'Crosswind/dev-word-count/Child/Wildcard/DefaultPolicy/Resource',
      'Name the actions that are needed instead of s3:*.',
    ],
    [
      'a target role without describe',
      'Crosswind/dev-word-count/Child/Target/Resource/Resource',
      'Add to the identity policy of Crosswind/dev-word-count/Child/Target/Resource/Resource: {"Effect":"Allow","Action":"states:DescribeExecution"',
    ],
    [
      'an alarm without action',
      'Crosswind/dev-word-count/Child/Mute/Resource',
      'add `alarm.addAlarmAction(new SnsAction(topics.ticket))`',
    ],
  ])('rejects %s with the fix', (_, path, fix) => {
    const at = planted.output.indexOf(path);
    const finding = planted.output.slice(at, planted.output.indexOf('Acknowledge', at));
    expect(finding).toContain(`Suggested fix: `);
    expect(finding).toContain(fix);
  });

  test('says nothing of the rules and waivers that are kept', () => {
    expect(planted.output).not.toMatch(/OBS-1|OBS-3|TRUST-1|WORKFLOW-1|WAIVER/);
  });
});

describe('cdk synth of a platform with changes that may not pass', () => {
  /** True for findings of rules that do not compare the template with the baseline of its account. */
  const isOfChanges = (finding: string): boolean => !/^(ACCESS-5|DEPLOY-1) /.test(finding);
  const places = ['Crosswind', 'Crosswind/dev-word-count/Child', 'Crosswind/prod-word-count/Child'];

  test('fails, and names each with its rule in the stack and in the stages', () => {
    expect(changed.exitCode).not.toBe(0);
    const expected = Object.values(changes).flatMap(({ rule, at }) => places.map((place) => `${rule} ${place}/${at}`));
    expect(new Set(findingsOf(changed).filter(isOfChanges))).toEqual(new Set(expected));
    // No account deploys users, and their baseline would refuse some of the other types.
    for (const rule of ['ACCESS-5', 'DEPLOY-1']) expect(findingsOf(changed)).toContain(`${rule} Crosswind/RawUser`);
  });

  test.each(Object.entries(changes))('prints the construct of %s', (_, { at }) => {
    for (const place of places) expect(changed.output).toContain(`${place}/${at}`);
  });

  const count = (text: string): number => changed.output.split(text).length - 1;

  test('prints each finding once, with its count and its three accounts', () => {
    const found = changed.report.pluginReports
      .flatMap(({ violations }) => violations)
      .filter(({ ruleName }) => isOfChanges(`${ruleName} `));
    const repeated = /\((3|6|9) times, in accounts 444444444444, 666666666666, 111111111111\)$/;
    expect(found.map(({ description }) => description).filter((description) => !repeated.test(description))).toEqual(
      [],
    );
    const ofOne = (one: string): number => found.filter(({ description }) => description === one).length;
    for (const { description } of found) expect(count(description)).toBe(ofOne(description));
  });

  test.each([
    ['it attaches the AWS managed policy AdministratorAccess'],
    ['it attaches arn:aws:iam::111111111111:policy/unseen'],
  ])('prints two findings of one rule and line as two: %s', (message) => {
    expect(count(message)).toBe(1);
  });

  test('passes every policy but those of the baseline once they are repaired', () => {
    expect(findingsOf(repaired).filter(isOfChanges)).toEqual([]);
  });
});
