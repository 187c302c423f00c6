import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineContract } from '../../blocks/contract.ts';
import { defineWorkload, workloadNamed } from '../../blocks/workload.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import { stackWith } from '../synthesized.ts';

const contract = defineContract({
  settings: z.strictObject({ minutes: z.int().default(5) }),
  stages: [{ name: 'only', description: 'Runs it.' }],
  entry: 'only',
});
const workload = defineWorkload(contract, {
  stages: {
    only: (scope, { settings }) =>
      new Workflow(scope, 'Anything', {
        definition: new Pass(scope, 'Nothing'),
        timeoutMinutes: settings.minutes,
        logRetention: RetentionDays.ONE_WEEK,
      }).stateMachine,
  },
});
const address = { tenant: 'one', region: 'us-east-1', accounts: { only: '444444444444' } };
const given = { address, wave: 'dev', organizationId: 'o-exampleorg1' };

describe('a workload', () => {
  test.each([
    [{}, 300],
    [{ minutes: 7 }, 420],
  ])('is built with the settings %j as its contract reads them', (settings, seconds) => {
    const { template } = stackWith((stack) => {
      workload.build('only', stack, { ...given, settings });
    });
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    expect(JSON.stringify(machine)).toContain(`\\"TimeoutSeconds\\":${seconds}`);
  });

  test('is not built with settings that its contract refuses, whoever hands them in', () => {
    expect(() =>
      stackWith((stack) => {
        workload.build('only', stack, { ...given, settings: { minutes: 'five' } });
      }),
    ).toThrow('expected number');
  });

  test('has no graphs of its own unless it defines some, with its settings as the contract reads them', () => {
    expect(workload.graphs({ ...given, settings: {} })).toEqual([]);
    const drawing = defineWorkload(contract, {
      stages: {
        only: () => {
          throw new Error('expected no stage to be built');
        },
      },
      graphs: ({ wave, settings }) => [{ title: `${wave} ${settings.minutes}`, metrics: [] }],
    });
    expect(drawing.graphs({ ...given, settings: {} })).toEqual([{ title: 'dev 5', metrics: [] }]);
  });

  test('has no other stage than those of its contract', () => {
    expect(() =>
      stackWith((stack) => {
        workload.build('other', stack, { ...given, settings: {} });
      }),
    ).toThrow('the workload has no stage "other"');
  });

  test('must be built in full: a missing stage does not compile', () => {
    // @ts-expect-error the stage `only` is missing
    expect(defineWorkload(contract, { stages: {} })).toBeDefined();
  });

  test('has no signals unless it says so', () => {
    stackWith((stack) => {
      expect(workload.signals(stack, { address, wave: 'dev', settings: {} })).toEqual([]);
      workload.build('only', stack, { ...given, settings: {} });
    });
  });

  test('is found by its name, among those that were loaded', () => {
    expect(workloadNamed(new Map([['one', workload]]), 'one')).toBe(workload);
    expect(() => workloadNamed(new Map(), 'one')).toThrow('the workload "one" was not loaded');
  });
});
