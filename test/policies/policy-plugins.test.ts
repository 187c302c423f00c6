import { Alarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CfnOutput, type Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import type { Circumstances } from '../../policies/circumstances.ts';
import { policyPlugins } from '../../policies/policy-plugins.ts';
import type { Waiver } from '../../policies/waiver.ts';
import { complaints, judged } from './judged.ts';

const circumstances: Circumstances = {
  now: new Date('2026-11-22'),
  version: '0.1.0',
  runbooks: ['docs/runbooks/too-late.md'],
  dueWaivers: 'report',
  allDeployed: true,
};
const why = { reason: 'it is a test', owner: 'test-team' };
const muteAlarm: Waiver = { rule: 'OBS-2', path: 'Alone/Alarm/Resource', reviewAt: '1.0.0', ...why };

/** An alarm that keeps every rule but OBS-2. */
function withMuteAlarm(stack: Stack): void {
  new Alarm(stack, 'Alarm', {
    alarmDescription: 'docs/runbooks/too-late.md',
    metric: new Metric({ namespace: 'AWS/States', metricName: 'ExecutionsFailed' }),
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

const report = (build: (stack: Stack) => void, waivers: readonly Waiver[], given: Partial<Circumstances> = {}) =>
  judged(build, ...policyPlugins({ ...circumstances, ...given }, waivers));

describe('the policies of a synth', () => {
  test('report a broken rule with what came, the fix, and its place', () => {
    const { pluginReports } = report(withMuteAlarm, []);
    expect(pluginReports).toMatchObject([
      {
        pluginName: 'Crosswind',
        conclusion: 'failure',
        violations: [
          {
            ruleName: 'OBS-2',
            severity: 'error',
            description: 'Every alarm notifies somebody when it fires: it has no action',
            suggestedFix: expect.stringContaining('addAlarmAction') as string,
            ruleMetadata: { because: expect.stringContaining('An alarm without an action') as string },
            violatingConstructs: [
              {
                constructPath: 'Alone/Alarm/Resource',
                stackTraces: [expect.stringContaining('policy-plugins.test.ts') as string],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('know the runbooks that they are told of', () => {
    expect(complaints(report(withMuteAlarm, [muteAlarm]))).toEqual([]);
    expect(complaints(report(withMuteAlarm, [muteAlarm], { runbooks: [] }))).toEqual(['OBS-1 Alone/Alarm/Resource']);
  });

  test('accept what a waiver accepts', () => {
    const { pluginReports } = report(withMuteAlarm, [muteAlarm]);
    expect(pluginReports).toMatchObject([
      { pluginName: 'Crosswind', conclusion: 'success', suppressedViolations: [{ ruleName: 'OBS-2' }] },
    ]);
  });

  test('name a waiver that accepts nothing', () => {
    const unused = { ...muteAlarm, path: 'Alone/Another/Resource' };
    const { pluginReports } = report(withMuteAlarm, [muteAlarm, unused]);
    expect(pluginReports.at(-1)).toMatchObject({
      pluginName: 'Waivers',
      conclusion: 'failure',
      violations: [
        {
          ruleName: 'WAIVER-1',
          description: 'the waiver of OBS-2 at Alone/Another/Resource accepts nothing any more',
          // The command line of the CDK passes over findings outside of every stack.
          violatingConstructs: [{ constructPath: 'Alone' }],
        },
      ],
    });
  });

  test.each([
    ['fail', 'failure', 'error'],
    ['report', 'success', 'warning'],
  ] as const)('%s waivers that are due', (dueWaivers, conclusion, severity) => {
    const due: Waiver = { rule: 'OBS-2', path: 'Alone/Alarm/Resource', until: '2026-11-21', ...why };
    const { pluginReports } = report(withMuteAlarm, [due], { dueWaivers });
    expect(pluginReports.at(-1)).toMatchObject({ pluginName: 'Waivers', conclusion, violations: [{ severity }] });
  });

  test('judge what they know of a stack with types that the assembly reader does not know', () => {
    const build = (stack: Stack): void => {
      withMuteAlarm(stack);
      const { ref } = new CfnTable(stack, 'Table', { keySchema: [] });
      new CfnOutput(stack, 'Name', { value: ref, exportName: 'name' });
    };
    expect(complaints(report(build, [])).filter((one) => !one.startsWith('AwsSolutions'))).toEqual([
      'OBS-2 Alone/Alarm/Resource',
    ]);
  });

  test('fail loudly where they cannot judge', () => {
    const build = (stack: Stack): void => {
      new CfnStateMachine(stack, 'Machine', {
        roleArn: 'arn:aws:iam::111111111111:role/r',
        definitionS3Location: { bucket: 'b', key: 'k' },
      });
    };
    const crosswind = report(build, []).pluginReports.find(({ pluginName }) => pluginName === 'Crosswind');
    expect(crosswind).toMatchObject({
      conclusion: 'failure',
      violations: [
        {
          ruleName: 'POLICY-1',
          description: expect.stringContaining('Alone/Machine has a DefinitionS3Location that is no asset') as string,
          violatingConstructs: [{ constructPath: 'Alone' }],
        },
      ],
    });
  });
});
