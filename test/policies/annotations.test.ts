import { describe, expect, test } from 'vitest';
import { annotationsOf, workflowCommand } from '../../policies/annotations.ts';
import { placedInFiles } from '../../policies/placed-in-files.ts';
import { summaryTable } from '../../policies/summary-table.ts';
import { type ValidationReport, parseValidationReport } from '../../policies/validation-report.ts';

const trace = (...frames: readonly string[]): readonly string[] => [
  ['...new Alarm in aws-cdk-lib...', ...frames.map((frame) => `new Something (${frame})`)].join('\n'),
];

const reportOf = (...violations: readonly object[]): ValidationReport =>
  parseValidationReport(
    JSON.stringify({
      version: '55.0.0',
      pluginReports: [{ pluginName: 'Crosswind', conclusion: 'failure', violations, suppressedViolations: [{}, {}] }],
    }),
  );

const violation = (given: object = {}): object => ({
  ruleName: 'OBS-2',
  description: 'it has no action',
  suggestedFix: 'Add one.',
  severity: 'error',
  violatingConstructs: [
    { constructPath: 'App/Alarm', stackTraces: trace('/repo/services/alarm.ts:12:3', '/repo/pipeline/app.ts:16:1') },
  ],
  ...given,
});

describe('an annotation', () => {
  test('stands at the line of the repository that is closest to the construct', () => {
    expect(annotationsOf(reportOf(violation()), '/repo')).toEqual([
      {
        level: 'error',
        rule: 'OBS-2',
        message: 'it has no action\nAdd one.',
        paths: ['App/Alarm'],
        file: 'services/alarm.ts',
        line: 12,
        column: 3,
      },
    ]);
  });

  test('passes over frames of packages and of other directories', () => {
    const frames = trace('/repo/node_modules/some/index.ts:1:1', '/usr/lib/x.js:2:2', '/repo/stages/a.ts:3:4');
    const given = violation({ violatingConstructs: [{ constructPath: 'App/Alarm', stackTraces: frames }] });
    expect(annotationsOf(reportOf(given), '/repo')).toMatchObject([{ file: 'stages/a.ts', line: 3, column: 4 }]);
  });

  test('has no place where no frame lies in the repository', () => {
    const given = violation({ violatingConstructs: [{ constructPath: 'App/Alarm' }] });
    const [annotation] = annotationsOf(reportOf(given), '/repo');
    expect(annotation).toMatchObject({ paths: ['App/Alarm'] });
    expect(annotation).not.toHaveProperty('file');
  });

  test('about a file stands in that file, and not where the construct is made', () => {
    const given = reportOf(violation({ ruleMetadata: { place: 'services/a/waivers.yaml:17:5' } }), violation());
    expect(annotationsOf(placedInFiles(given, '/repo'), '/repo')).toMatchObject([
      { file: 'services/a/waivers.yaml', line: 17, column: 5 },
      { file: 'services/alarm.ts', line: 12, column: 3 },
    ]);
  });

  test.each([
    ['error', 'error'],
    ['fatal', 'error'],
    ['custom', 'error'],
    ['warning', 'warning'],
    ['info', 'notice'],
  ])('of severity %s is an %s', (severity, level) => {
    expect(annotationsOf(reportOf(violation({ severity })), '/repo')).toMatchObject([{ level }]);
  });

  test('is one for all constructs that a line makes, when it says the same of them', () => {
    const inProd = violation({
      violatingConstructs: [{ constructPath: 'App/Prod/Alarm', stackTraces: trace('/repo/services/alarm.ts:12:3') }],
    });
    expect(annotationsOf(reportOf(violation(), inProd), '/repo')).toMatchObject([
      { paths: ['App/Alarm', 'App/Prod/Alarm'] },
    ]);
    const other = violation({ description: 'its actions are disabled' });
    expect(annotationsOf(reportOf(violation(), other), '/repo')).toHaveLength(2);
  });

  test('tells of a plugin that failed itself', () => {
    const broken = { pluginName: 'Nag', conclusion: 'failure', metadata: { error: 'it broke' }, violations: [] };
    expect(annotationsOf({ pluginReports: [broken] }, '/repo')).toEqual([
      { level: 'error', rule: 'Nag', message: 'it broke', paths: [] },
    ]);
  });

  test('is absent where nothing was found', () => {
    expect(annotationsOf(reportOf(), '/repo')).toEqual([]);
  });
});

describe('a workflow command', () => {
  test('escapes what GitHub reads as its own', () => {
    const command = workflowCommand({
      level: 'error',
      rule: 'IAM5[Action::s3:Get*, x]',
      message: '100 %\nof: it, all',
      paths: ['App/A'],
      file: 'a,b.ts',
      line: 1,
      column: 2,
    });
    expect(command).toBe(
      '::error file=a%2Cb.ts,line=1,col=2,title=IAM5[Action%3A%3As3%3AGet*%2C x]::100 %25%0Aof: it, all%0AApp/A',
    );
  });

  test('names no file where there is none', () => {
    expect(workflowCommand({ level: 'warning', rule: 'X-1', message: 'so', paths: [] })).toBe(
      '::warning title=X-1::so',
    );
  });
});

describe('the summary', () => {
  test('counts by plugin and lists every finding', () => {
    const report = reportOf(violation({ description: 'a | b <c>' }));
    const judge = { name: 'Crosswind', conclusion: 'failure', found: 1, waived: 2 };
    expect(summaryTable([judge], annotationsOf(report, '/repo'))).toMatchInlineSnapshot(`
      "### Policies

      | judge | conclusion | found | waived |
      | --- | --- | --- | --- |
      | Crosswind | failure | 1 | 2 |

      | level | rule | where | what, and what to do | constructs |
      | --- | --- | --- | --- | --- |
      | error | OBS-2 | services/alarm.ts:12 | a \\| b &lt;c><br>Add one. | App/Alarm |
      "
    `);
  });

  test('says so when nothing was found', () => {
    expect(summaryTable([], [])).toContain('Nothing was found');
  });
});
