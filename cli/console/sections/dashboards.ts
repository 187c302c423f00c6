import type { RunSource } from '@crosswind/console/server/snapshot';
import type { ConsoleContext } from '../console-context.ts';
import type { SectionReader } from '../section-reader.ts';

type Dashboard = NonNullable<RunSource['sections']>['dashboards'][number];

/** Reads the dashboards of all accounts. CloudWatch replaces one on each change, so the first time of each is kept. */
export function dashboardsReader({ sandbox: { observability } }: ConsoleContext): SectionReader<'dashboards'> {
  const since = new Map<string, number>();
  let read: typeof observability.dashboards | undefined;
  let models: readonly Dashboard[] = [];
  return () => {
    if (read === observability.dashboards) return models;
    read = observability.dashboards;
    models = read.map(({ name, account, region, createdAt, properties }) => {
      const key = `${account}/${name}`;
      const first = since.get(key) ?? createdAt;
      since.set(key, first);
      return { name, account, region, createdAt: first, body: properties };
    });
    return models;
  };
}
