import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { accountOf } from '@crosswind/aws/arn';
import type { LocalFault } from '../../blocks/local.ts';
import { stateMachineArn, targetRoleArn } from '../../blocks/workflow/address.ts';
import type { DeployedTenant } from './deployed-tenant.ts';

/** One thing that can be wrong with a platform, planted into its templates to see what happens. */
export interface Fault {
  readonly id: string;
  /** Sentence about what is wrong, for example `the target role may not start the child`. */
  readonly title: string;
  /** True if it shows only when the entry is aborted while a stage that it started runs. */
  readonly abortsEntry?: boolean;
  /** The stacks with that one thing changed. */
  readonly plant: (stacks: readonly Stack[], tenant: DeployedTenant) => readonly Stack[];
}

/** A stage with the stages that start it, at least one. Its target role has one policy and one trust policy for all of them. */
export interface Hop {
  readonly callers: readonly string[];
  readonly called: string;
}

type HopFault = Omit<Fault, 'plant' | 'title'> & {
  readonly title: (hop: Hop) => string;
  readonly plant: (stacks: readonly Stack[], targetRole: string, callerMachine: string) => readonly Stack[];
};

/** Faults of a stage that others start: the roles are given. */
export const hopFaults: readonly HopFault[] = [
  {
    id: 'describe-execution',
    title: ({ called }) => `the target role may not describe executions of the ${called}`,
    plant: (stacks, targetRole) => withoutAction(stacks, targetRole, 'states:DescribeExecution'),
  },
  {
    id: 'start-execution',
    title: ({ called }) => `the target role may not start the ${called}`,
    plant: (stacks, targetRole) => withoutAction(stacks, targetRole, 'states:StartExecution'),
  },
  {
    id: 'stop-execution',
    title: ({ called }) => `the target role may not stop executions of the ${called}, and the entry is aborted`,
    abortsEntry: true,
    plant: (stacks, targetRole) => withoutAction(stacks, targetRole, 'states:StopExecution'),
  },
  {
    id: 'trust',
    title: ({ callers }) =>
      `the target role trusts its own account instead of ${callers.map((caller) => `the ${caller}'s`).join(' and ')}`,
    plant: (stacks, targetRole) =>
      withTrust(stacks, targetRole, (statement) => ({
        ...statement,
        Principal: { AWS: targetRole.replace(/:role\/.*$/, ':root') },
      })),
  },
  {
    id: 'external-id',
    title: () => "the target role expects another state machine's ARN as external id",
    plant: (stacks, targetRole, callerMachine) =>
      withTrust(stacks, targetRole, (statement) => ({
        ...statement,
        Condition: {
          ...objectOf(statement['Condition']),
          StringEquals: {
            ...objectOf(objectOf(statement['Condition'])['StringEquals']),
            'sts:ExternalId': `${callerMachine}-of-somebody-else`,
          },
        },
      })),
  },
];

/**
 * The faults of a workload: those of each hop, the first one by its bare id and any other as `<id>:<called stage>`, and
 * those that the workload brings along.
 */
export const faultsOf = (hops: readonly Hop[], own: readonly LocalFault[]): readonly Fault[] => [
  ...hops.flatMap((hop, index) => hopFaults.map((fault) => onHop(fault, hop, index === 0))),
  ...own.map(({ id, title, stage, role, action }) => ({
    id,
    title,
    plant: (stacks: readonly Stack[], tenant: DeployedTenant) =>
      withoutAction(stacks, tenant.resource(stage, role).arn ?? '', action),
  })),
];

const onHop = ({ id, title, plant, ...fault }: HopFault, hop: Hop, isFirst: boolean): Fault => ({
  ...fault,
  id: isFirst ? id : `${id}:${hop.called}`,
  title: title(hop),
  plant: (stacks, { address }) =>
    plant(stacks, targetRoleArn(address, hop.called), stateMachineArn(address, hop.callers[0] ?? hop.called)),
});

/** The stacks with `action` removed from every statement that allows it to the role by that name. */
function withoutAction(stacks: readonly Stack[], roleArn: string, action: string): readonly Stack[] {
  const strip = (document: Json | undefined): JsonObject =>
    changeStatements(document, (statement) => {
      const actions = [statement['Action'] ?? []].flat();
      if (statement['Effect'] !== 'Allow' || !actions.includes(action)) return statement;
      const others = actions.filter((allowed) => allowed !== action);
      return others.length > 0 ? { ...statement, Action: others } : undefined;
    });
  return changeResources(stacks, accountOf(roleArn), (resource) => {
    const { type, properties } = resource;
    if (type === 'AWS::IAM::Policy' && listOf(properties['Roles']).includes(nameOf(roleArn))) {
      return { ...properties, PolicyDocument: strip(properties['PolicyDocument']) };
    }
    if (resource.arn !== roleArn || properties['Policies'] === undefined) return properties;
    const policies = listOf(properties['Policies'])
      .filter(isObject)
      .map((policy) => ({ ...policy, PolicyDocument: strip(policy['PolicyDocument']) }));
    return { ...properties, Policies: policies };
  });
}

/** The stacks with every statement of the role's trust policy changed. */
function withTrust(
  stacks: readonly Stack[],
  roleArn: string,
  change: (statement: JsonObject) => JsonObject,
): readonly Stack[] {
  return changeResources(stacks, accountOf(roleArn), ({ arn, properties }) =>
    arn === roleArn
      ? { ...properties, AssumeRolePolicyDocument: changeStatements(properties['AssumeRolePolicyDocument'], change) }
      : properties,
  );
}

/** The stacks with resources of one account changed; throws when there was nothing to change, since a fault is never void. */
function changeResources(
  stacks: readonly Stack[],
  account: string,
  change: (resource: Resource) => JsonObject,
): readonly Stack[] {
  const changed = stacks.map((stack) => {
    if (stack.account !== account) return stack;
    return { ...stack, resources: stack.resources.map((resource) => ({ ...resource, properties: change(resource) })) };
  });
  if (JSON.stringify(changed) !== JSON.stringify(stacks)) return changed;
  throw new Error(`the fault changes nothing in account ${account}: its policies do not say what it would take away`);
}

function changeStatements(
  document: Json | undefined,
  change: (statement: JsonObject) => JsonObject | undefined,
): JsonObject {
  const statements = [objectOf(document)['Statement'] ?? []].flat().filter(isObject);
  return { ...objectOf(document), Statement: statements.flatMap((statement) => change(statement) ?? []) };
}

const nameOf = (roleArn: string): string => textOf(roleArn.split('/').at(-1));
