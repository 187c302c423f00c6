import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Resource, Stack } from '../resolve.ts';
import type { PlannedCall } from './planned-call.ts';
import type { Places } from './places.ts';

interface Assumed {
  readonly service: string;
  readonly role: string;
  /** ARN that the service sends as `aws:SourceArn`. */
  readonly source?: string;
}

/** The roles that services assume to act for a resource: each is a call, too, which the role's trust policy decides. */
export function trustCalls(stack: Stack, places: Places): readonly PlannedCall[] {
  return stack.resources.flatMap((resource) =>
    (byType[resource.type]?.(resource, stack) ?? [])
      .filter(({ role }) => role !== '')
      .map(({ service, role, source }) => ({
        caller: { kind: 'service', service: `${service}.amazonaws.com` } as const,
        action: 'sts:AssumeRole',
        resource: role,
        resourceAccount: places.accountOf(role),
        context: { 'aws:SourceAccount': stack.account, ...(source !== undefined && { 'aws:SourceArn': source }) },
        by: { path: resource.path, part: 'role' },
      })),
  );
}

const byType: Readonly<Record<string, (resource: Resource, stack: Stack) => readonly Assumed[]>> = {
  'AWS::StepFunctions::StateMachine': ({ properties, arn }) => [
    { service: 'states', role: textOf(properties['RoleArn']), source: arn },
  ],
  'AWS::Lambda::Function': ({ properties, arn }) => [
    { service: 'lambda', role: textOf(properties['Role']), source: arn },
  ],
  'AWS::Scheduler::Schedule': ({ properties }, { account, region }) => {
    // The schedule's group (Scheduler, "Confused deputy prevention").
    const group = textOf(properties['GroupName']) || 'default';
    const source = `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule-group/${group}`;
    return [{ service: 'scheduler', role: textOf(objectOf(properties['Target'])['RoleArn']), source }];
  },
  'AWS::Events::Rule': ({ properties, arn }) =>
    listOf(properties['Targets']).map((target) => ({
      service: 'events',
      role: textOf(objectOf(target)['RoleArn']),
      source: arn,
    })),
  'AWS::CodeBuild::Project': ({ properties, arn }) => [
    { service: 'codebuild', role: textOf(properties['ServiceRole']), source: arn },
  ],
  'AWS::CodePipeline::Pipeline': ({ properties, arn }) => [
    { service: 'codepipeline', role: textOf(properties['RoleArn']), source: arn },
  ],
};
