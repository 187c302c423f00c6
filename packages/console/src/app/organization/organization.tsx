import { useSignal } from '@preact/signals';
import { type Level, levelOf } from '../../chart/organization/geometry.ts';
import { organizationRows, type RowOrder, rowsNaming, sortedRows } from '../../chart/organization/rows.ts';
import { organizationFinding, sizeText, usedAccounts } from '../../chart/organization/summary.ts';
import { Empty, Title } from '../parts/head.tsx';
import type { ViewProps } from '../view-props.ts';
import { AccountDetail } from './account-detail.tsx';
import { Legend } from './legend.tsx';
import { Matrix } from './matrix.tsx';
import { OrganizationTools } from './organization-tools.tsx';
import { SharedBars } from './shared-bars.tsx';
import { SharedLines, useNear } from './shared-lines.tsx';
import './organization.css';

const levelTexts: Readonly<Record<Level, string>> = {
  large: 'Each tenant in each wave, with the accounts of its stages.',
  medium: 'Rows are tenants, columns are waves.',
  many: 'Rows are tenants, columns are waves; tenants that are well are folded.',
};

/** Accounts, tenants by wave with the state of their last runs, and who assumes whom. */
export function Organization({ models, address, item }: ViewProps) {
  const order = useSignal<RowOrder>('what needs you first');
  const near = useNear();
  const { organization } = models.sections;
  if (!organization) {
    return (
      <>
        <Title>No organization is known</Title>
        <Empty>Nothing is deployed here: this page shows histories only. `npx crosswind console` deploys one.</Empty>
      </>
    );
  }
  const all = organizationRows(models);
  const { filter = '' } = address;
  const rows = sortedRows(rowsNaming(all, filter, organization), order.value);
  const level = levelOf(usedAccounts(organization).length);
  const open = organization.accounts.find(({ id }) => id === item);
  const finding = organizationFinding(organization, all);
  const size = sizeText(organization);
  return (
    <>
      <Title>{finding}</Title>
      <p class="lead">
        {finding !== size && `${size}. `}
        {levelTexts[level]}
      </p>
      <OrganizationTools address={address} rows={rows} order={order} />
      <div class={open ? 'with-detail' : ''}>
        <div class={`organization is-${level}`} {...near.listeners}>
          <SharedBars model={organization} near={near.account.value} item={item} />
          {rows.length === 0 ? (
            <Empty>
              {all.length === 0
                ? 'No account belongs to a tenant yet: add one to platform.yaml.'
                : 'Nothing matches: change the filter.'}
            </Empty>
          ) : (
            <Matrix models={models} model={organization} rows={rows} level={level} address={address} item={item} />
          )}
          <SharedLines near={near} model={organization} />
          <Legend />
        </div>
        {open && <AccountDetail key={open.id} models={models} model={organization} account={open} />}
      </div>
    </>
  );
}
