import { accountWith } from '../../chart/organization/cell.ts';
import { deploysText, receivesText, rolesFor } from '../../chart/organization/summary.ts';
import { countOf } from '../../chart/time-text.ts';
import type { OrganizationAccount, OrganizationModel } from '../../models/organization.ts';
import { Name } from '../parts/name.tsx';
import { address, hrefOf } from '../state/store.ts';

export interface SharedBarsProps {
  readonly model: OrganizationModel;
  /** Id of the account under the pointer or with the focus; undefined for none. */
  readonly near: string | undefined;
  /** Id of the account that is open. */
  readonly item: string | undefined;
}

/** Accounts that concern all others: tooling and monitoring. Their text is about the account that somebody points at. */
export function SharedBars({ model, near, item }: SharedBarsProps) {
  const shared = model.accounts.filter(({ jobs }) => jobs.includes('tooling') || jobs.includes('monitoring'));
  if (shared.length === 0) return null;
  const pointed = near === undefined ? undefined : accountWith(model, near);
  const { filter } = address.value;
  return (
    <div class="shared-bars">
      {shared.map((account) => (
        <a
          key={account.id}
          class="account-box shared"
          data-row
          data-shared={account.jobs.join(' ')}
          data-open={item === account.id ? '' : undefined}
          aria-current={item === account.id ? 'true' : undefined}
          href={hrefOf({ name: 'organization', item: account.id }, { filter })}
        >
          <span class="account-head">
            <Name>{account.name}</Name>
            <span class="code">{account.id}</span>
          </span>
          <span class="quiet">{textOf(model, account, pointed)}</span>
        </a>
      ))}
    </div>
  );
}

function textOf(
  model: OrganizationModel,
  shared: OrganizationAccount,
  pointed: OrganizationAccount | undefined,
): string {
  const isOther = pointed !== undefined && pointed.id !== shared.id;
  const texts = shared.jobs.flatMap((job) => {
    if (job === 'tooling') return [isOther ? assumesText(shared, pointed) : deploysText(model, shared)];
    if (job === 'monitoring') return [isOther ? seesText(shared, pointed) : receivesText(model, shared)];
    return [];
  });
  return texts.join('; ');
}

const assumesText = (shared: OrganizationAccount, pointed: OrganizationAccount): string => {
  const roles = rolesFor(pointed, shared.id);
  if (roles.length === 0) return 'may assume no role here';
  return `deploys ${countOf(pointed.stacks.length, 'stack')}, may assume ${countOf(roles.length, 'role')} here`;
};

const seesText = (shared: OrganizationAccount, pointed: OrganizationAccount): string =>
  pointed.seenBy.includes(shared.id) ? 'receives its metrics and logs by a link' : 'receives nothing from it';
