import { describe, expect, test } from 'vitest';
import { groupedFindings } from '../../policies/grouped-findings.ts';
import { type Violation, parseValidationReport, pathsOf } from '../../policies/validation-report.ts';

interface Found {
  readonly stage: string;
  readonly account: string;
  readonly line?: number;
  readonly [property: string]: unknown;
}

/** A finding of each stage in its account, with its message and whatever else differs. */
const finding = ({ stage, account, line = 12, ...given }: Found): object => ({
  ruleName: 'OBS-2',
  description: `alarm of ${account} in ${stage} has no action`,
  suggestedFix: 'Add one.',
  severity: 'error',
  violatingConstructs: [
    {
      constructPath: `App/${stage}/Child/Mute`,
      constructFqn: 'aws-cdk-lib.aws_cloudwatch.CfnAlarm',
      cloudFormationResource: { templatePath: `${stage}.template.json`, logicalId: 'Mute' },
      stackTraces: [`new Alarm (/repo/services/child.ts:${line}:3)`],
    },
  ],
  ...given,
});

const accounts: Readonly<Record<string, string>> = {
  dev: '111111111111',
  test: '222222222222',
  prod: '333333333333',
};

const grouped = (...violations: readonly object[]): readonly Violation[] => {
  const report = { pluginReports: [{ pluginName: 'Crosswind', conclusion: 'failure', violations }] };
  return groupedFindings(parseValidationReport(JSON.stringify(report)), {
    root: '/repo',
    names: ['dev', 'test', 'prod', 'us-east-1', 'eu-west-1', ...Object.values(accounts)],
    accountOf: (path) => accounts[path.split('/')[1] ?? ''],
  }).pluginReports.flatMap((plugin) => plugin.violations);
};

const inAll = (given: object = {}): readonly object[] =>
  Object.entries(accounts).map(([stage, account]) => finding({ stage, account, ...given }));

describe('a finding in three accounts', () => {
  test('is one with its count and the accounts, and keeps every place', () => {
    const [one, ...others] = grouped(...inAll());
    expect(others).toEqual([]);
    expect(one?.description).toBe(
      'alarm of 111111111111 in dev has no action (3 times, in accounts 111111111111, 222222222222, 333333333333)',
    );
    expect(one && pathsOf(one)).toEqual(['App/dev/Child/Mute', 'App/test/Child/Mute', 'App/prod/Child/Mute']);
  });

  test('counts for a stack that is deployed alone: the CDK keeps what has no path', () => {
    expect(grouped(...inAll())[0]?.violatingConstructs).toEqual([
      {
        constructPath: '',
        constructFqn: 'App/dev/Child/Mute\n   App/test/Child/Mute\n   App/prod/Child/Mute',
        stackTraces: ['new Alarm (/repo/services/child.ts:12:3)'],
      },
    ]);
  });

  test('is one, too, where its rule, a region or a generated name differs', () => {
    const found = Object.entries(accounts).map(([stage, account], index) =>
      finding({
        stage,
        account,
        ruleName: `IAM5[Resource::arn:aws:states:${index === 0 ? 'us-east-1' : 'eu-west-1'}:${account}:*]`,
        description: `role ${stage}-Role-${['C24EA5A56E70', '8D05DF1E6284', '74A61C5E57C2'][index] ?? ''}`,
      }),
    );
    expect(grouped(...found)).toHaveLength(1);
  });

  test('is one where the CDK reports it once with three constructs', () => {
    const constructs = inAll().flatMap((each) => (each as Violation).violatingConstructs);
    expect(grouped({ ...inAll({ description: 'no action' })[0], violatingConstructs: constructs })).toMatchObject([
      { description: 'no action (3 times, in accounts 111111111111, 222222222222, 333333333333)' },
    ]);
  });

  test('is one where the CDK knows no line, if it is the same construct of each stack', () => {
    const withoutLine = (stage: string, id: string): object => ({
      violatingConstructs: [{ constructPath: `App/${stage}/Child/${id}` }],
    });
    const of = (stage: string, id: string) => finding({ stage, account: stage, ...withoutLine(stage, id) });
    expect(grouped(of('dev', 'Mute'), of('prod', 'Mute'))).toHaveLength(1);
    expect(grouped(of('dev', 'Mute'), of('prod', 'Deaf'))).toHaveLength(2);
  });
});

describe('two findings', () => {
  const dev = { stage: 'dev', account: '111111111111' };
  const prod = { stage: 'prod', account: '333333333333' };

  test.each([
    ['of two rules', { ruleName: 'OBS-3' }],
    ['of two severities', { severity: 'warning' }],
    ['of two lines', { line: 13 }],
    ['with two messages', { description: 'its actions are disabled' }],
    ['with two fixes', { suggestedFix: 'Enable them.' }],
    ['of two accounts that are not of the platform', { description: 'trusts 888888888888' }],
  ])('%s stay two', (_, given) => {
    const description = 'description' in given ? { description: 'trusts 777777777777' } : {};
    expect(grouped(finding({ ...dev, ...description }), finding({ ...prod, ...given }))).toHaveLength(2);
  });

  test('of one account are counted in that account', () => {
    expect(grouped(finding(dev), finding(dev))[0]?.description).toContain('(2 times, in account 111111111111)');
  });
});

test('a finding in one place stays as it is', () => {
  const [one] = grouped(...inAll().slice(0, 1));
  expect(one).toEqual(inAll()[0]);
});

test('a finding in many accounts prints some of them and keeps all', () => {
  const many = Array.from({ length: 20 }, (_, index) => finding({ stage: 'dev', account: `${111111111111 + index}` }));
  const places = many.map((each, index) => ({
    ...each,
    description: 'no action',
    violatingConstructs: [{ constructPath: `App/${index}`, stackTraces: ['new Alarm (/repo/child.ts:1:1)'] }],
  }));
  const [one] = grouped(...places);
  expect(one?.violatingConstructs[0]?.constructFqn).toMatch(/App\/11\n {3}8 more$/);
  expect(one && pathsOf(one)).toHaveLength(20);
});
