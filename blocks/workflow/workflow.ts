import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, type IChainable, LogLevel, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface WorkflowProps {
  readonly definition: IChainable;
  /** An execution that runs longer than this is ended as TIMED_OUT. */
  readonly timeoutMinutes: number;
  readonly logRetention: RetentionDays;
  /**
   * Description of the workflow, the `Comment` of its definition.
   *
   * @default - none
   */
  readonly comment?: string;
  /**
   * Name of the state machine, where another account must know it.
   *
   * @default - the names of its stack and of its construct
   */
  readonly stateMachineName?: string;
  /**
   * Role that the state machine runs as, where another account must know it.
   *
   * @default - a role of its own with a generated name
   */
  readonly role?: IRole;
}

/**
 * A state machine as every tenant's is: JSONata, traced, and with every event logged.
 *
 * Level ALL, because a task that hangs logs nothing at ERROR (TaskSubmitted is written at ALL only, cw-logs); without
 * execution data, because inputs may be confidential and cost more than the run.
 */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const stateMachineName = props.stateMachineName ?? this.derivedName();
    this.stateMachine = new StateMachine(this, 'Resource', {
      stateMachineName,
      role: props.role,
      definitionBody: DefinitionBody.fromChainable(props.definition),
      queryLanguage: QueryLanguage.JSONATA,
      comment: props.comment,
      timeout: Duration.minutes(props.timeoutMinutes),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // Every other group takes a part of the one resource policy of 5,120 characters with which CloudWatch Logs admits
          // deliveries, and about 40 fill it (cw-logs). It goes with its stack: a kept one would take the name.
          logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
          retention: props.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
  }

  /**
   * Named after stack and construct: CloudFormation leaves the stack's name out of those that it generates for state
   * machines, and the execution policy knows the platform's resources by the beginning of their names.
   */
  private derivedName(): string {
    const { stackName, node } = Stack.of(this);
    const construct = this.node.path.slice(node.path.length + 1).replace(/[^A-Za-z0-9]+/g, '-');
    return `${stackName}-${construct}`.slice(0, maxNameLength);
  }
}

/** Characters of a state machine's name (API_CreateStateMachine). */
const maxNameLength = 80;
