import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DistributedMap,
  Fail,
  type IChainable,
  Map,
  Parallel,
  Pass,
  ProvideItems,
  type StateMachine,
  StateMachineType,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type WorkloadAddress, stateMachineName } from '../../blocks/workflow/address.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import { mostDollarsText } from './drill-costs.ts';
import { type Drill, amounts, invalidCause, isComplete, loops } from './drill-input.ts';

export interface ChildWorkflowProps {
  readonly address: WorkloadAddress;
  readonly timeoutMinutes: number;
  readonly logRetention: RetentionDays;
}

const numbersTo = (amount: 'mapRuns' | 'workers'): ProvideItems =>
  ProvideItems.jsonata(`{% [1..$states.input.${amount}] %}`);

const nothing = { outputs: {} };

/** Plays the drill that its input names, and ends by itself. */
export class ChildWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { address, timeoutMinutes, logRetention }: ChildWorkflowProps) {
    super(scope, id);
    const over = Succeed.jsonata(this, 'Drill is over', {
      outputs: { drill: '{% $states.context.Execution.Input.drill %}' },
    });
    const isDrill = (drill: Drill): Condition => Condition.jsonata(`{% $states.input.drill = '${drill}' %}`);
    const chosen = Choice.jsonata(this, 'Which drill?')
      .when(isDrill('open-map-runs'), this.openMapRuns().next(over))
      .when(isDrill('transition-throttling'), this.workers().next(over))
      .otherwise(this.wait('Work').next(over));
    const rejected = Fail.jsonata(this, 'Input is not valid', { error: 'InvalidInput', cause: invalidCause });
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(address, 'child'),
      comment: `Plays the drill that its input names. ${mostDollarsText}`,
      definition: Choice.jsonata(this, 'Is the input valid?')
        .when(Condition.jsonata(isComplete), chosen)
        .otherwise(rejected),
      timeoutMinutes,
      logRetention,
    }).stateMachine;
  }

  /** Map Runs side by side. Each has one Standard child, which waits: two state transitions hold it open. */
  private openMapRuns(): Map {
    const held = DistributedMap.jsonata(this, 'Hold a Map Run open', {
      label: 'hold',
      mapExecutionType: StateMachineType.STANDARD,
      items: ProvideItems.jsonArray([1]),
      itemSelector: { seconds: '{% $states.input.seconds %}' },
      ...nothing,
    }).itemProcessor(this.wait('Wait'));
    return Map.jsonata(this, 'Open Map Runs', {
      items: numbersTo('mapRuns'),
      itemSelector: { seconds: '{% $states.input.seconds %}' },
      maxConcurrency: amounts.mapRuns.most,
      ...nothing,
    }).itemProcessor(held);
  }

  /** Standard executions side by side, each with loops in parallel and a history of its own. */
  private workers(): DistributedMap {
    const parallel = Parallel.jsonata(this, 'Loop in parallel', nothing);
    for (let number = 1; number <= loops; number += 1) parallel.branch(this.loop(number));
    return DistributedMap.jsonata(this, 'Start workers', {
      label: 'loop',
      mapExecutionType: StateMachineType.STANDARD,
      items: numbersTo('workers'),
      itemSelector: { left: '{% $states.input.countdown %}' },
      ...nothing,
    }).itemProcessor(parallel);
  }

  /** Counts down to 0, with nothing in between that takes time. */
  private loop(number: number): IChainable {
    const isOver = Choice.jsonata(this, `Is loop ${number} over?`);
    const down = Pass.jsonata(this, `Count down in loop ${number}`, {
      outputs: { left: '{% $states.input.left - 1 %}' },
    });
    return isOver
      .when(Condition.jsonata('{% $states.input.left > 0 %}'), down.next(isOver))
      .otherwise(Succeed.jsonata(this, `Loop ${number} is over`, nothing));
  }

  private wait(id: string): Wait {
    return Wait.jsonata(this, id, { time: WaitTime.seconds('{% $states.input.seconds %}') });
  }
}
