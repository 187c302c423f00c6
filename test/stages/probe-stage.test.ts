import { describe, expect, test } from 'vitest';
import { objectOf, textOf } from '@crosswind/aws/json';
import { probeInput } from '../../blocks/observability/probe/probe-input.ts';
import { platformOf, platformText, synthesize } from '../synthesized.ts';

type Synthesized = ReturnType<typeof synthesize>;

const frozen = (account: string): string =>
  platformText.replace(`  - name: ${account}\n`, `  - name: ${account}\n    frozen: true\n`);

/** Accounts with a probe, and the input of its schedule. */
function probesOf({ stacks }: Synthesized) {
  return new Map(
    stacks
      .filter(({ name }) => name === 'crosswind-probe')
      .map(({ account, resources }) => {
        const schedule = resources.find(({ type }) => type === 'AWS::Scheduler::Schedule');
        const input = textOf(objectOf(schedule?.properties['Target'])['Input']);
        const due = input.replace('<aws.scheduler.scheduled-time>', '2026-11-29T12:00:00Z');
        return [account, probeInput.parse(JSON.parse(due))];
      }),
  );
}

const silentAlarms = ({ stacks }: Synthesized): readonly string[] =>
  stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type, name }) => type === 'AWS::CloudWatch::Alarm' && name.endsWith('-silent'))
    .map(({ name }) => name.replace(/^crosswind-word-count-(.*)-silent$/, '$1'));

describe('the probe of an account', () => {
  const whole = synthesize(platformOf(platformText));

  test('is in each account that runs a tenant, and looks at its workflows and at those that they start', () => {
    const probes = probesOf(whole);
    expect([...probes.keys()]).toEqual(['333333333333', '444444444444', '555555555555', '666666666666']);
    const machine = (account: string, stage: string) =>
      `arn:aws:states:us-east-1:${account}:stateMachine:crosswind-word-count-${stage}`;
    expect(probes.get('333333333333')).toEqual({
      at: Date.parse('2026-11-29T12:00:00Z'),
      workflows: [
        {
          tenant: 'word-count',
          stateMachineArn: machine('333333333333', 'parent'),
          runsOnMinutes: 10,
          starts: [
            {
              stateMachineArn: machine('444444444444', 'child'),
              roleArn: 'arn:aws:iam::444444444444:role/crosswind-word-count-probe',
              mayBeAbsent: false,
            },
          ],
        },
      ],
    });
    expect(probes.get('444444444444')?.workflows).toMatchObject([
      { stateMachineArn: machine('444444444444', 'child'), starts: [] },
    ]);
  });

  test('is not in an account that is frozen, and no alarm waits for it there', () => {
    expect(silentAlarms(whole)).toEqual(['word-parent-dev', 'word-child-dev', 'word-parent-prod', 'word-child-prod']);
    const without = synthesize(platformOf(frozen('word-child-dev')));
    expect([...probesOf(without).keys()]).toEqual(['333333333333', '555555555555', '666666666666']);
    expect(silentAlarms(without)).toEqual(['word-parent-dev', 'word-parent-prod', 'word-child-prod']);
  });

  test('knows that the role in a frozen account may be absent', () => {
    const probes = probesOf(synthesize(platformOf(frozen('word-child-dev'))));
    const absent = (account: string) =>
      probes.get(account)?.workflows.flatMap(({ starts }) => starts.map(({ mayBeAbsent }) => mayBeAbsent));
    expect([absent('333333333333'), absent('555555555555')]).toEqual([[true], [false]]);
  });

  test('is the only one that may assume the role for it in the other account, and only from the organization', () => {
    const child = whole.stacks.find(({ path }) => path === 'Crosswind/dev-word-count/Child');
    const role = child?.resources.find(
      ({ name, type }) => type === 'AWS::IAM::Role' && name === 'crosswind-word-count-probe',
    );
    expect(role?.properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Principal: { AWS: 'arn:aws:iam::333333333333:root' },
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::333333333333:role/crosswind-probe' },
            StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
          },
        },
      ],
    });
    const parent = whole.stacks.find(({ path }) => path === 'Crosswind/dev-word-count/Parent');
    expect(parent?.resources.filter(({ name }) => name === 'crosswind-word-count-probe')).toEqual([]);
  });

  test('may list executions, look at state machines and assume the roles of its tenants, and nothing else', () => {
    const stack = whole.stacks.find(({ path }) => path === 'Crosswind/probes-word-parent-dev/Probe');
    const policies = (stack?.resources ?? []).filter(
      ({ type, path }) => type === 'AWS::IAM::Policy' && path.includes('/Function/'),
    );
    const text = JSON.stringify(policies.map(({ properties }) => properties['PolicyDocument']));
    const actions = new Set([...text.matchAll(/"(\w+:\w+)"/g)].map(([, action]) => action));
    expect([...actions].sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'states:DescribeStateMachine',
      'states:ListExecutions',
      'sts:AssumeRole',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });
});
