import { App, Stack } from 'aws-cdk-lib/core';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, IntegrationPattern, StateMachine, TaskInput, TaskRole } from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoAttributeValue,
  DynamoPutItem,
  LambdaInvoke,
  StepFunctionsStartExecution,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';

export const frontAccount = '111111111111';
export const backAccount = '222222222222';
const region = 'eu-west-1';

/** A role that no stack of the app holds. */
export const existingRoleArn = `arn:aws:iam::${backAccount}:role/existing`;

/** ARN of a state machine of the app. */
export const machineArn = (account: string, name: string): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${name}`;

/**
 * Synthesizes an app that knows nothing of this platform: a state machine that starts one in another account, a function
 * whose code is in the template, a table, a state machine that writes to it, a policy of a role that exists already, and a
 * stack without account and region.
 */
export function synthesizeForeignApp(outdir: string): void {
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
  backStack(app);
  const front = new Stack(app, 'Front', { env: { account: frontAccount, region } });
  const role = Role.fromRoleArn(front, 'Target', `arn:aws:iam::${backAccount}:role/greeter-target`);
  const start = new StepFunctionsStartExecution(front, 'Start', {
    stateMachine: StateMachine.fromStateMachineArn(front, 'Greeter', machineArn(backAccount, 'greeter')),
    integrationPattern: IntegrationPattern.RUN_JOB,
    input: TaskInput.fromJsonPathAt('$'),
    credentials: { role: TaskRole.fromRole(role) },
  });
  new StateMachine(front, 'Machine', {
    stateMachineName: 'front',
    definitionBody: DefinitionBody.fromChainable(start),
  });
  new Table(new Stack(app, 'Anywhere'), 'Elsewhere', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  app.synth();
}

function backStack(app: App): void {
  const stack = new Stack(app, 'Back', { env: { account: backAccount, region } });
  const table = new Table(stack, 'Greetings', {
    tableName: 'greetings',
    partitionKey: { name: 'id', type: AttributeType.STRING },
  });
  const greet = new LambdaFunction(stack, 'Greet', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline("exports.handler = async ({ name }) => ({ greeting: 'hello ' + name });"),
  });
  const python = new LambdaFunction(stack, 'Python', {
    runtime: Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: Code.fromInline('def handler(event, context): return 1'),
  });
  const machine = (name: string, state: LambdaInvoke | DynamoPutItem): StateMachine =>
    new StateMachine(stack, name, { stateMachineName: name, definitionBody: DefinitionBody.fromChainable(state) });
  const greeter = machine(
    'greeter',
    new LambdaInvoke(stack, 'Call', { lambdaFunction: greet, outputPath: '$.Payload' }),
  );
  machine('snake', new LambdaInvoke(stack, 'Call Python', { lambdaFunction: python }));
  machine('storing', new DynamoPutItem(stack, 'Put', { table, item: { id: DynamoAttributeValue.fromString('1') } }));
  const target = new Role(stack, 'Target', {
    roleName: 'greeter-target',
    assumedBy: new AccountPrincipal(frontAccount),
  });
  greeter.grantStartExecution(target);
  greeter.grantExecution(target, 'states:DescribeExecution', 'states:StopExecution');
  table.grantReadData(Role.fromRoleArn(stack, 'Existing', existingRoleArn));
  target.addToPolicy(new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [table.tableArn] }));
}
