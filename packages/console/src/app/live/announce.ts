import { effect } from '@preact/signals';
import { finding } from '../../chart/finding.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { announcement, snapshot } from '../state/store.ts';
import { viewEntries } from '../views.ts';
import { announcer, type Said } from './announcer.ts';

/** Announces what changes while nobody does anything. A sentence that came too early is tried again with the next change. */
export function announceChanges(): void {
  const chosen = announcer();
  let again: ReturnType<typeof setTimeout> | undefined;
  const say = (models: Snapshot): void => {
    clearTimeout(again);
    const sentence = chosen.take(saidOf(models), performance.now());
    if (sentence !== undefined) announcement.value = sentence;
    again = setTimeout(() => {
      say(models);
    }, retryEvery);
  };
  effect(() => {
    if (snapshot.value) say(snapshot.value);
  });
}

/** Milliseconds after which a sentence that had to wait is tried again although nothing changed. */
const retryEvery = 10_000;

const saidOf = (models: Snapshot): Said => ({
  finding: finding(models),
  wrong: new Map(
    viewEntries.flatMap(({ name, wrong }) => {
      const counted = wrong?.(models);
      return counted ? [[name, counted] as const] : [];
    }),
  ),
});
