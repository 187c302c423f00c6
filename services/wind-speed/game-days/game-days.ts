import type { GameDay } from '../../../blocks/game-day.ts';
import { childKilled } from './child-killed.ts';
import { childTimedOut } from './child-timed-out.ts';
import { edgeGames } from './edge-games.ts';
import { failingItems3 } from './failing-items-3.ts';
import { failingItems4 } from './failing-items-4.ts';
import { failingItems6 } from './failing-items-6.ts';
import { functionSwitchedOff } from './function-switched-off.ts';
import { importFailed } from './import-failed.ts';
import { importTimedOut } from './import-timed-out.ts';
import { keyDisabled } from './key-disabled.ts';
import { lambdaConcurrency } from './lambda-concurrency.ts';
import { lambdaThrottled } from './lambda-throttled.ts';
import { linkCut } from './link-cut.ts';
import { neighborTakesConcurrency } from './neighbor-takes-concurrency.ts';
import { neverStarted } from './never-started.ts';
import { outOfMemory } from './out-of-memory.ts';
import { parentTimedOut } from './parent-timed-out.ts';
import { poisonedObject } from './poisoned-object.ts';
import { probeDead } from './probe-dead.ts';
import { probeFails } from './probe-fails.ts';
import { probeIncomplete } from './probe-incomplete.ts';
import { quietDay } from './quiet-day.ts';
import { resultsDenied } from './results-denied.ts';
import { runStopped } from './run-stopped.ts';
import { scheduleDenied } from './schedule-denied.ts';
import { slow } from './slow.ts';
import { sourceEmpty } from './source-empty.ts';
import { startedTwice } from './started-twice.ts';
import { stopMissing } from './stop-missing.ts';
import { stuckParent } from './stuck-parent.ts';
import { stuckParentToItsEnd } from './stuck-parent-to-its-end.ts';
import { wrongExternalId } from './wrong-external-id.ts';

/** The game days of this workload. */
export const gameDays: readonly GameDay[] = [
  quietDay,
  stuckParent,
  stuckParentToItsEnd,
  stopMissing,
  wrongExternalId,
  childKilled,
  runStopped,
  childTimedOut,
  parentTimedOut,
  resultsDenied,
  keyDisabled,
  poisonedObject,
  failingItems3,
  failingItems4,
  failingItems6,
  sourceEmpty,
  outOfMemory,
  slow,
  lambdaThrottled,
  functionSwitchedOff,
  lambdaConcurrency,
  neighborTakesConcurrency,
  importFailed,
  importTimedOut,
  startedTwice,
  neverStarted,
  scheduleDenied,
  probeDead,
  probeFails,
  probeIncomplete,
  linkCut,
  ...edgeGames,
];
