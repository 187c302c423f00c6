import { describe, expect, test } from 'vitest';
import { countMetric, place, watching } from './watching.ts';

/** Fires where the metric is silent for two minutes. */
const silence = { EvaluationPeriods: 2, TreatMissingData: 'breaching' } as const;
const warm = (minutes: number, lastsToItsEnd?: boolean) => ({
  WarmUpConfiguration: {
    WarmUpPeriodDurationInMinutes: minutes,
    ...(lastsToItsEnd !== undefined && { OnlyStartEvaluatingAfterWarmUpPeriodEnds: lastsToItsEnd }),
  },
});

describe('the warm-up period of an alarm', () => {
  test('keeps it quiet where there is no data yet, and ends after its minutes', () => {
    const { metricAlarm, pass, became, told } = watching();
    metricAlarm('cold', silence);
    metricAlarm('warm', { ...silence, ...warm(30) });
    pass(29);
    expect([became('cold'), became('warm'), told]).toEqual([['1 ALARM'], [], ['alerts: cold is ALARM']]);
    pass(40, 30);
    expect(became('warm')).toEqual(['30 ALARM']);
  });

  test('ends as soon as there is data for all periods', () => {
    const { metricAlarm, pass, put, became } = watching();
    metricAlarm('warm', { ...silence, ...warm(600) });
    put('- - - 0 0 - - - - -');
    pass(12);
    expect(became('warm')[0]).toBe('5 OK');
    expect(became('warm').at(-1)).toMatch(/ALARM$/);
  });

  test('of two days lets a new weekly run be, whose first success is on its first day', () => {
    const { metricAlarm, pass, metrics, became, minute } = watching();
    const day = 1_440;
    const late = {
      Period: 86_400,
      EvaluationPeriods: 7,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      EvaluationWindow: { WallClockWindow: {} },
    } as const;
    metricAlarm('week', { ...countMetric, ...late, ...warm(2_880) });
    const succeed = (at: number) => {
      metrics.put(place, { namespace: 'Tried', name: 'Count', dimensions: {} }, 'Count', 1, minute(at));
    };
    succeed(60);
    pass(6 * day);
    expect(became('week')).toEqual(['2880 OK']);
    // The midnight after seven days without a success; minute 0 is three in the morning.
    pass(9 * day, 6 * day + 1);
    expect(became('week').at(-1)).toBe(`${8 * day - 180} ALARM`);
  });

  test('lasts to its end where the alarm says so, whatever the data', () => {
    const { metricAlarm, pass, put, became } = watching();
    metricAlarm('warm', { ...silence, ...warm(20, true) });
    put('9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9');
    pass(22);
    expect(became('warm')).toEqual(['20 ALARM']);
  });

  test('does not begin again when the alarm changes after it', () => {
    const { metricAlarm, pass, became, minute } = watching();
    metricAlarm('warm', { ...silence, ...warm(10) });
    pass(12);
    metricAlarm('warm', { ...silence, ...warm(60) }, { createdAt: minute(12) }, 'change');
    pass(20, 13);
    expect(became('warm')).toEqual(['10 ALARM']);
    metricAlarm('longer', { ...silence, ...warm(10) });
    metricAlarm('longer', { ...silence, ...warm(30) }, { createdAt: minute(5) }, 'change');
    pass(40, 21);
    expect(became('longer')).toEqual(['30 ALARM']);
  });
});
