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
  expect(stderr).toContain('there is no validation report nowhere/validation-report.json');
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
