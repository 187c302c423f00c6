import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type StateMachine, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LeastPrivilegeFunction } from '../../blocks/baseline/least-privilege-function.ts';
import { type WorkloadAddress, stateMachineName } from '../../blocks/workflow/address.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import type { Settings } from './contract.ts';

export interface BackWorkflowProps {
  readonly address: WorkloadAddress;
  readonly settings: Settings;
}

const functionTimeoutSeconds = 10;

/** Counts the words of its input `{"text": "to be or not to be"}` with one function. */
export class BackWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { address, settings }: BackWorkflowProps) {
    super(scope, id);
    const logRetention = RetentionDays.ONE_MONTH;
    // It calls no other service. If yours does: `countWords.allow(['s3:GetObject'], [bucket.arnForObjects('*')])`, and the
    // same with `countWords.calls`, which states what its code calls.
    const countWords = new LeastPrivilegeFunction(this, 'CountWords', {
      entry: `${import.meta.dirname}/functions/count-words.entry.ts`,
      description: 'Counts the words of a text',
      memoryMegabytes: 256,
      timeoutSeconds: functionTimeoutSeconds,
      logRetention,
    });
    const definition = LambdaInvoke.jsonata(this, 'Count words', {
      lambdaFunction: countWords.function,
      payload: TaskInput.fromObject({ text: '{% $states.input.text %}', topWords: settings.topWords }),
      outputs: '{% $states.result.Payload %}',
      // A little more than the function's own, so that its end is seen.
      taskTimeout: Timeout.duration(Duration.seconds(functionTimeoutSeconds + 5)),
    });
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(address, 'back'),
      definition,
      timeoutMinutes: 5,
      logRetention,
    }).stateMachine;
  }
}
