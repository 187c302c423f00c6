import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { Workflow, type WorkflowProps } from '../../../blocks/workflow/workflow.ts';
import { stackWith } from '../../synthesized.ts';

function workflow(props: (stack: Stack) => Partial<WorkflowProps> = () => ({})) {
  return stackWith((stack) => {
    const definition = Pass.jsonata(stack, 'Pass');
    const logRetention = RetentionDays.ONE_MONTH;
    new Workflow(stack, 'Workflow', { definition, timeoutMinutes: 5, logRetention, ...props(stack) });
  });
}

const machine = (template: Template, properties: object): void => {
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', properties);
};

describe('a workflow', () => {
  test('logs every event, without the data of the execution', () => {
    machine(workflow().template, {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: Match.anyValue() },
    });
  });

  test('is traced', () => {
    machine(workflow().template, { TracingConfiguration: { Enabled: true } });
  });

  test('ends after its timeout and speaks JSONata', () => {
    const [parsed] = stateMachinesOf(workflow().stack);
    expect(parsed?.definition).toMatchObject({ TimeoutSeconds: 300, QueryLanguage: 'JSONata' });
    const [longer] = stateMachinesOf(workflow(() => ({ timeoutMinutes: 7 })).stack);
    expect(longer?.definition['TimeoutSeconds']).toBe(420);
  });

  test('has the comment that it is given, and none without one', () => {
    const commentOf = (props: Partial<WorkflowProps>) =>
      stateMachinesOf(workflow(() => props).stack)[0]?.definition['Comment'];
    expect(commentOf({ comment: 'Counts words.' })).toBe('Counts words.');
    expect(commentOf({})).toBeUndefined();
  });

  test('keeps its logs as long as it is told', () => {
    workflow().template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    workflow(() => ({ logRetention: RetentionDays.ONE_WEEK })).template.hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 7,
    });
  });

  test('has a log group that is deleted with its stack, so that its name is free when the stack is created again', () => {
    workflow().template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
  });

  test.each([
    ['as the state machine is', { stateMachineName: 'crosswind-tried-child' }, 'crosswind-tried-child'],
    ['after its stack and construct, where the machine is', {}, 'Alone-Workflow'],
  ])('has a log group for vended logs that is called %s', (_, props, name) => {
    workflow(() => props).template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/vendedlogs/states/${name}`,
    });
  });

  test('does not share its log group with another one of its stack, however their constructs are nested', () => {
    const { template } = stackWith((stack) => {
      const outer = new Construct(stack, 'Import');
      for (const scope of [outer, new Construct(stack, 'Export'), new Construct(outer, 'Import')]) {
        const definition = Pass.jsonata(scope, 'Pass');
        new Workflow(scope, 'Workflow', { definition, timeoutMinutes: 5, logRetention: RetentionDays.ONE_MONTH });
      }
    });
    const names = Object.values(template.findResources('AWS::Logs::LogGroup')).map(
      ({ Properties }) => (Properties as { readonly LogGroupName: string }).LogGroupName,
    );
    const prefix = '/aws/vendedlogs/states/Alone-';
    expect(names.sort()).toEqual(
      ['Export-Workflow', 'Import-Import-Workflow', 'Import-Workflow'].map((name) => `${prefix}${name}`),
    );
  });

  test('is called after its stack and construct, unless another account must know its name', () => {
    machine(workflow().template, { StateMachineName: 'Alone-Workflow' });
    machine(workflow(() => ({ stateMachineName: 'known' })).template, { StateMachineName: 'known' });
  });

  test('runs as a role of its own, unless another account must know it', () => {
    workflow().template.resourceCountIs('AWS::IAM::Role', 1);
    const given = workflow((stack) => ({
      role: new Role(stack, 'Role', { roleName: 'known', assumedBy: new ServicePrincipal('states.amazonaws.com') }),
    }));
    given.template.resourceCountIs('AWS::IAM::Role', 1);
    given.template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'known' });
  });
});
