import { useMemo } from 'preact/hooks';
import { dashboardAlarms, dashboardsFinding } from '../../chart/dashboards/dashboard-finding.ts';
import { widgetsOf } from '../../chart/dashboards/read-body.ts';
import { countOf } from '../../chart/time-text.ts';
import type { AlarmModel } from '../../models/alarms.ts';
import { dashboardItem, dashboardOfItem } from '../../models/dashboards.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Chip } from '../parts/glyph.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { hrefOf } from '../state/store.ts';
import type { ViewProps } from '../view-props.ts';
import { Dashboard } from './dashboard.tsx';
import './dashboards.css';

/** All dashboards, or the one that the address names. */
export function Dashboards({ models, item }: ViewProps) {
  const { dashboards, alarms } = models.sections;
  const byArn = useMemo(() => new Map(alarms.map((alarm) => [alarm.arn, alarm])), [alarms]);
  const open = item === undefined ? undefined : dashboardOfItem(dashboards, item);
  if (open) return <Dashboard key={dashboardItem(open)} models={models} dashboard={open} alarms={byArn} />;
  return (
    <>
      {item !== undefined && (
        <Empty>
          No dashboard <Name>{item}</Name> is there at this time. These are:
        </Empty>
      )}
      <List models={models} byArn={byArn} />
    </>
  );
}

function List({ models, byArn }: { readonly models: Snapshot; readonly byArn: ReadonlyMap<string, AlarmModel> }) {
  const { dashboards } = models.sections;
  const rows = useMemo(
    () =>
      dashboards
        .map((dashboard) => ({ dashboard, counts: dashboardAlarms(dashboard, byArn) }))
        .sort(
          ({ counts: one }, { counts: other }) => other.inAlarm - one.inAlarm || other.withoutData - one.withoutData,
        ),
    [dashboards, byArn],
  );
  return (
    <>
      <Title>{dashboardsFinding(rows.map(({ counts }) => counts))}</Title>
      {rows.length === 0 ? (
        <Empty>
          No dashboard is deployed at this time. `AWS::CloudWatch::Dashboard` in a template of the assembly makes one.
        </Empty>
      ) : (
        <div class="grid-table dashboard-list" role="table" aria-label="Dashboards" aria-rowcount={rows.length + 1}>
          <div role="rowgroup">
            <div class="grid-row head" role="row">
              <span role="columnheader">Alarms</span>
              <span role="columnheader">Dashboard</span>
              <span role="columnheader" class="wide-only">
                Account
              </span>
              <span role="columnheader" class="number">
                Widgets
              </span>
            </div>
          </div>
          <VirtualList
            count={rows.length}
            rowHeight={32}
            row={(index) => {
              const row = rows[index];
              return row && <Row {...row} index={index + 2} />;
            }}
          />
        </div>
      )}
    </>
  );
}

function Row({
  dashboard,
  counts: { shown, inAlarm, withoutData },
  index,
}: {
  readonly dashboard: Snapshot['sections']['dashboards'][number];
  readonly counts: ReturnType<typeof dashboardAlarms>;
  readonly index: number;
}) {
  return (
    <div class="grid-row" role="row" aria-rowindex={index}>
      <span role="cell">
        {inAlarm > 0 && <Chip state="failed">{`${inAlarm} of ${shown} in alarm`}</Chip>}
        {inAlarm === 0 && withoutData > 0 && <Chip state="waiting">{`${withoutData} of ${shown} without data`}</Chip>}
        {inAlarm + withoutData === 0 && shown > 0 && <Chip state="succeeded">{`${shown} OK`}</Chip>}
        {shown === 0 && <span class="quiet">none</span>}
      </span>
      <span role="cell" class="cell-name">
        <a data-row href={hrefOf({ name: 'dashboards', item: dashboardItem(dashboard) })}>
          <Name>{dashboard.name}</Name>
        </a>
      </span>
      <span role="cell" class="code wide-only">
        {dashboard.account}
      </span>
      <span role="cell" class="number" title={countOf(widgetsOf(dashboard).length, 'widget')}>
        {widgetsOf(dashboard).length}
      </span>
    </div>
  );
}
