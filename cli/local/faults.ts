import { crossAccountStarts, type CrossAccountStart } from '@crosswind/assembly/cross-account-starts';
import { distributedMapsOf } from '@crosswind/assembly/distributed-maps';
import { functionsOf } from '@crosswind/assembly/functions';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { accountOf } from '@crosswind/aws/arn';

/** One thing that can be wrong with a platform, planted into its templates to see what happens. */
export interface Fault {
  readonly id: string;
  /** What the fault takes away. */
  readonly title: string;
  /** Whether it shows only when the parent is aborted while the child runs. */
  readonly abortsParent?: boolean;
  /** The stacks with that one thing changed. */
  readonly plant: (stacks: readonly Stack[], start: CrossAccountStart) => readonly Stack[];
}

export const faults: readonly Fault[] = [
  {
    id: 'describe-execution',
    title: 'the target role may not describe executions of the child',
    plant: (stacks, { targetRoleArn }) => withoutAction(stacks, targetRoleArn, 'states:DescribeExecution'),
  },
  {
    id: 'start-execution',
    title: 'the target role may not start the child',
    plant: (stacks, { targetRoleArn }) => withoutAction(stacks, targetRoleArn, 'states:StartExecution'),
  },
  {
    id: 'stop-execution',
    title: 'the target role may not stop executions of the child, and the parent is aborted',
    abortsParent: true,
    plant: (stacks, { targetRoleArn }) => withoutAction(stacks, targetRoleArn, 'states:StopExecution'),
  },
  {
    id: 'trust',
    title: "the target role trusts its own account instead of the parent's",
    plant: (stacks, { targetRoleArn }) =>
      withTrust(stacks, targetRoleArn, (statement) => ({
        ...statement,
        Principal: { AWS: targetRoleArn.replace(/:role\/.*$/, ':root') },
      })),
  },
  {
    id: 'external-id',
    title: "the target role expects another state machine's ARN as external id",
    plant: (stacks, { targetRoleArn, parent }) =>
      withTrust(stacks, targetRoleArn, (statement) => ({
        ...statement,
        Condition: {
          ...objectOf(statement['Condition']),
          StringEquals: {
            ...objectOf(objectOf(statement['Condition'])['StringEquals']),
            'sts:ExternalId': `${parent.arn}-of-somebody-else`,
          },
        },
      })),
  },
  {
    id: 'source-read',
    title: 'the function that reads a batch may not read objects',
    plant: (stacks, start) => withoutAction(stacks, batchRoleArn(stacks, start), 's3:GetObject'),
  },
  {
    id: 'results-write',
    title: 'the function that reads a batch may not write its partial result',
    plant: (stacks, start) => withoutAction(stacks, batchRoleArn(stacks, start), 's3:PutObject'),
  },
];

/** The first cross-account start of a tenant's parent in the given stacks; throws when there is none. */
export function startIn(stacks: readonly Stack[]): CrossAccountStart {
  const [start] = crossAccountStarts(stacks);
  if (!start) throw new Error('no state machine of the assembly starts another one in another account');
  return start;
}

/** The role of the function that the child's Distributed Map runs for every batch. */
function batchRoleArn(stacks: readonly Stack[], { childArn }: CrossAccountStart): string {
  const child = stacks.flatMap(stateMachinesOf).find(({ arn }) => arn === childArn);
  const [map] = child ? distributedMapsOf(child) : [];
  const fn = stacks.flatMap(functionsOf).find(({ arn }) => map?.functionArns.includes(arn));
  if (!fn) throw new Error(`${childArn} has no Distributed Map that invokes a function`);
  return fn.roleArn;
}

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
