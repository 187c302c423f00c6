/**
 * Actions of the optimized integrations, by service (integrate-optimized and its pages, November 2026). All else that a
 * service does is called as `aws-sdk:…`.
 */
const ACTIONS: Readonly<Record<string, string>> = {
  apigateway: 'invoke',
  athena: 'startQueryExecution stopQueryExecution getQueryExecution getQueryResults',
  batch: 'submitJob',
  bedrock: 'invokeModel createModelCustomizationJob',
  codebuild:
    'startBuild stopBuild retryBuild batchDeleteBuilds batchGetReports startBuildBatch stopBuildBatch retryBuildBatch ' +
    'deleteBuildBatch',
  databrew: 'startJobRun',
  dynamodb: 'getItem putItem updateItem deleteItem',
  ecs: 'runTask',
  eks: 'call runJob createCluster deleteCluster createFargateProfile deleteFargateProfile createNodegroup deleteNodegroup',
  elasticmapreduce:
    'createCluster terminateCluster setClusterTerminationProtection addStep cancelStep modifyInstanceFleetByName ' +
    'modifyInstanceGroupByName',
  'emr-containers': 'createVirtualCluster deleteVirtualCluster startJobRun',
  'emr-serverless': 'createApplication deleteApplication startApplication stopApplication startJobRun cancelJobRun',
  events: 'putEvents',
  glue: 'startJobRun',
  http: 'invoke',
  lambda: 'invoke',
  mediaconvert: 'createJob',
  sagemaker:
    'createEndpoint updateEndpoint createEndpointConfig createModel createHyperParameterTuningJob createLabelingJob ' +
    'createProcessingJob createTrainingJob createTransformJob',
  sns: 'publish',
  sqs: 'sendMessage',
  states: 'startExecution',
};

/** True if a resource names an optimized integration that AWS does not have; it refuses the machine. */
export function isNoIntegration(resource: string): boolean {
  const [, service = '', action = ''] = /^arn:[^:]+:states:::([^:]+):(\w+)/.exec(resource) ?? [];
  if (service === '' || service === 'aws-sdk') return false;
  return !Object.hasOwn(ACTIONS, service) || !(ACTIONS[service] ?? '').split(' ').includes(action);
}
