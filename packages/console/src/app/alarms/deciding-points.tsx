import { clockText } from '../../chart/time-text.ts';
import { type AlarmModel, lastState } from '../../models/alarms.ts';

const box = { width: 352, height: 84 };

/** The data points that CloudWatch names as the reason of the state, against the threshold. */
export function DecidingPoints({ alarm }: { readonly alarm: AlarmModel }) {
  const { rule } = alarm;
  const points = lastState(alarm)?.points ?? [];
  if (rule.kind !== 'metric') return null;
  if (points.length === 0) return <p>CloudWatch names no data point as the reason of this state.</p>;
  const most = points.reduce((all, [, value]) => Math.max(all, value), Math.max(0, rule.threshold)) * 1.15 || 1;
  const least = points.reduce((all, [, value]) => Math.min(all, value), Math.min(0, rule.threshold));
  const y = (value: number): number => box.height - ((value - least) / (most - least)) * box.height;
  const step = box.width / points.length;
  const width = Math.min(28, step * 0.6);
  const said = points.map(([at, value]) => `${value} at ${clockText(at)}`).join(', ');
  return (
    <svg
      class="deciding"
      viewBox={`0 -14 ${box.width} ${box.height + 30}`}
      role="img"
      aria-label={`${said} UTC, threshold ${rule.threshold}`}
    >
      {points.map(([at, value], index) => {
        const x = (index + 0.5) * step;
        return (
          <g key={at}>
            <rect
              x={x - width / 2}
              width={width}
              y={Math.min(y(value), y(0))}
              height={Math.max(1, Math.abs(y(value) - y(0)))}
            />
            <text x={x} y={y(value) - 4} class="value">
              {Number(value.toPrecision(4))}
            </text>
            {(points.length < 7 || index === 0 || index === points.length - 1) && (
              <text x={x} y={box.height + 13}>
                {clockText(at).slice(0, 5)}
              </text>
            )}
          </g>
        );
      })}
      <path class="threshold" d={`M0 ${y(rule.threshold)}h${box.width}`} />
      <text class="threshold-text" x="0" y={y(rule.threshold) - 4}>
        threshold {rule.threshold}
      </text>
    </svg>
  );
}
