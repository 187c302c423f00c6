import type { JsonObject } from '@crosswind/aws/json';
import type { OrganizationModel, StartModel, TenantModel } from '../src/models/organization.ts';
import { noSections } from '../src/models/sections.ts';
import { organizationModel, type OrganizationSource, type SourceStack } from '../src/server/organization.ts';
import type { RunSource } from '../src/server/snapshot.ts';
import { start, stuckRun } from './stuck-run.ts';

type Execution = RunSource['executions'][number];

/** Tenants of an organization, and what somebody may call them. */
export interface OrganizationShape {
  readonly tenants: number;
  /** @default ['dev', 'prod'] */
  readonly waves?: readonly string[];
  /** @default ['parent', 'child'] */
  readonly stages?: readonly string[];
  /** Name of a tenant. @default - `tenant-0` and so on */
  readonly tenantName?: (index: number) => string;
  /** @default - made of tenant, stage and wave */
  readonly accountName?: (tenant: string, stage: string, wave: string) => string;
  /** Name of the role that the tooling account assumes. @default 'deploy' */
  readonly deployRole?: string;
}

const limits = { lambdaConcurrency: 1_000, openExecutions: 1_000_000, openMapRuns: 1_000 };

const tooling = '111111111111';
const monitoring = '222222222222';

/** Id of an account of a tenant. */
const idOf = (tenant: number, wave: number, stage: number): string =>
  String(300_000_000_000 + tenant * 100 + wave * 10 + stage);

export const machineOf = (account: string): string => `arn:aws:states:us-east-1:${account}:stateMachine:main`;
const roleOf = (account: string): string => `arn:aws:iam::${account}:role/target`;

const trust = (principal: string, condition?: JsonObject): JsonObject => ({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${principal}:root` },
      ...(condition && { Condition: condition }),
    },
  ],
});

/** The stack of a stage: a state machine, and a role that the stage before may assume. */
function stackOf(account: string, caller: string | undefined, deployRole: string): SourceStack {
  const roles = [
    { name: deployRole, trust: trust(tooling, { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } }) },
    ...(caller === undefined
      ? []
      : [{ name: 'target', trust: trust(caller, { StringEquals: { 'sts:ExternalId': 'main' } }) }]),
  ];
  return {
    ...{ name: 'main', account, region: 'us-east-1', status: 'CREATE_COMPLETE', createdAt: start - 60_000 },
    resources: [
      {
        ...{ type: 'AWS::StepFunctions::StateMachine', name: 'main', arn: machineOf(account) },
        properties: { RoleArn: `arn:aws:iam::${account}:role/main` },
      },
      ...roles.map((role) => ({
        ...{ type: 'AWS::IAM::Role', name: role.name, arn: `arn:aws:iam::${account}:role/${role.name}` },
        properties: {
          AssumeRolePolicyDocument: role.trust,
          Policies: [
            { PolicyDocument: { Statement: { Effect: 'Allow', Action: ['states:DescribeExecution', 's3:Get*'] } } },
          ],
        },
      })),
    ],
  };
}

/** An organization of tooling, monitoring, and tenants with a chain of stages in each wave. */
export function organizationOf(shape: OrganizationShape): OrganizationModel {
  const { tenants: count, waves = ['dev', 'prod'], stages = ['parent', 'child'] } = shape;
  const { tenantName = (index) => `tenant-${index}`, accountName = (...parts) => parts.join('-') } = shape;
  const { deployRole = 'deploy' } = shape;
  const names = Array.from({ length: count }, (_, index) => tenantName(index));
  const places = names.flatMap((name, tenant) =>
    waves.flatMap((wave, at) =>
      stages.map((stage, place) => ({
        ...{ tenant, name, wave, stage, place, id: idOf(tenant, at, place) },
        caller: place === 0 ? undefined : idOf(tenant, at, place - 1),
      })),
    ),
  );
  const tenants = names.map((name, tenant): TenantModel => ({
    ...{ name, workload: 'wind-speed', owner: `team-${tenant % 3}`, isRemoved: false },
    cells: waves.map((wave, at) => ({
      ...{ wave, freezes: [], withheld: [] },
      stages: stages.map((stage, place) => ({
        ...{
          name: stage,
          account: idOf(tenant, at, place),
          stack: 'main',
          machine: machineOf(idOf(tenant, at, place)),
        },
        starts: place + 1 < stages.length ? [stages[place + 1] ?? ''] : [],
      })),
    })),
  }));
  const source: OrganizationSource = {
    ...{ id: 'o-exampleorg1', tenants },
    waves: waves.map((name, index) => ({ name, hasApproval: index > 0, isFrozen: false })),
    accounts: [
      { id: tooling, name: 'tooling', region: 'us-east-1', jobs: ['tooling'] },
      { id: monitoring, name: 'monitoring', region: 'us-east-1', jobs: ['monitoring'] },
      ...places.map(({ name, stage, wave, id }) => ({
        id,
        name: accountName(name, stage, wave),
        region: 'us-east-1',
        limits,
      })),
    ],
    stacks: places.map(({ id, caller }) => stackOf(id, caller, deployRole)),
    starts: places.flatMap(({ id, caller }): readonly StartModel[] =>
      caller === undefined ? [] : [{ from: machineOf(caller), to: machineOf(id), role: roleOf(id), waits: true }],
    ),
    links: places.map(({ id }) => ({ account: id, seenBy: monitoring })),
  };
  return organizationModel(source);
}

/** Runs of all tenants in their first wave; the first one failed, the second one runs, with a denied call in the third. */
export function organizationRun(shape: OrganizationShape): RunSource {
  const organization = organizationOf(shape);
  const { executions, ...others } = stuckRun();
  const [parent, child] = executions;
  if (!parent || !child) throw new Error('the run has two executions');
  const runs = organization.tenants.flatMap(({ name, cells }, index): readonly Execution[] => {
    const status = index === 0 ? 'FAILED' : index === 1 ? 'RUNNING' : 'SUCCEEDED';
    return (cells[0]?.stages ?? []).slice(0, 1).map(({ account, machine }) => ({
      ...{
        name: 'run-1',
        title: `${name} parent`,
        status,
        startDate: start + index,
        input: '{}',
        events: [],
        mapRuns: [],
      },
      ...{ executionArn: `arn:aws:states:us-east-1:${account}:execution:main:run-1`, stateMachineArn: machine },
      ...(status !== 'RUNNING' && { stopDate: start + 60_000 }),
    }));
  });
  const denied = organization.tenants[2]?.cells[0]?.stages.at(-1)?.account;
  return {
    ...others,
    accounts: organization.accounts.map(({ id, name }) => ({ id, name })),
    executions: runs,
    verdicts: [],
    decisions:
      denied === undefined
        ? []
        : others.decisions.map((decision) => ({ ...decision, principal: roleOf(denied), account: denied, times: 504 })),
    sections: { ...noSections, organization },
  };
}
