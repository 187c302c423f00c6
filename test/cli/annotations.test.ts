import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';

const report = {
  version: '55.0.0',
  pluginReports: [
    {
      pluginName: 'Crosswind',
      conclusion: 'failure',
      violations: [
        {
          ruleName: 'OBS-2',
          description: 'it has no action',
          severity: 'error',
          violatingConstructs: [
            {
              constructPath: 'App/Alarm',
              stackTraces: [`new SignalAlarm (${process.cwd()}/blocks/observability/signal-alarm.ts:29:5)`],
            },
          ],
        },
      ],
    },
  ],
};

test('crosswind annotations prints workflow commands and appends the summary', async () => {
  const directory = temporaryDirectory();
  const [file, summary] = [join(directory, 'report.json'), join(directory, 'summary.md')];
  writeFileSync(file, JSON.stringify(report));
  writeFileSync(summary, 'before\n');
  const { code, stdout } = await crosswind('annotations', file, '--summary', summary);
  expect(stdout).toBe(
    '::error file=blocks/observability/signal-alarm.ts,line=29,col=5,title=OBS-2::it has no action%0AApp/Alarm\n',
  );
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n### Policies\n[^]*\| Crosswind \| failure \| 1 \| 0 \|/);
  expect(code).toBe(0);
});

test('crosswind annotations says so when synth wrote no report', async () => {
  const { code, stderr } = await crosswind('annotations', 'nowhere/validation-report.json');
  expect(stderr).toContain('there is no file nowhere/validation-report.json: cdk synth writes');
  expect(code).toBe(1);
});

test.each([
  ['below a directory that is missing', 'nowhere/summary.md', 'ENOENT'],
  ['that is a directory', '.', 'EISDIR'],
  ['below a file', 'package.json/summary.md', 'ENOTDIR'],
  ['on a full disk', '/dev/full', 'ENOSPC'],
])('crosswind annotations says in one line that it cannot write a summary %s', async (_, summary, code) => {
  const file = join(temporaryDirectory(), 'report.json');
  writeFileSync(file, JSON.stringify(report));
  const ended = await crosswind('annotations', file, '--summary', summary);
  expect(ended.stderr).toMatch(new RegExp(`^--summary cannot be written: ${code}.*\\n$`));
  expect(ended.code).toBe(1);
});

test.each([['{"pluginReports":'], ['{"pluginReports":1}']])(
  'crosswind annotations says in one line that %s is no report',
  async (text) => {
    const file = join(temporaryDirectory(), 'report.json');
    writeFileSync(file, text);
    const { code, stderr } = await crosswind('annotations', file);
    expect(stderr).toMatch(/report\.json: expected a validation report that cdk synth wrote, .*\n$/);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(code).toBe(1);
  },
);

const finding = {
  id: 'OBS-2',
  severity: 'error',
  message: 'it has no action',
  fix: 'Add one.',
  place: { file: 'blocks/observability/signal-alarm.ts', line: 29, column: 5 },
  paths: ['App/Alarm', 'App/Prod/Alarm'],
  accounts: ['111111111111'],
  count: 2,
  by: 'head',
};

/** Writes what `crosswind check --json` prints. */
function checkFile(...findings: readonly object[]): string {
  const file = join(temporaryDirectory(), 'check.json');
  writeFileSync(file, JSON.stringify({ version: 1, findings, waived: [finding, finding], notes: [] }));
  return file;
}

test('crosswind annotations prints findings of crosswind check, with their fix', async () => {
  const nowhere = { id: 'JUDGE-1', severity: 'warning', message: 'm', fix: 'f', paths: [] };
  const { code, stdout } = await crosswind('annotations', checkFile(finding, nowhere));
  expect(stdout.split('\n')).toEqual([
    '::error file=blocks/observability/signal-alarm.ts,line=29,col=5,title=OBS-2::it has no action%0AAdd one.%0AApp/Alarm%0AApp/Prod/Alarm',
    '::warning title=JUDGE-1::m%0Af',
    '',
  ]);
  expect(code).toBe(0);
});

test.each([
  ['on one line once', {}, 1],
  ['of another rule twice', { id: 'OBS-1' }, 2],
  ['on another line twice', { place: { ...finding.place, line: 30 } }, 2],
  ['in another file twice', { place: { ...finding.place, file: 'stages/a.ts' } }, 2],
])('crosswind annotations prints a finding of a check and of a synth %s', async (_, difference, lines) => {
  const [file, summary] = [join(temporaryDirectory(), 'report.json'), join(temporaryDirectory(), 'summary.md')];
  writeFileSync(file, JSON.stringify(report));
  const { stdout } = await crosswind(
    'annotations',
    checkFile({ ...finding, ...difference }),
    file,
    '--summary',
    summary,
  );
  expect(stdout.trim().split('\n')).toHaveLength(lines);
  expect(readFileSync(summary, 'utf8')).toMatch(
    /\| crosswind check \| failure \| 1 \| 2 \|\n\| Crosswind \| failure \| 1 \| 0 \|/,
  );
});

test('crosswind annotations counts a check with warnings alone as passed', async () => {
  const summary = join(temporaryDirectory(), 'summary.md');
  await crosswind('annotations', checkFile({ ...finding, severity: 'warning' }), '--summary', summary);
  expect(readFileSync(summary, 'utf8')).toContain('| crosswind check | success | 1 | 2 |');
});

test.each([['{"version":1,"findings":1}'], ['{"version":2,"findings":[],"waived":[]}'], ['[]'], ['null']])(
  'crosswind annotations says in one line that %s is neither report',
  async (text) => {
    const file = join(temporaryDirectory(), 'check.json');
    writeFileSync(file, text);
    const { code, stderr } = await crosswind('annotations', file);
    expect(stderr).toMatch(
      /check\.json: expected a validation report .*, or the output of crosswind check --json, .*\n$/,
    );
    expect(stderr.split('\n')).toHaveLength(2);
    expect(code).toBe(1);
  },
);
