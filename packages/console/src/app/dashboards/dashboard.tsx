import { useMemo } from 'preact/hooks';
import { dashboardAlarms, dashboardFinding } from '../../chart/dashboards/dashboard-finding.ts';
import { placedWidgets } from '../../chart/dashboards/grid.ts';
import { listIn, widgetsOf } from '../../chart/dashboards/read-body.ts';
import { rangeText } from '../../chart/dashboards/widget-words.ts';
import { countOf } from '../../chart/time-text.ts';
import type { AlarmModel } from '../../models/alarms.ts';
import { type DashboardModel, dashboardItem } from '../../models/dashboards.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Empty, Title } from '../parts/head.tsx';
import { Code, Name } from '../parts/name.tsx';
import { address, hrefOf, snapshot } from '../state/store.ts';
import { Ranges } from './ranges.tsx';
import { shownRange } from './shown-range.ts';
import { Widget } from './widget.tsx';

export interface DashboardProps {
  readonly models: Snapshot;
  readonly dashboard: DashboardModel;
  readonly alarms: ReadonlyMap<string, AlarmModel>;
}

/** A dashboard as CloudWatch lays it out, with values up to the time of the strip. */
export function Dashboard({ models, dashboard, alarms }: DashboardProps) {
  const widgets = useMemo(() => placedWidgets(widgetsOf(dashboard)), [dashboard]);
  const whole = snapshot.value ?? models;
  const { from, to } = shownRange(address.value, models, whole);
  const account = models.accounts.find(({ id }) => id === dashboard.account)?.name;
  const variables = listIn(dashboard.body['variables']).length;
  const view = { name: 'dashboards', item: dashboardItem(dashboard) } as const;
  return (
    <>
      <p class="crumbs">
        <a href={hrefOf({ name: 'dashboards' })}>Dashboards</a>
      </p>
      <Title>{dashboardFinding(dashboardAlarms(dashboard, alarms))}</Title>
      <p class="lead">
        <Name>{dashboard.name}</Name>, deployed to {account !== undefined && <Name>{account}</Name>}{' '}
        <span class="code">{dashboard.account}</span>, {countOf(widgets.length, 'widget')}. {rangeText(from, to)}.
        {models.simulated && ' Simulated values.'}
      </p>
      {variables > 0 && (
        <p class="lead">
          {countOf(variables, 'variable')} of the body {variables === 1 ? 'is' : 'are'} not applied: the widgets show
          what the body says without them.
        </p>
      )}
      <Ranges view={view} />
      {widgets.length === 0 && <Empty>The body of this dashboard has no widgets.</Empty>}
      <div class="dashboard">
        {widgets.map((widget) => (
          <Widget
            key={widget.index}
            dashboard={dashboard}
            widget={widget}
            from={from}
            to={to}
            at={models.at < whole.at ? models.at : Infinity}
            alarms={alarms}
          />
        ))}
      </div>
      <details class="body-text">
        <summary>Body as it is deployed</summary>
        <Code text={JSON.stringify(dashboard.body, null, 2)} label="Body of the dashboard" />
      </details>
    </>
  );
}
