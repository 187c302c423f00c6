/** IAM prefixes of CloudFormation's services where they differ from its own name in lower case (AWS: "Service Authorization Reference"). */
const prefixes: Readonly<Record<string, string>> = {
  ApplicationAutoScaling: 'application-autoscaling',
  CertificateManager: 'acm',
  CodeStarConnections: 'codestar-connections',
  Cognito: 'cognito-idp',
  EFS: 'elasticfilesystem',
  ElasticLoadBalancingV2: 'elasticloadbalancing',
  EMRServerless: 'emr-serverless',
  KinesisFirehose: 'firehose',
  MSK: 'kafka',
  OpenSearchService: 'es',
  S3Express: 's3express',
  SSMIncidents: 'ssm-incidents',
  StepFunctions: 'states',
};

/** Actions outside of its own service that creating a resource needs. */
const beside: Readonly<Record<string, readonly string[]>> = {
  // CloudWatch User Guide, "CloudWatch cross-account observability": permissions needed to create links.
  'AWS::Oam::Link': ['cloudwatch:Link', 'logs:Link', 'xray:Link', 'applicationinsights:Link'],
  // Developer Tools console guide, "Permissions for connections": naming a connection requires permission to pass it.
  'AWS::CodePipeline::Pipeline': [
    'codeconnections:PassConnection',
    'codeconnections:UseConnection',
    'codestar-connections:PassConnection',
    'codestar-connections:UseConnection',
  ],
};

/** Types that create nothing. */
const nothing: readonly string[] = ['AWS::CDK::Metadata'];

/** The actions that CloudFormation needs for resources of a type: all of its service, because AWS publishes no finer list. */
export function deploymentActions(type: string): readonly string[] {
  if (nothing.includes(type)) return [];
  // A custom resource is a function that CloudFormation invokes.
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return ['lambda:InvokeFunction'];
  const service = type.split('::')[1] ?? '';
  return [`${prefixes[service] ?? service.toLowerCase()}:*`, ...(beside[type] ?? [])];
}
