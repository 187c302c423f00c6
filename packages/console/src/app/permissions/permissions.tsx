import { useMemo } from 'preact/hooks';
import {
  filteredGroups,
  permissionFinding,
  type PermissionGroup,
  permissionGroups,
} from '../../chart/permission-groups.ts';
import { clockText, countOf, countText } from '../../chart/time-text.ts';
import { accountName } from '../../models/lookup.ts';
import { Empty, Title } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import type { ViewProps } from '../view-props.ts';
import { PermissionDetail } from './permission-detail.tsx';
import { PermissionFilters } from './permission-filters.tsx';
import { PermissionTable } from './permission-table.tsx';
import './permissions.css';

/** Every decision about a permission, by role, action and verdict: what was refused first. */
export function Permissions({ models, address, item }: ViewProps) {
  const groups = useMemo(() => permissionGroups(models.decisions), [models.decisions]);
  const nameOf = (account: string): string => accountName(models.accounts, account) ?? account;
  const { filter: text = '', state: verdict } = address;
  const rows = useMemo(
    () => filteredGroups(groups, { text, verdict, principal: item }, nameOf),
    [groups, text, verdict, item, models.accounts],
  );
  const openAt = rows.findIndex(({ id }) => id === address.event);
  const open = rows[openAt];
  return (
    <>
      <Title>{permissionFinding(groups)}</Title>
      {groups.length > 0 && <p class="lead">{leadOf(groups)}</p>}
      {item !== undefined && (
        <p>
          Only <Name>{item}</Name>. <a href={hrefOf({ name: 'permissions' })}>Show every role</a>
        </p>
      )}
      {groups.length === 0 ? (
        <Empty>
          {models.executions.length === 0
            ? 'Nothing called anything yet: calls are checked as soon as a workflow runs.'
            : 'No decision is known at this time: move the strip to the right.'}
        </Empty>
      ) : (
        <>
          <PermissionFilters groups={groups} count={rows.length} address={address} item={item} />
          <div class={open ? 'with-detail' : ''}>
            {rows.length === 0 ? (
              <Empty>No decision matches: change the filter.</Empty>
            ) : (
              <PermissionTable rows={rows} openAt={openAt} address={address} item={item} nameOf={nameOf} />
            )}
            {open && <PermissionDetail key={open.id} models={models} group={open} nameOf={nameOf} />}
          </div>
        </>
      )}
    </>
  );
}

function leadOf(groups: readonly PermissionGroup[]): string {
  const times = groups.reduce((sum, group) => sum + group.times, 0);
  const first = Math.min(...groups.map((group) => group.first));
  const last = Math.max(...groups.map((group) => group.last));
  const when = `from ${clockText(first)} to ${clockText(last)} UTC`;
  return `${countText(times)} decisions ${when}, in ${countOf(groups.length, 'group')} of role and action.`;
}
