import type { ComponentChildren } from 'preact';
import type { Placed } from '../../chart/dashboards/grid.ts';
import { fieldsIn, numberIn } from '../../chart/dashboards/read-body.ts';
import { ringPath } from '../../chart/dashboards/spark-path.ts';
import { paintOf, type StyledLine } from '../../chart/dashboards/styled-lines.ts';
import { valueText } from '../../chart/dashboards/value-text.ts';
import { lastText } from '../../chart/dashboards/widget-words.ts';
import { Name } from '../parts/name.tsx';
import { LineLegend } from './legend.tsx';

export interface SharesProps {
  readonly view: string;
  readonly widget: Placed;
  readonly lines: readonly StyledLine[];
  readonly table: ComponentChildren;
}

const last = ({ line }: StyledLine): number => line.values.at(-1) ?? 0;

/** The last values of lines as bars, as parts of a ring, or on gauges. */
export function Shares({ view, widget, lines, table }: SharesProps) {
  const { min = 0, max = 100 } = fieldsIn(fieldsIn(widget.properties['yAxis'])['left']);
  return (
    <>
      {view === 'bar' && <Bars lines={lines} />}
      {view === 'pie' && <Pie lines={lines} />}
      {view === 'gauge' && <Gauges lines={lines} min={numberIn(min) ?? 0} max={numberIn(max) ?? 100} />}
      {table}
    </>
  );
}

function Bars({ lines }: { readonly lines: readonly StyledLine[] }) {
  const most = lines.reduce((all, line) => Math.max(all, last(line)), 0);
  return (
    <ul class="bars">
      {lines.map((line, index) => (
        <li key={index}>
          <Name>{line.label}</Name> <span class="code">{lastText(line.line)}</span>
          <span class="bar-fill" aria-hidden="true">
            <span
              class="painted"
              style={{ ...paintOf(line), width: `${(100 * Math.max(0, last(line))) / (most || 1)}%` }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Pie({ lines }: { readonly lines: readonly StyledLine[] }) {
  const whole = lines.reduce((sum, line) => sum + Math.max(0, last(line)), 0);
  let from = 0;
  return (
    <div class="pie">
      <svg viewBox="-50 -50 100 100" aria-hidden="true">
        {lines.map((line, index) => {
          const share = whole === 0 ? 0 : Math.max(0, last(line)) / whole;
          const path = ringPath(34, from, from + share);
          from += share;
          return <path key={index} class="ring painted" d={path} style={paintOf(line)} />;
        })}
      </svg>
      <LineLegend lines={lines} />
    </div>
  );
}

function Gauges({
  lines,
  min,
  max,
}: {
  readonly lines: readonly StyledLine[];
  readonly min: number;
  readonly max: number;
}) {
  return (
    <ul class="gauges">
      {lines.map((line, index) => {
        const share = Math.min(1, Math.max(0, (last(line) - min) / (max - min || 1)));
        return (
          <li key={index}>
            <svg viewBox="-50 -50 100 56" aria-hidden="true">
              <path class="ring rest" d={ringPath(38, -0.25, 0.25)} />
              {share > 0 && (
                <path class="ring painted" d={ringPath(38, -0.25, -0.25 + share / 2)} style={paintOf(line)} />
              )}
            </svg>
            <strong>{lastText(line.line)}</strong> <Name>{line.label}</Name>
            <span class="quiet">
              from {valueText(min, line.line.unit)} to {valueText(max, line.line.unit)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
