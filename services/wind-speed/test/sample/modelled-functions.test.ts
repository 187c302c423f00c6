import { describe, expect, test } from 'vitest';
import { partialPointer } from '../../functions/partial-pointer.ts';
import { convertEvent } from '../../functions/convert.ts';
import { windSpeedModels, type WindSpeedModelsProps } from '../../sample/modelled-functions.ts';
import { modelledObjects } from '../../sample/modelled-objects.ts';

const batchOf = (objects: number, first = 0) => ({
  Items: [...modelledObjects({ objects: first + objects, seed: 1 })]
    .slice(first)
    .map(({ key }) => ({ Key: `gsod/${key}` })),
  BatchInput: { execution: 'run' },
  batch: `batch-${first}`,
});

const invoked = (
  { state = 'Analyze a batch', number = 1, memoryMegabytes = 2_048, event = batchOf(500) as unknown },
  props: Partial<WindSpeedModelsProps> = {},
) => {
  const model = windSpeedModels({ seed: 1, failRate: 0, ...props })[state];
  if (!model) throw new Error(`no model of ${state}`);
  return model.invoke(event, { number, memoryMegabytes });
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const many = Array.from({ length: 400 }, (_, number) => number);

describe('modelled functions', () => {
  test('answer what the next function reads, and count what the batches held', () => {
    const models = windSpeedModels({ seed: 1, failRate: 0 });
    const answer = (state: string, event: unknown) => {
      const { result } = models[state]?.invoke(event, { number: 1, memoryMegabytes: 1_024 }) ?? {};
      if (!result || !('payload' in result)) throw new Error(`${state} failed`);
      return result.payload;
    };
    const pointer = partialPointer.parse(answer('Analyze a batch', batchOf(500)));
    expect(pointer).toMatchObject({ partial: 'partials/run/batch-0.ndjson', years: [2025], objects: 500, failed: 0 });
    answer('Analyze a batch', batchOf(100, 400));
    const consolidated = answer('Consolidate batches', { execution: 'run' });
    expect(consolidated).toMatchObject({ objects: 600, batches: 2, stations: 500 });
    expect(convertEvent.parse({ execution: 'run', ...consolidated })).toEqual({
      execution: 'run',
      consolidated: 'executions/run/consolidated.ndjson',
    });
    expect(answer('Convert to miles per hour', { execution: 'run' })).toMatchObject({ objects: 600, meanMph: null });
  });

  test('take longer for more objects and with less memory, around what was measured', () => {
    const usual = (objects: number, memoryMegabytes: number): number => {
      const event = batchOf(objects);
      return median(many.map((number) => invoked({ number, memoryMegabytes, event }).milliseconds));
    };
    // 20 ms and 1.26 ms for each object; 1,769 MB are a core, 1,024 MB are 1 / 1.73 of it.
    expect(usual(500, 2_048) / 650).toBeCloseTo(1, 1);
    expect(usual(500, 1_024) / (650 * 1.7275)).toBeCloseTo(1, 1);
    expect(usual(100, 2_048) / 146).toBeCloseTo(1, 1);
  });

  test('take other times in every invocation, and the same for the same seed', () => {
    const times = (seed: number) => many.map((number) => invoked({ number }, { seed }).milliseconds);
    expect(times(1)).toEqual(times(1));
    expect(times(1)).not.toEqual(times(2));
    expect(new Set(times(1)).size).toBe(many.length);
    const near = times(1).filter((time) => Math.abs(Math.log(time / 650)) < 0.15).length;
    expect(near / many.length).toBeGreaterThan(0.6);
    expect(near / many.length).toBeLessThan(0.76);
  });

  test('crash at the rate that is asked for, and ask S3 for every object', () => {
    const crashed = many.filter((number) => 'errorType' in invoked({ number }, { failRate: 0.25 }).result).length;
    expect(crashed / many.length).toBeGreaterThan(0.18);
    expect(crashed / many.length).toBeLessThan(0.32);
    expect(invoked({}).requests).toEqual({ get: 500, put: 1, list: 0 });
    const consolidate = { state: 'Consolidate batches', event: { execution: 'run' } };
    expect(invoked(consolidate, { failRate: 1 }).result).toHaveProperty('payload');
  });
});

describe('modelled objects', () => {
  test('have keys of their own in order, and the sizes of NOAA’s', () => {
    const objects = [...modelledObjects({ objects: 30_000, seed: 1 })];
    const keys = objects.map(({ key }) => key);
    expect(new Set(keys).size).toBe(30_000);
    expect(keys).toEqual(keys.toSorted());
    expect([keys[0]?.slice(0, 5), keys.at(-1)?.slice(0, 5)]).toEqual(['2023/', '2025/']);
    expect(keys.every((key) => /^\d{4}\/\d{11}\.csv$/.test(key))).toBe(true);
    const mean = objects.reduce((sum, { bytes }) => sum + bytes, 0) / objects.length;
    expect(mean / 66_500).toBeCloseTo(1, 1);
    const [other] = modelledObjects({ objects: 1, seed: 2 });
    expect(other?.bytes).not.toBe(objects[0]?.bytes);
  });
});
