import type { AnswerModel } from '../src/models/answers.ts';
import type { AlarmModel } from '../src/models/alarms.ts';
import type { BodyFields } from '../src/models/dashboards.ts';
import { type WidgetLine, type WidgetQuestion, wholeRange } from '../src/models/metric-answers.ts';
import { noSections } from '../src/models/sections.ts';
import type { RunSource } from '../src/server/source.ts';
import { start, stuckRun } from './stuck-run.ts';

export const account = '222222222222';

/** A widget of a body with the lines that GetMetricData answers; a metric widget without lines has no data. */
export interface GivenWidget {
  readonly widget: BodyFields & { readonly type: string; readonly properties: BodyFields };
  readonly lines?: readonly WidgetLine[];
  readonly problem?: string;
}

export const lineOf = (label: string, given: Partial<WidgetLine> = {}): WidgetLine => ({
  ...{ row: 0, label, periodSeconds: 300, unit: 'Count', status: 'Complete' },
  ...{ places: [1, 2, 4], values: [1, 3, 2] },
  ...given,
});

/** The stuck run with a dashboard and alarms. */
export function metricsRun(
  widgets: readonly GivenWidget[],
  alarms: readonly AlarmModel[] = [],
  name = 'crosswind-wind-speed',
): RunSource {
  const run = stuckRun();
  const range = wholeRange(start, run.at);
  const answers = widgets.flatMap(({ widget, lines = [], problem = null }, index): readonly AnswerModel[] => {
    if (widget.type !== 'metric') return [];
    const question: WidgetQuestion = { account, dashboard: name, widget: index, ...range };
    const answer = { ...range, lines, problem };
    return [{ kind: 'metrics', question: JSON.stringify(question), answer }];
  });
  const dashboards =
    widgets.length === 0
      ? []
      : [
          {
            ...{ name, account, region: 'us-east-1', createdAt: start - 600_000 },
            body: { widgets: widgets.map(({ widget }) => widget) },
          },
        ];
  return { ...run, sections: { ...noSections, dashboards, alarms }, answers };
}
