import { type LimitName, limits } from '@crosswind/aws/quotas';

const lessInTemplate = 'Split the stack: move some of its resources into another stack of the same stage.';
const fewerAccounts =
  'Move the account or tenant that is named into a platform of its own with its own pipeline, or drop what it no longer needs.';
const shorterPolicy = 'Name fewer resources: use a condition or a prefix in the place of a list of ARNs.';
const fewerMetrics = 'Show fewer metrics, or use a Metrics Insights query, whose size does not grow with accounts.';

const fixes: Partial<Readonly<Record<LimitName, string>>> = {
  // The template of the pipeline grows with accounts, and no resource can leave it.
  templateBytes: `${lessInTemplate} For the stack of the pipeline: ${fewerAccounts}`,
  templateResources: lessInTemplate,
  templateOutputs: lessInTemplate,
  templateParameters: lessInTemplate,
  templateMappings: lessInTemplate,
  stacks: fewerAccounts,
  pipelineStages: fewerAccounts,
  pipelineActions: fewerAccounts,
  stageActions: 'Add the stacks as a wave of CDK Pipelines, which splits it into stages of 50 actions.',
  inputArtifact: 'Leave files out of the assets of functions, above all their dependencies.',
  dashboardMetrics: fewerMetrics,
  widgetMetrics: fewerMetrics,
  dashboardWidgets: 'Split the dashboard into several.',
  widgetQueries: 'Show each query in a widget of its own.',
  inlinePolicies: `${shorterPolicy} The CDK moves what is too long into managed policies by itself (\`minimize\`).`,
  managedPolicy: shorterPolicy,
  trustPolicy: 'Trust the organization or an account root with a condition in the place of a list of principals.',
  bucketPolicy: shorterPolicy,
  keyPolicy: shorterPolicy,
  topicPolicy: shorterPolicy,
  queuePolicy: shorterPolicy,
  logPolicy: 'Name log groups by a prefix: `/aws/vendedlogs/` needs no entry for each.',
  logPolicies: 'Use log groups under `/aws/vendedlogs/`, and one resource policy for all.',
  definition: 'Split the state machine: start a second one from it.',
  functionEnvironment: 'Keep long settings in SSM or S3, and name the place in a variable.',
  sinks: 'Use the sink that the account has.',
  linksOfAccount: 'Use the link that the account has.',
};

/** Advice for a limit that is passed. */
export function fixOf(name: LimitName): string {
  const { what, isAdjustable } = limits[name];
  const fix = fixes[name] ?? (what.startsWith('name of') ? 'Choose a shorter name.' : 'Use less of it.');
  return isAdjustable ? `${fix} Or have AWS raise the quota in that account, and waive this finding.` : fix;
}
