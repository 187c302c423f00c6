import { resultContent, type SourceResults } from '../src/server/result-content.ts';
import { noSections } from '../src/models/sections.ts';
import type { ResultModel } from '../src/models/results.ts';
import type { RunSource } from '../src/server/snapshot.ts';
import { worldMap } from '../src/server/world-map.ts';
import { start, stuckRun } from './stuck-run.ts';

export const runArn = 'arn:aws:states:us-east-1:333333333333:execution:parent:run-1';

/** When the run of `stuckRun` has ended. */
export const endedAt = start + 75 * 60_000;

/** A tenant whose last run has results. */
export const orders: ResultModel = {
  ...{ tenant: 'orders', workload: 'orders', reports: true },
  runs: [{ run: runArn, wave: 'dev', endedAt }],
};

/** Harbors around the world: a table, a point for each row, and a series of months. */
export const harbors = (count: number, name = (index: number): string => `Harbor ${index}`): SourceResults => ({
  provenance: ['Invented harbors'],
  tables: [
    {
      title: 'Harbors by ships',
      columns: [
        { heading: '', align: 'right' },
        { heading: 'name', align: 'left' },
        { heading: 'ships', align: 'right' },
      ],
      rows: Array.from({ length: count }, (_, index) => [String(index + 1), name(index), String(count - index)]),
      notes: ['ships of a day'],
    },
  ],
  series: [
    {
      title: 'Ships by month',
      unit: 'ships',
      values: Array.from({ length: 12 }, (_, month) => ({ label: `2026-${month + 1}`, value: 10 + month })),
    },
  ],
  points: [
    {
      title: 'Ships at harbors',
      unit: 'ships',
      points: Array.from({ length: count }, (_, index) => ({
        label: name(index),
        latitude: ((index * 37) % 160) - 80,
        longitude: ((index * 101) % 360) - 180,
        value: count - index,
        row: index,
      })),
    },
  ],
});

/** A run with results in its file; with undefined, the workload has reported nothing. */
export const runWithResults = (
  results: SourceResults | undefined,
  models: readonly ResultModel[] = [orders],
): RunSource => ({
  ...stuckRun(),
  sections: { ...noSections, results: models },
  answers: results
    ? [
        { kind: 'result', question: JSON.stringify({ run: runArn }), answer: resultContent(results) },
        { kind: 'map', question: '{}', answer: worldMap() },
      ]
    : [],
});
