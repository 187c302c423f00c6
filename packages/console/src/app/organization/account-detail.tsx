import { Fragment } from 'preact';
import { entrancesOf, rolesInUse } from '../../chart/organization/account-facts.ts';
import { runsOf } from '../../chart/organization/last-runs.ts';
import { countsOf, countsText } from '../../chart/organization/summary.ts';
import { clockText, countOf, countText } from '../../chart/time-text.ts';
import { isAlarmOf, stateOf } from '../../models/alarms.ts';
import type { LimitsModel, OrganizationAccount, OrganizationModel } from '../../models/organization.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Detail } from '../parts/detail.tsx';
import { Name } from '../parts/name.tsx';
import { RunList } from '../parts/run-list.tsx';
import { hrefOf } from '../state/store.ts';
import { AccountRoles } from './account-roles.tsx';
import { AccountStacks } from './account-stacks.tsx';

export interface AccountDetailProps {
  readonly models: Snapshot;
  readonly model: OrganizationModel;
  readonly account: OrganizationAccount;
}

/** Runs of an account that are listed at most. */
const mostRuns = 5;

/** An account: who may come in, its roles, runs, stacks and alarms. */
export function AccountDetail({ models, model, account }: AccountDetailProps) {
  const entrances = entrancesOf(model, account);
  const machines = account.machines.map(({ arn }) => arn);
  const runs = runsOf(models, machines);
  const alarms = models.sections.alarms.filter((alarm) => isAlarmOf(alarm, account.id));
  const inAlarm = alarms.filter((alarm) => stateOf(alarm) === 'ALARM').length;
  return (
    <Detail title={<Name>{account.name}</Name>}>
      <p class="code">{`${account.id} ${account.region}`}</p>
      <p class="quiet">
        <Name>{placeText(model, account)}</Name>
      </p>
      <h3>Last runs</h3>
      {runs.length === 0 && <p class="quiet">Nothing ran here at this time.</p>}
      <RunList
        models={models}
        runs={runs.slice(0, mostRuns).map((run) => [run, `${clockText(run.startedAt)}, `] as const)}
      />
      {runs.length > mostRuns && (
        <p>
          <a href={hrefOf({ name: 'runs' }, { filter: account.id })}>{`All ${countOf(runs.length, 'run')}`}</a>
        </p>
      )}
      <h3>Who may come in</h3>
      {entrances.length === 0 && <p class="quiet">Nobody from another account.</p>}
      <dl class="facts entrances">
        {entrances.map(({ from, roles, conditions }, index) => (
          <Fragment key={index}>
            <dt>
              <Name>{from}</Name>
            </dt>
            <dd>
              as <Name>{roles.join(' or ')}</Name>
              {conditions.length > 0 && (
                <>
                  , if <Name>{conditions.join(' and ')}</Name>
                </>
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
      <AccountRoles roles={rolesInUse(model, account, models.decisions)} />
      <AccountStacks account={account} />
      <h3>Alarms</h3>
      <p class="quiet">
        {alarms.length === 0 ? (
          'None watches this account.'
        ) : (
          <a href={hrefOf({ name: 'alarms' }, { filter: account.id })}>
            {`${countOf(alarms.length, 'alarm')} of this account`}
          </a>
        )}
        {inAlarm > 0 && `, ${countText(inAlarm)} in alarm`}
      </p>
      <h3>Contents and limits</h3>
      <p class="quiet">{`${countsText(countsOf(account))}.`}</p>
      {account.limits && <p class="quiet">{limitsText(account.limits)}</p>}
    </Detail>
  );
}

const limitsText = ({ lambdaConcurrency, openExecutions, openMapRuns }: LimitsModel): string =>
  `At a time at most ${countOf(lambdaConcurrency, 'invocation')} of functions, ${countOf(openExecutions, 'execution')} and ${countOf(openMapRuns, 'Map Run')}.`;

/** Place of an account: its unit, its jobs, the tenants and waves that it is of. */
function placeText(model: OrganizationModel, { id, unit, state, isFrozen, jobs }: OrganizationAccount): string {
  const uses = model.tenants.flatMap(({ name, cells }) =>
    cells.flatMap(({ wave, stages }) =>
      stages.filter(({ account }) => account === id).map((stage) => `${stage.name} of ${name} in wave ${wave}`),
    ),
  );
  return [
    ...(unit === null ? [] : [unit]),
    ...jobs,
    ...uses,
    ...(uses.length === 0 && jobs.length === 0 ? ['not of a tenant'] : []),
    ...(state === null || state === 'active' ? [] : [state]),
    ...(isFrozen ? ['frozen'] : []),
  ].join(', ');
}
