import cdk from 'aws-cdk-lib/core';
import lambda from 'aws-cdk-lib/aws-lambda';
import sfn from 'aws-cdk-lib/aws-stepfunctions';
import tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { expressions, memoryBombs } from './bombs.mjs';

/** Synthesizes an app whose state machines each do harm: `outdir`. */
const app = new cdk.App({ outdir: process.argv[2], context: { 'aws:cdk:enable-path-metadata': true } });
const stack = new cdk.Stack(app, 'Hostile', { env: { account: '111111111111', region: 'us-east-1' } });
for (const [index, body] of memoryBombs.entries()) {
  const fn = new lambda.Function(stack, `Function${index}`, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    memorySize: 512,
    timeout: cdk.Duration.minutes(1),
    code: lambda.Code.fromInline(`exports.handler = async () => { ${body} };`),
  });
  const invoke = new tasks.LambdaInvoke(stack, `Invoke${index}`, {
    lambdaFunction: fn,
    retryOnServiceExceptions: false,
  });
  machine(`memory-${index}`, invoke);
}
for (const [index, expression] of expressions.entries()) {
  machine(`expression-${index}`, sfn.Pass.jsonata(stack, `Evaluate${index}`, { outputs: `{% ${expression} %}` }));
}
app.synth();

function machine(name, state) {
  new sfn.StateMachine(stack, `Machine-${name}`, {
    stateMachineName: name,
    definitionBody: sfn.DefinitionBody.fromChainable(state),
  });
}
