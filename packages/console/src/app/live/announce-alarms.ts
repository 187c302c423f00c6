import { effect } from '@preact/signals';
import { alarmNews } from '../../chart/alarms/alarm-news.ts';
import type { AlarmModel } from '../../models/alarms.ts';
import { announcement, snapshot } from '../state/store.ts';

/** Milliseconds that pass at least between two sentences that are not urgent. */
const pause = 10_000;

/** Says that alarms fire as soon as they do, and that they are well again. */
export function announceAlarms(): void {
  let before: readonly AlarmModel[] | undefined;
  let saidAt = -Infinity;
  effect(() => {
    const alarms = snapshot.value?.sections.alarms;
    if (!alarms || alarms === before) return;
    const news = before && alarmNews(before, alarms);
    before = alarms;
    const now = performance.now();
    if (!news || (!news.isUrgent && now - saidAt < pause)) return;
    saidAt = now;
    announcement.value = news.sentence;
  });
}
