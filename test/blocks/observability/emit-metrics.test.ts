import { afterEach, describe, expect, test, vi } from 'vitest';
import { emitter } from '../../../blocks/observability/emit-metrics.ts';
import { emittedEnvironment } from '../../../blocks/observability/own-metrics.ts';

const metrics = { Orders: 'Count', Bytes: 'Bytes' } as const;

function linesOf(
  dimensions: Readonly<Record<string, string | undefined>>,
  use: (emit: ReturnType<typeof emitter<typeof metrics>>) => void,
) {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  use(emitter(metrics, emittedEnvironment({ metrics, dimensions })));
  return written.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('own metrics', () => {
  test('are a line of the log, with the dimensions of the function and no other', () => {
    const [line, ...others] = linesOf({ Tenant: 'orders', Wave: 'dev' }, (emit) => {
      emit({ Orders: 0, Bytes: 512 });
    });
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Crosswind',
            Dimensions: [['Tenant', 'Wave']],
            Metrics: [
              { Name: 'Orders', Unit: 'Count' },
              { Name: 'Bytes', Unit: 'Bytes' },
            ],
          },
        ],
      },
      ...{ Tenant: 'orders', Wave: 'dev', Orders: 0, Bytes: 512 },
    });
  });

  test('may have dimensions that only the function knows, line by line', () => {
    const lines = linesOf({ Tenant: undefined }, (emit) => {
      emit({ Orders: 1 }, { Tenant: 'one' });
      emit({ Orders: 2 }, { Tenant: 'two' });
    });
    expect(lines.map(({ Tenant, Orders }) => [Tenant, Orders])).toEqual([
      ['one', 1],
      ['two', 2],
    ]);
  });

  test('cost nothing where there is nothing to say', () => {
    expect(
      linesOf({ Tenant: 'orders' }, (emit) => {
        emit({ Orders: undefined });
        emit({});
      }),
    ).toEqual([]);
  });
});
