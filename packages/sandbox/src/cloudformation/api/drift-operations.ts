import type { ResourceDrift } from '../stacks/resource-drift.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { randomUUID } from 'node:crypto';
import { defined, type JsonObject } from '@crosswind/aws/json';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import { shownValue } from '../operations/drift.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import {
  answered,
  type CloudFormationApi,
  type CloudFormationOperation,
  required,
  seconds,
  stackAt,
  textsOf,
  validationError,
} from './cloudformation-api.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html */
const detectStackDrift: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'DetectStackDrift');
  const wanted = new Set(textsOf(call.body['LogicalResourceIds']));
  const resources = [...stack.resources.values()].filter(
    ({ logicalId, deployed }) => deployed && (wanted.size === 0 || wanted.has(logicalId)),
  );
  const drifts = resources.map((resource) => detected(api, call, stack, resource));
  const checked = drifts.filter(({ status }) => status !== 'NOT_CHECKED');
  const drifted = checked.filter(({ status }) => status !== 'IN_SYNC').length;
  const id = randomUUID();
  stack.driftDetections.set(id, { at: api.now(), drifted });
  stack.drift = { status: drifted > 0 ? 'DRIFTED' : 'IN_SYNC', at: api.now() };
  return { StackDriftDetectionId: id };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackResourceDrift.html */
const detectStackResourceDrift: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'DetectStackResourceDrift');
  const id = required(call, 'LogicalResourceId');
  const resource = stack.resources.get(id);
  if (!resource?.deployed) throw validationError(`Resource ${id} does not exist for stack ${stack.name}`);
  return { StackResourceDrift: driftShown(stack, detected(api, call, stack, resource)) };
};

function detected(
  api: CloudFormationApi,
  call: AwsJsonCall,
  stack: DeployedStack,
  resource: StackResource,
): ResourceDrift {
  const actor = { principal: call.principal, isCaller: true };
  const drift = answered(() => api.cloudFormation.drift(stack, resource, actor));
  stack.resourceDrifts.set(resource.logicalId, drift);
  return drift;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackDriftDetectionStatus.html */
const describeStackDriftDetectionStatus: CloudFormationOperation = (api, call) => {
  permit(api.authorize, call, 'cloudformation:DescribeStackDriftDetectionStatus', '*');
  const id = required(call, 'StackDriftDetectionId');
  const { account } = call.principal;
  const stack = api.cloudFormation.stacks
    .all({ account, region: call.region })
    .find((each) => each.driftDetections.has(id));
  const detection = stack?.driftDetections.get(id);
  if (!stack || !detection) throw validationError(`Drift detection ${id} does not exist`);
  return {
    StackId: stack.id,
    StackDriftDetectionId: id,
    StackDriftStatus: detection.drifted > 0 ? 'DRIFTED' : 'IN_SYNC',
    DetectionStatus: 'DETECTION_COMPLETE',
    DriftedStackResourceCount: detection.drifted,
    Timestamp: seconds(detection.at),
  };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResourceDrifts.html */
const describeStackResourceDrifts: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'DescribeStackResourceDrifts');
  const wanted = textsOf(call.body['StackResourceDriftStatusFilters']);
  const drifts = [...stack.resourceDrifts.values()].filter(
    ({ status }) => wanted.length === 0 || wanted.includes(status),
  );
  return { StackResourceDrifts: drifts.map((drift) => driftShown(stack, drift)) };
};

const driftShown = (
  stack: DeployedStack,
  { resource, status, expected, actual, differences, checkedAt }: ResourceDrift,
): JsonObject =>
  defined({
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ExpectedProperties: JSON.stringify(resource.shown ?? expected),
    ActualProperties: actual && JSON.stringify(actual),
    PropertyDifferences: differences.map((each) => ({
      PropertyPath: each.path,
      ExpectedValue: shownValue(each.expected),
      ActualValue: shownValue(each.actual),
      DifferenceType: each.kind,
    })),
    StackResourceDriftStatus: status,
    Timestamp: seconds(checkedAt),
  });

export const driftOperations: readonly (readonly [string, CloudFormationOperation])[] = [
  ['DetectStackDrift', detectStackDrift],
  ['DetectStackResourceDrift', detectStackResourceDrift],
  ['DescribeStackDriftDetectionStatus', describeStackDriftDetectionStatus],
  ['DescribeStackResourceDrifts', describeStackResourceDrifts],
];
