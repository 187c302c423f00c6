import type { ComponentChildren } from 'preact';
import type { Placed } from '../../chart/dashboards/grid.ts';
import type { StyledLine } from '../../chart/dashboards/styled-lines.ts';
import { sparkPath } from '../../chart/dashboards/spark-path.ts';
import { lastText } from '../../chart/dashboards/widget-words.ts';
import { Name } from '../parts/name.tsx';

const box = { width: 96, height: 20 };

export interface SingleValuesProps {
  readonly widget: Placed;
  readonly lines: readonly StyledLine[];
  readonly table: ComponentChildren;
}

/** The last value of each line, with a small line of the others if the body wants one. */
export function SingleValues({ widget, lines, table }: SingleValuesProps) {
  const hasSparkline = widget.properties['sparkline'] === true;
  return (
    <>
      <dl class="single-values">
        {lines.map((line, index) => (
          <div key={index}>
            <dt>
              <Name>{line.label}</Name>
            </dt>
            <dd>
              <strong>{lastText(line.line)}</strong>
              {hasSparkline && line.line.values.length > 1 && (
                <svg viewBox={`-1 -2 ${box.width + 2} ${box.height + 4}`} width="96" height="24" aria-hidden="true">
                  <path d={sparkPath(line.line.places, line.line.values, box)} />
                </svg>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {table}
    </>
  );
}
