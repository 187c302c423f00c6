import { describe, expect, test } from 'vitest';
import { CallMeter } from '../../src/cloudwatch/call-meter.ts';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';

const machine = {
  account: '444444444444',
  region: 'us-gov-west-1',
  arn: 'arn:aws-us-gov:states:us-gov-west-1:444444444444:stateMachine:tried',
};
const functionArn = 'arn:aws-us-gov:lambda:us-gov-west-1:444444444444:function:called';
const activityArn = 'arn:aws-us-gov:states:us-gov-west-1:444444444444:activity:called';
const integration = 'arn:aws-us-gov:states:us-gov-west-1:444444444444:states:startExecution.sync:2';

/** Events as `id previous type`, a second apart. */
const eventsOf = (...lines: readonly string[]): readonly HistoryEvent[] =>
  lines.map((line, index): HistoryEvent => {
    const [id, previous, type = ''] = line.split(' ');
    const event = { id: Number(id), previousEventId: Number(previous), timestamp: index * 1_000, type };
    if (type === 'TaskScheduled') {
      return { ...event, taskScheduledEventDetails: { resourceType: 'states', resource: 'startExecution.sync:2' } };
    }
    if (type === 'ActivityScheduled') return { ...event, activityScheduledEventDetails: { resource: activityArn } };
    return type === 'LambdaFunctionScheduled'
      ? { ...event, lambdaFunctionScheduledEventDetails: { resource: functionArn } }
      : event;
  });

function metered(...lines: readonly string[]): readonly string[] {
  const values: string[] = [];
  const meter = new CallMeter(machine, ({ name }, dimensions, value, at) => {
    expect([
      ['ServiceIntegrationResourceArn', integration],
      ['LambdaFunctionArn', functionArn],
      ['ActivityArn', activityArn],
    ]).toContainEqual(Object.entries(dimensions)[0]);
    values.push(`${at / 1_000} ${name} ${value}`);
  });
  for (const event of eventsOf(...lines)) meter.observe(event);
  return values;
}

const inState = ['1 0 ExecutionStarted', '2 0 TaskStateEntered'] as const;

describe('the calls of an execution', () => {
  test('are followed from one event to the next, submitted ones too', () => {
    const events = [
      '3 2 TaskScheduled',
      '4 3 TaskStarted',
      '5 4 TaskSubmitted',
      '6 5 TaskSucceeded',
      '7 6 TaskStateExited',
    ];
    expect(metered(...inState, ...events)).toEqual([
      '2 ServiceIntegrationsScheduled 1',
      '3 ServiceIntegrationsStarted 1',
      '3 ServiceIntegrationScheduleTime 1000',
      '5 ServiceIntegrationsSucceeded 1',
      '5 ServiceIntegrationTime 3000',
      '5 ServiceIntegrationRunTime 2000',
    ]);
  });

  test.each([
    ['TaskFailed', 'ServiceIntegrationsFailed'],
    ['TaskTimedOut', 'ServiceIntegrationsTimedOut'],
    ['TaskSubmitFailed', 'ServiceIntegrationsFailed'],
  ])('that end with %s count as %s', (type, name) => {
    const values = metered(...inState, '3 2 TaskScheduled', '4 3 TaskStarted', `5 4 ${type}`);
    expect(values.slice(3)).toEqual([
      `4 ${name} 1`,
      '4 ServiceIntegrationTime 2000',
      '4 ServiceIntegrationRunTime 1000',
    ]);
  });

  test('that never start have no run time', () => {
    expect(metered(...inState, '3 2 TaskScheduled', '4 3 TaskStartFailed')).toEqual([
      '2 ServiceIntegrationsScheduled 1',
      '3 ServiceIntegrationsFailed 1',
      '3 ServiceIntegrationTime 1000',
    ]);
  });

  test('side by side do not mix', () => {
    const values = metered(
      '3 2 TaskScheduled',
      '4 2 TaskScheduled',
      '5 4 TaskStarted',
      '6 3 TaskStarted',
      '7 5 TaskSucceeded',
      '8 6 TaskFailed',
    );
    expect(values.filter((value) => value.includes('IntegrationTime'))).toEqual([
      '4 ServiceIntegrationTime 3000',
      '5 ServiceIntegrationTime 5000',
    ]);
  });

  test('of a worker are counted as those of its activity', () => {
    const events = ['3 2 ActivityScheduled', '4 3 ActivityStarted', '5 4 ActivitySucceeded'];
    expect(metered(...inState, ...events)).toEqual([
      '2 ActivitiesScheduled 1',
      '3 ActivitiesStarted 1',
      '3 ActivityScheduleTime 1000',
      '4 ActivitiesSucceeded 1',
      '4 ActivityTime 2000',
      '4 ActivityRunTime 1000',
    ]);
  });

  test('of functions by their ARN have metrics of their own', () => {
    const events = ['3 2 LambdaFunctionScheduled', '4 3 LambdaFunctionStarted', '5 4 LambdaFunctionTimedOut'];
    expect(metered(...inState, ...events)).toEqual([
      '2 LambdaFunctionsScheduled 1',
      '3 LambdaFunctionsStarted 1',
      '3 LambdaFunctionScheduleTime 1000',
      '4 LambdaFunctionsTimedOut 1',
      '4 LambdaFunctionTime 2000',
      '4 LambdaFunctionRunTime 1000',
    ]);
  });
});
