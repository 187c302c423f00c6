import type { GameDay } from '../../../blocks/game-day.ts';
import { type JsonObject, textOf } from '@crosswind/aws/json';
import { weather } from './weather.ts';

const withConcurrency =
  (batches: number) =>
  ({ DefinitionString: definition }: JsonObject): JsonObject => ({
    DefinitionString: textOf(definition).replace(/"MaxConcurrency":\d+/, `"MaxConcurrency":${batches}`),
  });

/** Batches take all that the account may run, for longer than a burst. */
export const lambdaConcurrency: GameDay = {
  name: 'lambda-concurrency',
  title:
    'somebody has raised the concurrency of the run by hand, and slow batches use the whole account for ten minutes',
  fix: 'deploy the stack again: it leaves a fifth of the concurrency free',
  steps: [
    { minute: 0, does: weather({ objects: 285 }) },
    {
      minute: 0,
      does: {
        kind: 'disturb',
        in: { stage: 'child' },
        path: 'Child/Analyze/Resource',
        with: { kind: 'invocation-add-delay', seconds: 45 },
      },
    },
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'child' },
        path: 'Child/Workflow/Resource',
        properties: withConcurrency(19),
        title: 'the run may use nearly all of the concurrency',
      },
    },
    { minute: 1, does: { kind: 'start', input: { batchSize: 1 } } },
  ],
  faultAt: 1,
  minutes: 40,
  raises: [{ alarm: { account: 'child', signal: 'lambda-concurrency' }, fires: [10, 10], clears: [12, 13] }],
  because: 'capacity-nearly-used',
};
