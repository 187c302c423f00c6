/** An optimized integration: its actions, those of them that run a job (`.sync`), and whether it waits for a token. */
interface Optimized {
  readonly actions: string;
  /** `all`, or the names. */
  readonly jobs?: string;
  readonly token?: true;
}

/**
 * Optimized integrations by service, from the table of patterns on integrate-optimized and the pages of the services
 * (connect-…, November 2026). That a service lacks a pattern, and that `.sync:2` is for `states:startExecution` alone,
 * was measured, too (badmintoncryer/cdk-preflight, pf-sfn-asl-resource-arn, 2026-09-05). `retryBuild`, `http` and the
 * token of `eks` are accepted, as the pages do not agree. All else is called as `aws-sdk:…`.
 */
const SERVICES: Readonly<Record<string, Optimized>> = {
  apigateway: { actions: 'invoke', token: true },
  athena: {
    actions: 'startQueryExecution stopQueryExecution getQueryExecution getQueryResults',
    jobs: 'startQueryExecution',
  },
  batch: { actions: 'submitJob', jobs: 'all' },
  bedrock: { actions: 'invokeModel createModelCustomizationJob', jobs: 'createModelCustomizationJob', token: true },
  bedrockagentcore: { actions: 'invokeHarness' },
  codebuild: {
    actions:
      'startBuild stopBuild retryBuild batchDeleteBuilds batchGetReports startBuildBatch stopBuildBatch ' +
      'retryBuildBatch deleteBuildBatch',
    jobs: 'startBuild retryBuild startBuildBatch retryBuildBatch',
  },
  databrew: { actions: 'startJobRun', jobs: 'all' },
  dynamodb: { actions: 'getItem putItem updateItem deleteItem' },
  ecs: { actions: 'runTask', jobs: 'all', token: true },
  eks: {
    actions:
      'call runJob createCluster deleteCluster createFargateProfile deleteFargateProfile createNodegroup deleteNodegroup',
    jobs: 'all',
    token: true,
  },
  elasticmapreduce: {
    actions:
      'createCluster terminateCluster setClusterTerminationProtection addStep cancelStep modifyInstanceFleetByName ' +
      'modifyInstanceGroupByName',
    jobs: 'createCluster terminateCluster addStep',
  },
  'emr-containers': {
    actions: 'createVirtualCluster deleteVirtualCluster startJobRun',
    jobs: 'deleteVirtualCluster startJobRun',
  },
  'emr-serverless': {
    actions: 'createApplication deleteApplication startApplication stopApplication startJobRun cancelJobRun',
    jobs: 'all',
  },
  events: { actions: 'putEvents', token: true },
  glue: { actions: 'startJobRun', jobs: 'all' },
  http: { actions: 'invoke', token: true },
  lambda: { actions: 'invoke', token: true },
  mediaconvert: { actions: 'createJob', jobs: 'all' },
  sagemaker: {
    actions:
      'createEndpoint updateEndpoint createEndpointConfig createModel createHyperParameterTuningJob createLabelingJob ' +
      'createProcessingJob createTrainingJob createTransformJob',
    jobs: 'createHyperParameterTuningJob createLabelingJob createProcessingJob createTrainingJob createTransformJob',
  },
  sns: { actions: 'publish', token: true },
  sqs: { actions: 'sendMessage', token: true },
  states: { actions: 'startExecution', jobs: 'all', token: true },
};

/** Problem of an action of an optimized integration, or of the suffix behind it; undefined if AWS has both. */
export function optimizedProblem(service: string, action: string, suffix: string): string | undefined {
  const { actions, jobs, token } = Object.hasOwn(SERVICES, service) ? (SERVICES[service] ?? NONE) : NONE;
  const known = actions.split(' ');
  if (!known.includes(action)) {
    const sdk = 'other actions of a service are called as arn:aws:states:::aws-sdk:<service>:<action>';
    return actions === '' ? sdk : `${service} has ${known.join(', ')}; ${sdk}`;
  }
  const job = jobs === 'all' || jobs?.split(' ').includes(action);
  const suffixes = [
    ...(job ? ['.sync'] : []),
    ...(job && service === 'states' ? ['.sync:2'] : []),
    ...(token ? ['.waitForTaskToken'] : []),
  ];
  if (suffix === '' || suffixes.includes(suffix)) return undefined;
  return `${service}:${action} takes ${suffixes.length === 0 ? 'no suffix' : `no suffix, or ${suffixes.join(' or ')}`}`;
}

const NONE: Optimized = { actions: '' };
