import type { StackInput } from '../stacks/stack-input.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { defined, type JsonObject, textOf } from '@crosswind/aws/json';
import { pager } from '../../aws-json/pager.ts';
import { permit } from '../../aws-json/permit.ts';
import type { DeployedStack, StackEvent } from '../stacks/stack.ts';
import {
  type CloudFormationOperation,
  placeOf,
  required,
  seconds,
  stackAt,
  textsOf,
  validationError,
} from './cloudformation-api.ts';

const { pageOf } = pager('NextToken', () => validationError('Invalid NextToken'));

/** Stacks, events or resources on a page; AWS does not say how many, its answers have at most 1 MB. */
const pageSize = 100;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
const describeStacks: CloudFormationOperation = (api, call) => {
  const { body } = call;
  if (body['StackName'] !== undefined) return { Stacks: [described(stackAt(api, call, 'DescribeStacks'))] };
  permit(api.authorize, call, 'cloudformation:DescribeStacks', '*');
  const all = api.cloudFormation.stacks.living(placeOf(call));
  const { items, next } = pageOf(all, { of: ['DescribeStacks', placeOf(call)], size: pageSize, token: tokenIn(body) });
  return { Stacks: items.map(described), ...next };
};

const tokenIn = ({ NextToken: token }: JsonObject): string | undefined => (token === undefined ? token : textOf(token));

/** A stack as "DescribeStacks" gives it. */
const described = (stack: DeployedStack): JsonObject =>
  defined({
    StackId: stack.id,
    StackName: stack.name,
    Description: stack.input?.template.Description,
    Parameters: parametersOf(stack.input),
    CreationTime: seconds(stack.createdAt),
    DeletionTime: stack.deletedAt === undefined ? undefined : seconds(stack.deletedAt),
    LastUpdatedTime: stack.updatedAt === undefined ? undefined : seconds(stack.updatedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: [...(stack.input?.capabilities ?? [])],
    Outputs: stack.outputs.map(({ name, value, description, exportName }) =>
      defined({ OutputKey: name, OutputValue: value, Description: description, ExportName: exportName }),
    ),
    RoleARN: stack.roleArn,
    Tags: Object.entries(stack.input?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: stack.drift
      ? { StackDriftStatus: stack.drift.status, LastCheckTimestamp: seconds(stack.drift.at) }
      : { StackDriftStatus: 'NOT_CHECKED' },
    LastOperations: [...stack.operations].reverse().map(({ id, type }) => ({ OperationType: type, OperationId: id })),
  });

/** Parameters as answers show them; those with NoEcho are hidden. */
export const parametersOf = (input: StackInput | undefined): readonly JsonObject[] =>
  [...(input?.parameters ?? [])].map(([name, value]) => {
    const { NoEcho: hidden } = input?.template.Parameters?.[name] ?? {};
    const isHidden = hidden === true || hidden === 'true';
    const resolved = input?.resolvedParameters.get(name);
    return defined({
      ParameterKey: name,
      ParameterValue: isHidden ? '****' : textOf(value),
      ResolvedValue: typeof resolved === 'string' ? resolved : undefined,
    });
  });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html */
const listStacks: CloudFormationOperation = (api, call) => {
  permit(api.authorize, call, 'cloudformation:ListStacks', '*');
  const wanted = textsOf(call.body['StackStatusFilter']);
  const all = api.cloudFormation.stacks
    .all(placeOf(call))
    .filter(({ status }) => wanted.length === 0 || wanted.includes(status));
  const props = { of: ['ListStacks', placeOf(call), wanted], size: pageSize, token: tokenIn(call.body) };
  const { items, next } = pageOf(all, props);
  const summaries = items.map((stack) => {
    const { StackId, StackName, CreationTime, LastUpdatedTime, DeletionTime, StackStatus, StackStatusReason } =
      described(stack);
    return defined({ StackId, StackName, CreationTime, LastUpdatedTime, DeletionTime, StackStatus, StackStatusReason });
  });
  return { StackSummaries: summaries, ...next };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html */
const describeStackEvents: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'DescribeStackEvents');
  const all = [...stack.events].reverse();
  const { items, next } = pageOf(all, {
    of: ['DescribeStackEvents', stack.id],
    size: pageSize,
    token: tokenIn(call.body),
  });
  return { StackEvents: items.map((event) => eventOf(stack, event)), ...next };
};

const eventOf = (stack: DeployedStack, event: StackEvent): JsonObject =>
  defined({
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: seconds(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties && JSON.stringify(event.properties),
    ClientRequestToken: event.requestToken,
    OperationId: event.operationId,
  });

const resourceOf = (stack: DeployedStack, resource: StackResource): JsonObject =>
  defined({
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId === '' ? undefined : resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
    StackId: stack.id,
    StackName: stack.name,
    Timestamp: seconds(resource.updatedAt),
  });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html */
const describeStackResources: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'DescribeStackResources');
  const { LogicalResourceId: wanted } = call.body;
  const all = [...stack.resources.values()].filter(({ logicalId }) => wanted === undefined || wanted === logicalId);
  return { StackResources: all.map((resource) => resourceOf(stack, resource)) };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html */
const describeStackResource: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'DescribeStackResource');
  const id = required(call, 'LogicalResourceId');
  const resource = stack.resources.get(id);
  if (!resource) throw validationError(`Resource ${id} does not exist for stack ${stack.name}`);
  const { Timestamp, ...rest } = resourceOf(stack, resource);
  const metadata = stack.input?.template.Resources[id]?.Metadata;
  const detail = { ...rest, LastUpdatedTimestamp: Timestamp, Metadata: metadata && JSON.stringify(metadata) };
  return { StackResourceDetail: defined(detail) };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
const listStackResources: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'ListStackResources');
  const all = [...stack.resources.values()];
  const { items, next } = pageOf(all, {
    of: ['ListStackResources', stack.id],
    size: pageSize,
    token: tokenIn(call.body),
  });
  const summaries = items.map((resource) => {
    const { Timestamp, ...rest } = resourceOf(stack, resource);
    return defined({ ...rest, StackId: undefined, StackName: undefined, LastUpdatedTimestamp: Timestamp });
  });
  return { StackResourceSummaries: summaries, ...next };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html */
const listExports: CloudFormationOperation = (api, call) => {
  permit(api.authorize, call, 'cloudformation:ListExports', '*');
  const all = api.cloudFormation.stacks.exports(placeOf(call));
  const { items, next } = pageOf(all, {
    of: ['ListExports', placeOf(call)],
    size: pageSize,
    token: tokenIn(call.body),
  });
  return {
    Exports: items.map(({ name, value, stack }) => ({ ExportingStackId: stack.id, Name: name, Value: value })),
    ...next,
  };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html */
const listImports: CloudFormationOperation = (api, call) => {
  permit(api.authorize, call, 'cloudformation:ListImports', '*');
  const name = required(call, 'ExportName');
  const importers = api.cloudFormation.stacks.importers(placeOf(call), name);
  if (importers.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`);
  return { Imports: importers.map((stack) => stack.name) };
};

export const describeOperations: readonly (readonly [string, CloudFormationOperation])[] = [
  ['DescribeStacks', describeStacks],
  ['ListStacks', listStacks],
  ['DescribeStackEvents', describeStackEvents],
  ['DescribeStackResources', describeStackResources],
  ['DescribeStackResource', describeStackResource],
  ['ListStackResources', listStackResources],
  ['ListExports', listExports],
  ['ListImports', listImports],
];
