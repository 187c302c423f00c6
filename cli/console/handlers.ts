import type { Handlers } from '@crosswind/console/server/handlers';
import { eventAnswer } from './answers/event.ts';
import { clockAction } from './actions/clock.ts';
import { redriveAction, startAction, stopAction } from './actions/executions.ts';
import { breakAction, breakAnswer, fixAction } from './actions/permissions.ts';
import { startableAnswer } from './answers/startable.ts';
import { importComparisonAnswer, importGraphAnswer } from './answers/import.ts';
import { metricsKind } from './answers/metric-answers.ts';
import { metricsHandler } from './answers/metrics.ts';
import { gamedayAction } from './actions/gameday.ts';
import { mapAnswer } from './answers/map.ts';
import { resultAnswer } from './answers/result.ts';
import type { ConsoleContext } from './console-context.ts';

/** Questions that a served page may ask, by kind. */
export const answersOf = (context: ConsoleContext): Handlers => ({
  event: eventAnswer(context),
  startable: startableAnswer(context),
  'break-permission': breakAnswer(context),
  'import-comparison': importComparisonAnswer,
  'import-graph': importGraphAnswer,
  [metricsKind]: metricsHandler(context),
  map: mapAnswer,
  result: resultAnswer(context),
});

/** Actions that a served page may take, by kind. */
export const actionsOf = (context: ConsoleContext): Handlers => ({
  clock: clockAction(context),
  start: startAction(context),
  stop: stopAction(context),
  redrive: redriveAction(context),
  'break-permission': breakAction(context),
  'fix-permission': fixAction(context),
  gameday: gamedayAction(context),
});
