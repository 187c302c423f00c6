import { useMemo } from 'preact/hooks';
import { rolesInUse } from '../../chart/organization/account-facts.ts';
import { permissionGroups } from '../../chart/permission-groups.ts';
import { countOf, countText } from '../../chart/time-text.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Empty } from '../parts/head.tsx';
import { countedText, GroupText } from '../permissions/permission-table.tsx';
import { Verdict } from '../permissions/verdict.tsx';
import { hrefOf } from '../state/store.ts';

/** Rows of groups at most; the last row of the card is of what was never used. */
const most = 4;

/** Decisions by role and action: what was refused first, and at last what nobody used. */
export function PermissionsCard({ models }: { readonly models: Snapshot }) {
  const groups = useMemo(() => permissionGroups(models.decisions), [models.decisions]);
  const unused = useMemo(() => unusedText(models), [models]);
  return (
    <section aria-labelledby="now-decisions">
      <header>
        <h2 id="now-decisions">Permissions</h2>
        <a href={hrefOf({ name: 'permissions' })}>All decisions</a>
      </header>
      {groups.length === 0 ? (
        <Empty>No call was checked yet: it is, as soon as a workflow runs.</Empty>
      ) : (
        <div class="table-box" tabIndex={0} role="region" aria-label="Decisions by role and action">
          <table>
            <thead>
              <tr>
                <th scope="col">Verdict</th>
                <th scope="col">Role and action</th>
                <th scope="col" class="number">
                  Times
                </th>
              </tr>
            </thead>
            <tbody>
              {groups.slice(0, most).map((group) => (
                <tr key={group.id}>
                  <td>
                    <Verdict verdict={group.verdict} />
                  </td>
                  <td class="wide">
                    <a href={hrefOf({ name: 'permissions' }, { event: group.id })}>
                      <GroupText group={group} />
                    </a>
                  </td>
                  <td class="number">{countedText(group)}</td>
                </tr>
              ))}
              {unused !== undefined && (
                <tr>
                  <td>Never used</td>
                  <td class="wide" colSpan={2}>
                    {unused}
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Granted actions that no call has used, of the roles that made one. */
function unusedText({ sections: { organization }, decisions }: Snapshot): string | undefined {
  if (!organization) return undefined;
  const uses = organization.accounts
    .flatMap((account) => rolesInUse(organization, account, decisions))
    .filter(({ used }) => used > 0);
  if (uses.length === 0) return undefined;
  const granted = uses.reduce((sum, use) => sum + use.granted, 0);
  const unused = uses.reduce((sum, use) => sum + use.granted - use.used, 0);
  return `${countText(unused)} of ${countOf(granted, 'granted action')} of ${countOf(uses.length, 'role')} that made calls`;
}
