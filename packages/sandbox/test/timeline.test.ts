import { expect, test } from 'vitest';
import { noTotals } from '../src/cloudwatch/totals.ts';
import { Simulation } from '@crosswind/workflow/clock/simulation';
import { Timeline } from '../src/timeline.ts';

test('a timeline has the most of what goes on and the number of what happens in each second', async () => {
  const simulation = new Simulation(500);
  const totals = noTotals();
  totals.invocations = 7;
  const timeline = new Timeline(simulation, totals, 1_000);
  const at = (milliseconds: number, running: number, invocations: number): void => {
    simulation.at(500 + milliseconds, () => {
      totals.runningInvocations += running;
      totals.invocations += invocations;
    });
  };
  at(0, 2, 2);
  // Within a second, and gone before its end.
  at(300, 5, 5);
  at(400, -5, 0);
  at(1_000, 1, 1);
  at(3_700, -3, 0);
  await simulation.run(() => false);
  const moments = timeline.end();
  expect(moments.map(({ runningInvocations }) => runningInvocations)).toEqual([7, 3, 3, 3]);
  expect(moments.map(({ invocations }) => invocations)).toEqual([7, 1, 0, 0]);
  at(9_000, 1, 1);
  await simulation.run(() => false);
  expect(timeline.end()).toHaveLength(4);
});
