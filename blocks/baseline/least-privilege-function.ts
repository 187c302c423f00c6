import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface LeastPrivilegeFunctionProps {
  /** Path of the entry file, which exports `handler`. */
  readonly entry: string;
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly logRetention: RetentionDays;
  /**
   * Environment variables of its own.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A function as every service's is: arm64, traced, bundled with its own SDK, allowed to write to its own log group only. */
export class LeastPrivilegeFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: LeastPrivilegeFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.function = new NodejsFunction(this, 'Resource', {
      description: props.description,
      entry: props.entry,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      role: this.role,
      logGroup,
      environment: props.environment,
      // The SDK is bundled, so that the version under test is the version deployed; Node 20 is what the sandbox may run.
      bundling: {
        logLevel: LogLevel.WARNING,
        format: OutputFormat.ESM,
        target: 'node20',
        minify: true,
        bundleAwsSDK: true,
        banner: commonJsInEsm,
      },
    });
  }

  /** Lets the function use `actions` on `resources`, and on nothing else. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}

/** Some CommonJS packages inside the bundle call `require`, which an ES module does not have. */
const commonJsInEsm = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
