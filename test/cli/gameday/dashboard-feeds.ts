import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { Recording } from '@crosswind/sandbox/sandbox';
import { metricText, type Series, shows } from '../../../policies/metrics/series.ts';
import { metricsOfDashboard } from '../../../policies/metrics/watched-metric.ts';

/** A metric of a dashboard in words, and the game day that feeds it. */
export interface Feed {
  readonly dashboard: string;
  readonly metric: string;
  /** @default - none does */
  readonly game?: string;
}

interface Played {
  readonly name: string;
  readonly recording: Recording;
}

/** Each metric of each dashboard, with the first game day with a value of it; one that is not 0, if there is one. */
export function dashboardFeeds(stacks: readonly Stack[], played: readonly Played[]): readonly Feed[] {
  const games = played.map(({ name, recording }) => ({ name, ...seriesIn(recording) }));
  return stacks.flatMap((stack) =>
    stack.resources.filter(isDashboard).flatMap((resource) => {
      const metrics = new Map(metricsOfDashboard(resource, stack).map((metric) => [metricText(metric), metric]));
      return [...metrics].map(([text, metric]) => {
        const game =
          games.find(({ moving }) => moving.some((series) => shows(metric, series))) ??
          games.find(({ all }) => all.some((series) => shows(metric, series)));
        return { dashboard: resource.name, metric: text, ...(game && { game: game.name }) };
      });
    }),
  );
}

const isDashboard = ({ type }: Resource): boolean => type === 'AWS::CloudWatch::Dashboard';

function seriesIn({ metrics, minutes }: Recording): {
  readonly all: readonly Series[];
  readonly moving: readonly Series[];
} {
  const all = metrics.map(({ account, region, metric }) => ({ account, region, ...metric }));
  const moved = new Set(
    minutes.flatMap(({ values }) => values.filter(([, , value]) => value !== 0).map(([index]) => index)),
  );
  return { all, moving: all.filter((_, index) => moved.has(index)) };
}

/** Metrics of dashboards that no game day feeds, with the reason. One that is fed must go. */
export const unfedMetrics: ReadonlyMap<string, string> = new Map(
  ['ApproximateOpenMapRunCount', 'OpenMapRunLimit', 'ApproximateMapRunBacklogSize'].map((name) => [
    `AWS/States ${name} in 333333333333 us-east-1`,
    'no workflow of that account has a Distributed Map; a dashboard draws the account of every stage',
  ]),
);

/** The list as a document, as Prettier writes it. */
export function feedsDocument(feeds: readonly Feed[]): string {
  const dashboards = [...new Set(feeds.map(({ dashboard }) => dashboard))];
  return [
    '# Metrics of dashboards',
    '',
    '<!-- Generated: `npx vitest run --project long proven-alarms -u`. -->',
    '',
    'Each metric of each dashboard of the platform of `gamedays.yaml`, and the first [game day](gamedays.md) that gives it a value. `*` stands for every account, or every value of a dimension.',
    ...dashboards.flatMap((dashboard) => [
      ...['', `## ${dashboard}`, ''],
      ...feeds.filter((feed) => feed.dashboard === dashboard).map((feed) => `- \`${feed.metric}\`: ${fedBy(feed)}`),
    ]),
    '',
  ].join('\n');

  function fedBy({ metric, game }: Feed): string {
    return game === undefined ? `no game day, because ${unfedMetrics.get(metric) ?? 'of no reason'}.` : `\`${game}\``;
  }
}
