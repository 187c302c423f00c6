import { Alarms } from './alarms/alarms.tsx';
import { Dashboards } from './dashboards/dashboards.tsx';
import { GameDays } from './game-days/game-days.tsx';
import { Import } from './import/import.tsx';
import { Now } from './now/now.tsx';
import { Organization } from './organization/organization.tsx';
import { Permissions } from './permissions/permissions.tsx';
import { Result } from './result/result.tsx';
import { Run } from './run/run.tsx';
import { Runs } from './runs/runs.tsx';
import type { DrawnViews } from './view-props.ts';

/** All views, for a page that has nothing to load them from. */
export const allViews: DrawnViews = {
  now: Now,
  organization: Organization,
  runs: Runs,
  run: Run,
  dashboards: Dashboards,
  alarms: Alarms,
  permissions: Permissions,
  result: Result,
  gamedays: GameDays,
  import: Import,
};
