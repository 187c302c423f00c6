import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseValidationReport } from '../../policies/validation-report.ts';
import { type Diagnostic, languageServer } from './requests/language-server.ts';
import { newProject } from './requests/project.ts';
import type { Repository } from './upgrade/repositories.ts';

const child = 'services/word-count/child-workflow.ts';
const alarms = 'blocks/observability/signal-alarm.ts';
const waivers = 'services/word-count/waivers.yaml';
const targetRole = 'blocks/workflow/target-role.ts';

const publicBucket = `    this.source.addToResourcePolicy(
      new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['s3:GetObject'], resources: ['*'] }),
    );
`;
const uselessWaiver = `  - rule: AwsSolutions-S2
    path: Child/Child/*/Resource
    reason: it accepts nothing, because no bucket is like this
    owner: letters-team
    until: 2999-12-31
`;

let project: Repository;
let server: Awaited<ReturnType<typeof languageServer>>;
let repaired: Readonly<Record<string, string>>;
/** Diagnostics after the planted faults were saved, by file. */
let planted: ReadonlyMap<string, readonly Diagnostic[]>;

beforeAll(async () => {
  project = newProject();
  server = await languageServer(project.path);
  repaired = Object.fromEntries([child, alarms, waivers, targetRole].map((file) => [file, project.read(file)]));
  project.write({
    [child]: `import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';\n${project.read(child)}`.replace(
      '    super(scope, id);\n',
      `    super(scope, id);\n${publicBucket}`,
    ),
    [alarms]: project.read(alarms).replace(/^.*\.addAlarmAction\(.*\n/m, ''),
    [waivers]: `${project.read(waivers)}${uselessWaiver}`,
    [targetRole]: project.read(targetRole).replace("'states:StopExecution'", "'states:DescribeMapRun'"),
  });
  await server.saved(child, () => sources().includes('crosswind check'));
  planted = new Map(server.marked);
});
const sources = (): readonly string[] =>
  [...server.marked.values()].flatMap((marks) => marks.map(({ source }) => source));
afterAll(async () => {
  await server.close();
});

/** Line of a file that has this text, counted from zero. */
const lineOf = (file: string, text: string): number =>
  project
    .read(file)
    .split('\n')
    .findIndex((line) => line.includes(text));

const linesOf = (file: string, code: string): readonly number[] =>
  (planted.get(file) ?? []).flatMap(({ code: of, range }) => (of === code ? [range.start.line] : []));

describe('the language server of the CDK', () => {
  test('marks a public bucket on the line that makes it, with the fix', () => {
    expect(linesOf(child, 'PUBLIC-1')).toEqual([lineOf(child, 'return new Bucket(this, id')]);
    expect(planted.get(child)?.[0]?.message).toContain('Suggested fix: Name the principals, or add a condition');
  });

  test('marks a finding of many constructs once, on the line that makes them', () => {
    expect(linesOf(alarms, 'OBS-2')).toEqual([lineOf(alarms, "new Alarm(this, 'Resource'")]);
    expect(planted.get(alarms)?.[0]?.message).toMatch(/it has no action \(\d+ times, in account 222222222222\)/);
  });

  test('marks a waiver that accepts nothing in its own file', () => {
    expect(linesOf(waivers, 'WAIVER-1')).toEqual([lineOf(waivers, 'rule: AwsSolutions-S2')]);
  });

  test('marks what only the check finds: a permission that no call needs', () => {
    expect(linesOf(targetRole, 'REACH-3')).toEqual([lineOf(targetRole, "new Role(this, 'Resource'")]);
    expect(planted.get(targetRole)?.map(({ source }) => source)).toContain('crosswind check');
  });

  test('marks every finding of the synthesis', () => {
    const report = parseValidationReport(project.read('cdk.out/validation-report.json'));
    const found = report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
    const codes = [...planted].flatMap(([file, marks]) => (file === 'cdk.json' ? [] : marks)).map(({ code }) => code);
    expect(found.length).toBeGreaterThan(2);
    expect([...codes].sort()).toEqual([...found].sort());
  });

  test('marks nothing any more after the repair', async () => {
    project.write(repaired);
    await server.saved(child, () => server.marked.size === 0);
    expect([...server.marked]).toEqual([]);
  });
});
