/** Operations of targets that the sandbox calls, by service and action as a universal target names them. */
const simulated = ['sfn:startExecution', 'lambda:invoke', 'sqs:sendMessage'] as const;

/** Operation that a target calls. */
export type TargetOperation = (typeof simulated)[number];

export type TargetKind =
  | { readonly kind: 'simulated'; readonly operation: TargetOperation; readonly isTemplated: boolean }
  /** AWS calls it, the sandbox does not. */
  | { readonly kind: 'only on AWS'; readonly why: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Operations of templated targets, by the service in the ARN (User Guide, "Using templated targets"). */
const templated: Readonly<Record<string, string>> = {
  codebuild: 'codebuild:startBuild',
  codepipeline: 'codepipeline:startPipelineExecution',
  ecs: 'ecs:runTask',
  events: 'eventbridge:putEvents',
  firehose: 'firehose:putRecord',
  inspector: 'inspector:startAssessmentRun',
  kinesis: 'kinesis:putRecord',
  lambda: 'lambda:invoke',
  sagemaker: 'sagemaker:startPipelineExecution',
  sns: 'sns:publish',
  sqs: 'sqs:sendMessage',
  states: 'sfn:startExecution',
};

/** Operations that only read, which no universal target may call (User Guide, "Using universal targets"). */
const readOnly =
  /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/;

/** Kind of the target with an ARN. */
export function targetKind(arn: string): TargetKind {
  const [, , service = ''] = arn.split(':');
  const [, ofSdk, action = ''] = /^arn:[^:]+:scheduler:::aws-sdk:(\w+):(\w+)$/.exec(arn) ?? [];
  if (ofSdk !== undefined) return operationKind(`${ofSdk}:${action}`, action, false);
  const operation = templated[service];
  if (operation !== undefined) return operationKind(operation, '', true);
  return { kind: 'refused', message: `Invalid request provided: ${service} is not a supported service for a target.` };
}

function operationKind(name: string, action: string, isTemplated: boolean): TargetKind {
  if (readOnly.test(action)) return { kind: 'refused', message: `Invalid request provided: ${name} only reads.` };
  const operation = simulated.find((each) => each === name);
  if (operation !== undefined) return { kind: 'simulated', operation, isTemplated };
  return { kind: 'only on AWS', why: `the sandbox starts ${simulated.join(', ')} by a schedule, not ${name}` };
}
