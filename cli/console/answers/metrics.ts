import { z } from 'zod';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { type Handler, Refused } from '@crosswind/console/server/handlers';
import type { MetricsAnswer, MetricsQuestion } from '@crosswind/console/server/snapshot';
import { readMetricData } from '@crosswind/sandbox/sandbox';
import type { ConsoleContext } from '../console-context.ts';
import { alarmProperties, type WidgetRequest, widgetRequests } from './widget-queries.ts';

const question = z.strictObject({
  account: z.string(),
  dashboard: z.string(),
  widget: z.int().min(0),
  from: z.int(),
  to: z.int(),
});

/** Answers a question for the values of a widget. */
export function metricsHandler({ sandbox }: Pick<ConsoleContext, 'sandbox'>): Handler {
  return (asked) => {
    const parsed = question.safeParse(asked);
    if (!parsed.success) {
      const [{ path, message } = { path: [], message: '' }] = parsed.error.issues;
      throw new Refused(`a question for metrics: ${path.join('.') || 'the whole'}: ${message}`);
    }
    if (parsed.data.from >= parsed.data.to) throw new Refused('a question for metrics: expected from before to');
    return Promise.resolve(answerWidget(sandbox, parsed.data));
  };
}

/**
 * Values of a widget of a deployed dashboard, as GetMetricData answers its account.
 *
 * @throws Refused if there is no such widget, or none with metrics
 */
export function answerWidget(sandbox: ConsoleContext['sandbox'], asked: MetricsQuestion): MetricsAnswer {
  const { account, dashboard: name, widget: index, from, to } = asked;
  const dashboard = sandbox.observability.dashboards.find((each) => each.account === account && each.name === name);
  if (!dashboard) throw new Refused(`there is no dashboard ${name} in account ${account}`);
  const widget = objectOf(listOf(dashboard.properties['widgets'])[index]);
  if (widget['type'] !== 'metric') throw new Refused(`widget ${index} of the dashboard ${name} shows no metrics`);
  const properties = withAlarm(sandbox, objectOf(widget['properties']), dashboard);
  const keepsPeriods = dashboard.properties['periodOverride'] === 'inherit';
  const wanted = widgetRequests({ properties, region: dashboard.region, keepsPeriods, from, to });
  const answers = wanted.requests.map((each) => linesOf(sandbox, account, each, wanted.from));
  return {
    from: wanted.from,
    to,
    lines: answers.flatMap(({ lines }) => lines).sort((one, other) => one.row - other.row),
    problem: answers.flatMap(({ problem }) => problem ?? [])[0] ?? null,
  };
}

/** A widget with the annotation of an alarm shows the metric of that alarm ("annotations", `alarms`). */
function withAlarm(
  { cloudWatch }: ConsoleContext['sandbox'],
  properties: JsonObject,
  { account, region }: { readonly account: string; readonly region: string },
): JsonObject {
  const [arn] = listOf(objectOf(properties['annotations'])['alarms']);
  if (arn === undefined || properties['metrics'] !== undefined) return properties;
  const alarm = cloudWatch.alarms.all.find((each) => each.arn === arn);
  if (alarm?.account !== account) throw new Refused(`there is no alarm ${textOf(arn)} in account ${account}`);
  return { ...properties, ...alarmProperties(alarm.properties, alarm.region || region) };
}

interface Lines {
  readonly lines: MetricsAnswer['lines'];
  readonly problem: string | null;
}

function linesOf(
  sandbox: ConsoleContext['sandbox'],
  account: string,
  { region, request, rows }: WidgetRequest,
  from: number,
): Lines {
  const read = readMetricData(sandbox, { account, region }, request);
  if (!read.ok) return { lines: [], problem: read.problem };
  const lines = read.results.flatMap(({ Id, Label, Timestamps, Values, StatusCode }) => {
    const found = rows.get(textOf(Id));
    if (!found) return [];
    const { row, periodSeconds } = found;
    return [
      {
        ...{ row, periodSeconds, label: textOf(Label), status: textOf(StatusCode) },
        unit: read.units.get(textOf(Id)) ?? null,
        places: listOf(Timestamps).map((seconds) => (Number(seconds) - from / 1_000) / periodSeconds),
        values: listOf(Values).map(Number),
      },
    ];
  });
  return { lines, problem: null };
}
