import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Emitted, emittedEnvironment } from '../observability/own-metrics.ts';
import { bundledCode } from './bundled-code.ts';
import { declareCalls } from './declare-calls.ts';

export interface LeastPrivilegeFunctionProps {
  /** Path of the entry file, which exports `handler`. */
  readonly entry: string;
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly logRetention: RetentionDays;
  /**
   * Name of the function, where another account must know it.
   *
   * @default - a generated one
   */
  readonly functionName?: string;
  /**
   * Name of its role, where another account must know it.
   *
   * @default - a generated one
   */
  readonly roleName?: string;
  /**
   * Environment variables of its own.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Metrics that it emits with `emitter` (blocks/observability/emit-metrics.ts).
   *
   * @default - none of its own
   */
  readonly emits?: Emitted;
}

/** A function as every service's is: arm64, traced, bundled with its own SDK, allowed to write to its own log group only. */
export class LeastPrivilegeFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: LeastPrivilegeFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      roleName: props.roleName,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Resource', {
      functionName: props.functionName,
      description: props.description,
      code: bundledCode(props.entry),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      role: this.role,
      logGroup,
      environment: { ...props.environment, ...(props.emits && emittedEnvironment(props.emits)) },
    });
  }

  /**
   * States that its code calls `actions` on `resources`. It grants nothing.
   * @param context condition keys that the requests bring along
   */
  calls(actions: readonly string[], resources: readonly string[], context?: Readonly<Record<string, string>>): void {
    declareCalls(this.function, [{ actions, resources, ...(context && { context }) }]);
  }

  /** Lets the function use `actions` on `resources`, and on nothing else. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
