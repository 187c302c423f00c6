import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jumping, Simulation } from '../../src/clock/simulation.ts';

/** A timer that sets others when it fires, each so many milliseconds later. */
interface Planned {
  readonly after: number;
  readonly isBackground: boolean;
  readonly then: readonly Planned[];
}

const { planned } = fc.letrec<{ planned: Planned }>((tie) => ({
  planned: fc.record({
    after: fc.nat(40),
    isBackground: fc.boolean(),
    then: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('planned'), { maxLength: 2 })),
  }),
}));

/** A change of the clock: a speed, or a step to the next event. */
const change = fc.oneof(fc.constantFrom(0, 1, 60, 2_000, jumping), fc.constant('next' as const));

/** Sets timers; returns what has happened until now, each with its virtual time, and how much is still to come. */
function play(simulation: Simulation, plans: readonly Planned[]) {
  const happened: string[] = [];
  const left = { count: 0 };
  const set = (plan: Planned, id: string): void => {
    left.count += 1;
    const handler = (): void => {
      left.count -= 1;
      happened.push(`${id} at ${simulation.now()}`);
      for (const [index, next] of plan.then.entries()) set(next, `${id}.${index}`);
    };
    const at = simulation.now() + plan.after;
    if (plan.isBackground) simulation.inBackground(at, handler);
    else simulation.at(at, handler);
  };
  for (const [index, plan] of plans.entries()) set(plan, String(index));
  return { happened, left };
}

test('whatever the speed and however often it changes, the same handlers run in the same order at the same times, and time never goes back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(planned, { minLength: 1, maxLength: 6 }),
      fc.array(change, { maxLength: 12 }),
      async (plans, changes) => {
        const free = new Simulation(0);
        const expected = play(free, plans);
        while (expected.left.count > 0) await free.elapse(50);

        const simulation = new Simulation(0);
        const stretches: [number, number][] = [];
        simulation.watch((from, to) => stretches.push([from, to]));
        simulation.setSpeed(0);
        const seen = play(simulation, plans);
        const over = new AbortController();
        const serving = simulation.serve(over.signal);
        for (const each of changes) {
          if (each === 'next') simulation.nextEvent();
          else simulation.setSpeed(each);
          await new Promise((resolve) => setImmediate(resolve));
        }
        while (seen.left.count > 0) {
          simulation.nextEvent();
          await new Promise((resolve) => setImmediate(resolve));
        }
        over.abort();
        await serving;
        expect(seen.happened).toEqual(expected.happened);
        for (const [index, [from, to]] of stretches.entries()) {
          expect(to).toBeGreaterThan(from);
          expect(from).toBe(stretches[index - 1]?.[1] ?? 0);
        }
      },
    ),
    { numRuns: 100 },
  );
});
