import type { Json, JsonObject } from '@crosswind/aws/json';
import { isObject } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';

const template = ['TemplateBody', 'TemplateURL'];
const change = ['Capabilities', 'DisableValidation', 'Parameters', 'RoleARN', 'StackName', 'Tags', ...template];

/** Parameters that operations honor. Any other one that asks for something is refused by its name. */
const honored: Readonly<Record<string, readonly string[]>> = {
  ContinueUpdateRollback: ['ClientRequestToken', 'ResourcesToSkip', 'RoleARN', 'StackName'],
  CreateChangeSet: [
    ...change,
    'ChangeSetName',
    'ChangeSetType',
    'ClientToken',
    'Description',
    'OnStackFailure',
    'UsePreviousTemplate',
  ],
  CreateStack: [
    ...change,
    'ClientRequestToken',
    'DisableRollback',
    'EnableTerminationProtection',
    'OnFailure',
    'RetainExceptOnCreate',
  ],
  DeleteChangeSet: ['ChangeSetName', 'StackName'],
  DeleteStack: ['ClientRequestToken', 'RetainResources', 'RoleARN', 'StackName'],
  DescribeChangeSet: ['ChangeSetName', 'IncludePropertyValues', 'StackName'],
  DescribeEvents: ['ChangeSetName', 'Filters', 'NextToken', 'OperationId', 'StackName'],
  DescribeStackDriftDetectionStatus: ['StackDriftDetectionId'],
  DescribeStackEvents: ['NextToken', 'StackName'],
  DescribeStackResource: ['LogicalResourceId', 'StackName'],
  DescribeStackResourceDrifts: ['StackName', 'StackResourceDriftStatusFilters'],
  DescribeStackResources: ['LogicalResourceId', 'StackName'],
  DescribeStacks: ['NextToken', 'StackName'],
  DetectStackDrift: ['LogicalResourceIds', 'StackName'],
  DetectStackResourceDrift: ['LogicalResourceId', 'StackName'],
  ExecuteChangeSet: ['ChangeSetName', 'ClientRequestToken', 'DisableRollback', 'RetainExceptOnCreate', 'StackName'],
  // Original and processed template are the same without transforms.
  GetTemplate: ['ChangeSetName', 'StackName', 'TemplateStage'],
  GetTemplateSummary: ['StackName', ...template],
  ListChangeSets: ['StackName'],
  ListExports: ['NextToken'],
  ListImports: ['ExportName'],
  ListStackResources: ['NextToken', 'StackName'],
  ListStacks: ['NextToken', 'StackStatusFilter'],
  RollbackStack: ['ClientRequestToken', 'RetainExceptOnCreate', 'RoleARN', 'StackName'],
  UpdateStack: [...change, 'ClientRequestToken', 'DisableRollback', 'RetainExceptOnCreate', 'UsePreviousTemplate'],
  UpdateTerminationProtection: ['EnableTerminationProtection', 'StackName'],
  ValidateTemplate: template,
};

/**
 * Parameters of change sets that `cdk deploy` and `cdk diff` send, whatever the app is: nested stacks exist without their
 * resources, and a resource that exists already is not imported, but fails by its name.
 */
const withoutEffect: ReadonlySet<string> = new Set(['ImportExistingResources', 'IncludeNestedStacks']);

/** Values that ask for what happens anyway ("CreateStack", "DeleteStack"). */
const defaults: Readonly<Record<string, string>> = {
  DeletionMode: 'STANDARD',
  DeploymentConfig: '{"Mode":"STANDARD"}',
  'RollbackConfiguration.MonitoringTimeInMinutes': '0',
};

/**
 * Refuses a parameter that would change what happens and that the sandbox does not simulate.
 * @throws AwsJsonError that names it
 */
export function refuseParameters(operation: string, body: JsonObject): void {
  const known = honored[operation];
  if (!known) return;
  const asked = Object.entries(body).find(
    ([name, value]) =>
      !known.includes(name) &&
      !(operation === 'CreateChangeSet' && withoutEffect.has(name)) &&
      asksForSomething(name, value),
  );
  if (!asked) return;
  const message = `the sandbox does not simulate ${asked[0]} of ${operation}; leave it out (see docs/sandbox-support.md)`;
  throw new AwsJsonError('NotImplemented', message, 501);
}

function asksForSomething(name: string, value: Json): boolean {
  if (value === false || value === null || value === '') return false;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (defaults[name] === text || (typeof value === 'object' && Object.keys(value).length === 0)) return false;
  if (name !== 'RollbackConfiguration' || !isObject(value)) return true;
  return Object.entries(value).some(([key, inner]) => asksForSomething(`${name}.${key}`, inner));
}
