import { concernedRuns } from '../../chart/concerned-runs.ts';
import { type PermissionGroup, principalText } from '../../chart/permission-groups.ts';
import { clockText } from '../../chart/time-text.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Detail } from '../parts/detail.tsx';
import { Name } from '../parts/name.tsx';
import { RunList } from '../parts/run-list.tsx';
import { hrefOf } from '../state/store.ts';
import { Explanations } from './explanations.tsx';
import { whenText } from './permission-table.tsx';
import { Seconds } from './seconds.tsx';

export interface PermissionDetailProps {
  readonly models: Snapshot;
  readonly group: PermissionGroup;
  /** Name of an account by its id. */
  readonly nameOf: (account: string) => string;
}

/** Rows of a list in a detail at most. */
const most = 20;

/** Why the calls of a group ended as they did, what fixes it, when they were, and which runs they belong to. */
export function PermissionDetail({ models, group, nameOf }: PermissionDetailProps) {
  const runs = concernedRuns(models, group);
  const changes = models.sections.changes.filter(
    ({ resource }) => resource === group.principal || group.resources.includes(resource),
  );
  return (
    <Detail
      title={
        <>
          <Name>{principalText(group.principal)}</Name> {group.verdict === 'allowed' ? 'may' : 'may not'}{' '}
          <Name>{group.action}</Name>
        </>
      }
    >
      <Explanations denials={models.sections.denials} group={group} />
      <h3>When</h3>
      <p>{whenText(group)}.</p>
      <Seconds group={group} />
      {changes.length > 0 && (
        <>
          <h3>What changed</h3>
          <ul class="plain-list">
            {changes.slice(-most).map(({ id, at, sentence }) => (
              <li key={id}>
                <span class="code">{clockText(at)}</span> <Name>{sentence}</Name>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>Runs at that time</h3>
      {runs.length === 0 && <p class="quiet">None in the account of the role.</p>}
      <RunList
        models={models}
        runs={runs.slice(0, most).map(({ run, isBlamed }) => [run, isBlamed && 'because of this, '] as const)}
      />
      {runs.length > most && <p class="quiet">{`and ${runs.length - most} more`}</p>}
      <h3>Who and on what</h3>
      <dl class="facts">
        <dt>Role</dt>
        <dd class="code">
          <a href={hrefOf({ name: 'permissions', item: group.principal })}>
            <Name>{group.principal}</Name>
          </a>
        </dd>
        <dt>Accounts</dt>
        <dd>
          {group.accounts.map((account) => (
            <a key={account} href={hrefOf({ name: 'organization', item: account })}>
              <Name>{nameOf(account)}</Name>{' '}
            </a>
          ))}
        </dd>
        <dt>Resources</dt>
        <dd class="code">
          {group.resources.slice(0, most).map((resource) => (
            <p key={resource}>
              <Name>{resource}</Name>
            </p>
          ))}
          {group.resources.length > most && <p>{`and ${group.resources.length - most} more`}</p>}
        </dd>
      </dl>
    </Detail>
  );
}
