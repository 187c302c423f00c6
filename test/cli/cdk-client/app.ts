import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';

/** An app of somebody else, in two stacks. The context `key` replaces its table, `seconds` changes its queue in place. */
const app = new App({ postCliContext: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const env = { account, region };
const context = (name: string, otherwise: string): string => String(app.node.tryGetContext(name) ?? otherwise);

const data = new Stack(app, 'Data', { env });
const table = new Table(data, 'Winds', {
  partitionKey: { name: context('key', 'id'), type: AttributeType.STRING },
  removalPolicy: RemovalPolicy.DESTROY,
});
const queue = new Queue(data, 'Letters', { visibilityTimeout: Duration.seconds(Number(context('seconds', '30'))) });
new StringParameter(data, 'Unit', { parameterName: '/letters/unit', stringValue: 'knots' });

const work = new Stack(app, 'Work', { env });
const greet = new Function(work, 'Greet', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromAsset(new URL('greet', import.meta.url).pathname),
  environment: { TABLE: table.tableName },
});
queue.grantSendMessages(greet);
const call = new LambdaInvoke(work, 'Call', { lambdaFunction: greet, payloadResponseOnly: true });
const machine = new StateMachine(work, 'Machine', { definitionBody: DefinitionBody.fromChainable(call) });
new CfnOutput(work, 'MachineArn', { value: machine.stateMachineArn });
