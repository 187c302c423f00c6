import { useMemo } from 'preact/hooks';
import { notesOf } from '../../chart/dashboards/annotations.ts';
import { valueAxes } from '../../chart/dashboards/axis-range.ts';
import type { Drawing } from '../../chart/dashboards/drawing.ts';
import { lineColumns, stacked } from '../../chart/dashboards/line-columns.ts';
import { fieldsIn, textIn } from '../../chart/dashboards/read-body.ts';
import { chartSentence, emptySentence, rangeText } from '../../chart/dashboards/widget-words.ts';
import type { Placed } from '../../chart/dashboards/grid.ts';
import { styledLines } from '../../chart/dashboards/styled-lines.ts';
import type { AlarmModel } from '../../models/alarms.ts';
import type { WidgetAnswer } from '../../models/metric-answers.ts';
import { address, replace } from '../state/store.ts';
import { LineLegend } from './legend.tsx';
import { Plot } from './plot.tsx';
import { alarmLevels } from '../../chart/dashboards/alarm-levels.ts';
import { Shares } from './shares.tsx';
import { SingleValues } from './single-values.tsx';
import { ValueTable } from './value-table.tsx';

export interface MetricWidgetProps {
  readonly widget: Placed;
  readonly title: string;
  readonly answer: WidgetAnswer;
  readonly from: number;
  readonly to: number;
  /** The time of the strip; infinite for the newest. */
  readonly at: number;
  readonly alarms: ReadonlyMap<string, AlarmModel>;
}

/** Moves the strip, and everything with it, to a time. */
function showTime(at: number): void {
  replace({ ...address.value, at });
}

/** Values of a metric widget in the view of the body, and as a table. */
export function MetricWidget({ widget, title, answer, from, to, at, alarms }: MetricWidgetProps) {
  const { properties } = widget;
  const view = textIn(properties['view']) ?? 'timeSeries';
  const lines = useMemo(() => styledLines(widget, answer), [widget, answer]);
  const columns = useMemo(() => {
    const plain = lineColumns(answer);
    return properties['stacked'] === true ? stacked(plain) : plain;
  }, [properties, answer]);
  const notes = useMemo(() => {
    const { levels, times } = notesOf(widget);
    return { times, levels: [...levels, ...alarmLevels(widget, alarms)] };
  }, [widget, alarms]);
  const axes = useMemo(() => valueAxes(widget, lines, columns, notes.levels), [widget, lines, columns, notes]);
  const drawing = useMemo(
    (): Drawing => ({ from, to, lines, columns, axes, ...notes }),
    [from, to, lines, columns, axes, notes],
  );
  const empty = emptySentence(answer, rangeText(from, to));
  if (empty !== undefined) return <p class="no-values">{empty}</p>;
  const legend = textIn(fieldsIn(properties['legend'])['position']) ?? 'bottom';
  const heads = axes.flatMap(({ side, head }) => (head === '' ? [] : [{ side, head }]));
  const table = <ValueTable title={title} answer={answer} lines={lines} onTime={showTime} isOpen={view === 'table'} />;
  if (view === 'singleValue') return <SingleValues widget={widget} lines={lines} table={table} />;
  if (view === 'table') return table;
  if (view !== 'timeSeries') return <Shares view={view} widget={widget} lines={lines} table={table} />;
  return (
    <div class={`chart-box legend-${legend}`}>
      <div class="chart" role="img" aria-label={chartSentence(title, answer, rangeText(from, to))}>
        {heads.length > 0 && (
          <p class="axis-heads" aria-hidden="true">
            {heads.map(({ side, head }) => (
              <span key={side} class={side}>
                {head}
              </span>
            ))}
          </p>
        )}
        <Plot drawing={drawing} at={at} onTime={showTime} />
      </div>
      {legend !== 'hidden' && <LineLegend lines={lines} />}
      {table}
    </div>
  );
}
