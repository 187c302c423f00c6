import { describe, expect, test } from 'vitest';
import { watching } from './watching.ts';

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
