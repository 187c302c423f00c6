import { useSignal } from '@preact/signals';
import type { StyledLine } from '../../chart/dashboards/styled-lines.ts';
import { clockText, dayText } from '../../chart/time-text.ts';
import { timeOfPlace, type WidgetAnswer } from '../../models/metric-answers.ts';
import { Name } from '../parts/name.tsx';

export interface ValueTableProps {
  readonly title: string;
  readonly answer: WidgetAnswer;
  readonly lines: readonly StyledLine[];
  /** Called with a time, in milliseconds since the epoch, that the strip should show. */
  readonly onTime: (at: number) => void;
  /** @default false */
  readonly isOpen?: boolean;
}

/** The values of a chart as GetMetricData has them, the newest first; each time moves the strip to it. */
export function ValueTable({ title, answer, lines, onTime, isOpen = false }: ValueTableProps) {
  const isShown = useSignal(isOpen);
  return (
    <details
      class="same-as-table"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        isShown.value = currentTarget.open;
      }}
    >
      <summary>Same as table</summary>
      {isShown.value && <Values title={title} answer={answer} lines={lines} onTime={onTime} />}
    </details>
  );
}

function Values({ title, answer, lines, onTime }: ValueTableProps) {
  const byTime = lines.map(
    ({ line }) =>
      new Map(line.places.map((place, index) => [timeOfPlace(answer.from, line, place), line.values[index]])),
  );
  const times = [...new Set(byTime.flatMap((each) => [...each.keys()]))].sort((one, other) => other - one);
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={`Values of ${title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Start of the period, UTC</th>
            {lines.map(({ label, line }, index) => (
              <th key={index} scope="col" class="number">
                <Name>{label}</Name>
                <span class="quiet">
                  {line.unit === null || line.unit === 'None' ? '' : ` ${line.unit}`}, {line.periodSeconds} s
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((time) => (
            <tr key={time} data-time={new Date(time).toISOString()}>
              <td>
                <button
                  type="button"
                  class="link code"
                  title="Show this time everywhere"
                  onClick={() => {
                    onTime(time);
                  }}
                >
                  {dayText(time)}, {clockText(time)}
                </button>
              </td>
              {byTime.map((values, index) => (
                <td key={index} class="number code">
                  {values.get(time) ?? <span class="quiet">none</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
