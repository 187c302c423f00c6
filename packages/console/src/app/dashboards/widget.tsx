import type { ComponentChild } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Placed } from '../../chart/dashboards/grid.ts';
import { alarmArnsOf, textIn } from '../../chart/dashboards/read-body.ts';
import { reasonNotDrawn } from '../../chart/dashboards/widget-words.ts';
import type { AlarmModel } from '../../models/alarms.ts';
import type { DashboardModel } from '../../models/dashboards.ts';
import { Name } from '../parts/name.tsx';
import { AlarmWidget } from './alarm-widget.tsx';
import { MetricWidget } from './metric-widget.tsx';
import { TextWidget } from './text-widget.tsx';
import { useWidgetAnswer } from './use-widget-answer.ts';
import { useSight } from './use-sight.ts';

export interface WidgetProps {
  readonly dashboard: DashboardModel;
  readonly widget: Placed;
  /** The range that is shown, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** The time of the strip; infinite for the newest. */
  readonly at: number;
  readonly alarms: ReadonlyMap<string, AlarmModel>;
}

/** A widget in its place of the grid. */
export function Widget(props: WidgetProps) {
  const { widget, dashboard, alarms } = props;
  const { x, y, width, height, type, properties } = widget;
  const title = textIn(properties['title']) ?? '';
  const reason = reasonNotDrawn(widget);
  const own = useMemo(() => alarms, [dashboard, ...alarmArnsOf(widget).map((arn) => alarms.get(arn))]);
  const place = {
    '--column': `${x + 1} / span ${width}`,
    '--row': `${y + 1} / span ${height}`,
    '--half': `span ${Math.min(12, Math.max(6, width))}`,
    '--height': height,
  };
  const isPlain = type === 'text' && properties['background'] === 'transparent';
  return (
    <section class={isPlain ? 'widget' : 'widget card'} style={place} aria-label={title === '' ? undefined : title}>
      {title !== '' && (
        <h2>
          <Name>{title}</Name>
        </h2>
      )}
      {reason !== undefined && <p class="no-values">{reason}</p>}
      {reason === undefined && type === 'text' && <TextWidget markdown={textIn(properties['markdown']) ?? ''} />}
      {reason === undefined && type === 'alarm' && <AlarmWidget widget={widget} alarms={own} />}
      {reason === undefined && type === 'metric' && <Values {...props} alarms={own} title={title} />}
    </section>
  );
}

/** Asks for the values of a widget as soon as it comes into sight, and says what it waits for. */
function Values({ dashboard, widget, from, to, at, alarms, title }: WidgetProps & { readonly title: string }) {
  const { ref, isSeen } = useSight();
  const { account, name } = dashboard;
  const question = { account, dashboard: name, widget: widget.index, from, to };
  const { answer, problem } = useWidgetAnswer(isSeen.value ? question : undefined).value;
  const drawn = useRef<ComponentChild>(null);
  // Out of sight, a chart stays as it was: the same element is not drawn again.
  if (answer && (isSeen.value || drawn.current === null))
    drawn.current = <MetricWidget {...{ widget, answer, from, to, at, alarms }} title={title || 'Metrics'} />;
  return (
    <div class="values" ref={(element) => void (ref.current = element)}>
      {problem !== undefined && (
        <p class="no-values" role="alert">
          {answer && 'These are older values. '}
          {problem}
        </p>
      )}
      {!answer && problem === undefined && <p class="no-values later">Asking for the values of this widget</p>}
      {drawn.current}
    </div>
  );
}
