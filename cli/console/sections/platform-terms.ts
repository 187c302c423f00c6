import type { OrganizationSource } from '@crosswind/console/server/organization';
import { stackName, stateMachineArn } from '../../../blocks/workflow/address.ts';
import { addressOf, type Placement, plannedWaves, fromEntry } from '../../../config/deployments.ts';
import type { Platform } from '../../../config/schema.ts';

type Account = OrganizationSource['accounts'][number];
type Tenant = OrganizationSource['tenants'][number];
type Cell = Tenant['cells'][number];

export const wavesOf = ({ waves }: Platform): OrganizationSource['waves'] =>
  waves.map(({ name, approval, frozen }) => ({ name, hasApproval: approval, isFrozen: frozen }));

/** The accounts of the platform in the order of its file, the management account at last if it is none of them. */
export function accountsOf({ accounts, organization, pipeline, monitoring, region }: Platform): readonly Account[] {
  const { managementAccount: management } = organization;
  const listed = accounts.map((account): Account => ({
    id: account.id,
    name: account.name,
    region: account.region,
    jobs: [
      ...(account.name === pipeline.account ? (['tooling'] as const) : []),
      ...(account.name === monitoring.account ? (['monitoring'] as const) : []),
      ...(account.id === management ? (['management'] as const) : []),
    ],
    unit: account.organizationalUnit,
    state: account.state,
    isFrozen: account.frozen,
  }));
  if (listed.some(({ id }) => id === management)) return listed;
  return [...listed, { id: management, name: 'management account', region, jobs: ['management'] }];
}

/** The tenants in the order of the file, each with its waves. */
export function tenantsOf(platform: Platform): readonly Tenant[] {
  const cells = plannedWaves(platform).flatMap(({ wave, deployments, withheld }) => [
    ...deployments.map((placed) => ({ placed, cell: cellOf(wave.name, placed, placed.freezes, []) })),
    ...withheld.map((placed) => ({ placed, cell: cellOf(wave.name, placed, [], placed.reasons) })),
  ]);
  return platform.tenants.map(({ name, workload, owner, state }) => ({
    name,
    workload,
    owner,
    isRemoved: state === 'removed',
    cells: cells.filter(({ placed }) => placed.tenant.name === name).map(({ cell }) => cell),
  }));
}

function cellOf(wave: string, placed: Placement, freezes: readonly string[], withheld: readonly string[]): Cell {
  const address = addressOf(placed);
  return {
    wave,
    freezes,
    withheld,
    stages: fromEntry(placed).map(({ name, account, starts }) => ({
      name,
      account: account.id,
      stack: stackName(address, name),
      machine: stateMachineArn(address, name),
      starts,
    })),
  };
}
