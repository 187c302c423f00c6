import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { batchFigures, mapRunLabel, sortedBatches } from '../../chart/batch-figures.ts';
import { countOf, countText, durationText } from '../../chart/time-text.ts';
import { runView } from '../../models/address.ts';
import { type BatchColumns, batchRows } from '../../models/batches.ts';
import { stateOfStatus } from '../../models/states.ts';
import { Counted, FilterLinks } from '../parts/filter-links.tsx';
import { Chip, LabeledGlyph } from '../parts/glyph.tsx';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { PressButton } from '../parts/press-button.tsx';
import type { RunProps } from '../run/run-props.ts';
import { address, hrefOf } from '../state/store.ts';
import { BatchTable } from './batch-table.tsx';
import { Strip } from './strip.tsx';
import { percentText, Tolerated } from './tolerated.tsx';
import './batches.css';

/** Map Runs of the family, one at a time: how much of it failed, each batch, failures first. */
export function BatchesView({ models, family, asked }: RunProps) {
  const arns = new Set(family.map(({ arn }) => arn));
  const mapRuns = models.batches.filter(({ execution }) => arns.has(execution));
  const [first] = mapRuns;
  if (!first) return <Empty>No Map Run has begun at this time: only a Distributed Map has batches.</Empty>;
  const { view } = address.value;
  const label = view.name === 'run' ? view.mapRun : undefined;
  const shown = label === undefined ? first : mapRuns.find((each) => mapRunLabel(each, mapRuns) === label);
  return (
    <>
      {mapRuns.length > 1 && (
        <FilterLinks
          label="Map Runs"
          links={mapRuns.map((each) => ({
            href: hrefOf(runView(asked.arn, 'batches', mapRunLabel(each, mapRuns))),
            isCurrent: each === shown,
            children: (
              <>
                <LabeledGlyph state={stateOfStatus(each.status)} />
                <Counted word={<Name>{each.state}</Name>} count={each.total} />
              </>
            ),
          }))}
        />
      )}
      {shown ? (
        <MapRun key={shown.mapRunArn} columns={shown} now={models.at} />
      ) : (
        <Empty>No Map Run of this label has begun at this time: choose another one, or move the strip.</Empty>
      )}
    </>
  );
}

function MapRun({ columns, now }: { readonly columns: BatchColumns; readonly now: number }) {
  const isSlowestFirst = useSignal(false);
  const batches = batchRows(columns);
  const figures = useMemo(() => batchFigures(batches, now), [batches, now]);
  const rows = useMemo(() => sortedBatches(batches, isSlowestFirst.value, now), [batches, isSlowestFirst.value, now]);
  const { failed, failedPercent, together } = figures;
  const { toleratedPercent, maxConcurrency } = columns;
  const order = (isSlowest: boolean, label: string) => (
    <PressButton
      isPressed={isSlowestFirst.value === isSlowest}
      onPress={() => {
        isSlowestFirst.value = isSlowest;
      }}
    >
      {label}
    </PressButton>
  );
  return (
    <section class="map-run" aria-label={columns.state}>
      <h2>
        <Name>{columns.state}</Name>: {countOf(columns.total, 'batch', 'batches')}, {countText(failed)} failed{' '}
        <Chip state={stateOfStatus(columns.status)} />
      </h2>
      <p class="quiet">
        {durationText((columns.stoppedAt ?? now) - columns.startedAt)}, at most {countText(together)} at a time
        {maxConcurrency !== null && ` of ${countText(maxConcurrency)} that may run`}
        {toleratedPercent === null && `, ${percentText(failedPercent)} of the items are in batches that failed`}
        {columns.total > batches.length && `, ${countText(batches.length)} of the batches are in this file`}
      </p>
      {toleratedPercent !== null && <Tolerated {...{ failedPercent, toleratedPercent }} />}
      <Strip batches={batches} figures={figures} now={now} />
      <p class="tools">
        {order(false, 'Failures first')}
        {order(true, 'Slowest first')}
      </p>
      {rows.length === 0 ? (
        <Empty>No batch has begun yet.</Empty>
      ) : (
        <BatchTable rows={rows} columns={columns} now={now} />
      )}
    </section>
  );
}
