import type { FunctionModel } from '@crosswind/sandbox/lambda/modelled-functions';

export interface WordCountModelsProps {
  readonly seed: number;
  /** Share of the batches that crash, 0 to 1. */
  readonly failRate: number;
}

/** Models of both functions, by the name of the state that invokes them: 1 ms for each text. */
export function wordCountModels({ seed, failRate }: WordCountModelsProps): Readonly<Record<string, FunctionModel>> {
  const coldStartMilliseconds = 500;
  let objects = 0;
  return {
    'Count a batch': {
      coldStartMilliseconds,
      invoke(event, { number }) {
        const { Items } = event as unknown as { readonly Items: readonly unknown[] };
        const chance = drawn(seed, number);
        const requests = { get: Items.length, put: 0, list: 0 };
        const milliseconds = Items.length * (0.5 + drawn(seed + 1, number));
        if (chance < failRate) {
          return { milliseconds, requests, result: { errorType: 'Runtime.ExitError', errorMessage: 'modelled crash' } };
        }
        objects += Items.length;
        return { milliseconds, requests, result: { payload: { objects: Items.length, words: 0 } } };
      },
    },
    'Sum the counts': {
      coldStartMilliseconds,
      invoke: () => ({
        milliseconds: 100,
        requests: { get: 2, put: 1, list: 0 },
        result: { payload: { objects, words: 0 } },
      }),
    },
  };
}

/** A number from 0 to 1 that follows from the seed and the count of the draw alone. */
function drawn(seed: number, count: number): number {
  const wave = Math.sin(seed * 12.9898 + count * 78.233) * 43_758.5453;
  return wave - Math.floor(wave);
}
