import type { RunViewProps, ViewName, ViewProps } from '../view-props.ts';
import { type LateView, lateView } from './late-view.tsx';

/** All views, each in a file of its own that the server has. */
export const lateViews: Readonly<Record<ViewName, LateView<ViewProps>>> & { readonly run: LateView<RunViewProps> } = {
  now: lateView(async () => (await import('../now/now.tsx')).Now),
  organization: lateView(async () => (await import('../organization/organization.tsx')).Organization),
  runs: lateView(async () => (await import('../runs/runs.tsx')).Runs),
  run: lateView(async () => (await import('../run/run.tsx')).Run),
  dashboards: lateView(async () => (await import('../dashboards/dashboards.tsx')).Dashboards),
  alarms: lateView(async () => (await import('../alarms/alarms.tsx')).Alarms),
  permissions: lateView(async () => (await import('../permissions/permissions.tsx')).Permissions),
  result: lateView(async () => (await import('../result/result.tsx')).Result),
  gamedays: lateView(async () => (await import('../game-days/game-days.tsx')).GameDays),
  import: lateView(async () => (await import('../import/import.tsx')).Import),
};

/**
 * Asks for the code of a view now, and for that of the others once the page has nothing to do: a click does not wait for it
 * then, and it is there after the server is gone.
 */
export async function wantViews(first: keyof typeof lateViews): Promise<void> {
  await lateViews[first].want();
  for (const { want } of Object.values(lateViews)) {
    await idle();
    await want();
  }
}

/** Milliseconds after which the code of a view is asked for even by a page that has a lot to do. */
const patience = 2_000;

const idle = (): Promise<unknown> =>
  new Promise((resolve) => {
    // Safari does not have it.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: patience });
    else setTimeout(resolve);
  });
