import { afterEach, describe, expect, test, vi } from 'vitest';
import { Simulation } from '../../src/clock/simulation.ts';

const minute = 60_000;
const nothing = (): void => undefined;
const idle = () => false;

/** A simulation with something in the background that recurs every five minutes, and when it happened. */
function recurring(realNow?: () => number) {
  const simulation = new Simulation(0, realNow);
  const happened: number[] = [];
  const again = (at: number): void => {
    simulation.inBackground(at, () => {
      happened.push(simulation.now() / minute);
      again(at + 5 * minute);
    });
  };
  again(5 * minute);
  return { simulation, happened };
}

describe('what recurs in the background', () => {
  afterEach(() => vi.useRealTimers());

  test('keeps no run alive, and the clock does not jump to it', async () => {
    const { simulation, happened } = recurring();
    await simulation.run(idle);
    expect([simulation.now(), happened]).toEqual([0, []]);
  });

  test('happens at its own times while a run waits for something else', async () => {
    const { simulation, happened } = recurring();
    simulation.at(12 * minute, nothing);
    await simulation.run(idle);
    expect([simulation.now(), happened]).toEqual([12 * minute, [5, 10]]);
  });

  test('happens while time is let pass, at the end of it too', async () => {
    const { simulation, happened } = recurring();
    await simulation.elapse(15 * minute);
    expect(happened).toEqual([5, 10, 15]);
    await simulation.elapse(5 * minute);
    expect(happened).toEqual([5, 10, 15, 20]);
  });

  test('waits for work that is under way, and lets it end', async () => {
    const real = { now: 0 };
    const { simulation, happened } = recurring(() => real.now);
    simulation.work(async (begin) => {
      begin();
      await new Promise((resolve) => setImmediate(resolve));
      real.now += 7 * minute;
    }, nothing);
    await simulation.run(idle);
    expect([simulation.now(), happened]).toEqual([7 * minute, [5]]);
  });

  test('does not happen once it is cancelled', async () => {
    const simulation = new Simulation(0);
    const happened: string[] = [];
    simulation.inBackground(minute, () => void happened.push('cancelled')).cancelled = true;
    simulation.inBackground(2 * minute, () => void happened.push('kept'));
    await simulation.elapse(3 * minute);
    expect(happened).toEqual(['kept']);
  });

  test('happens at once when its time is past', async () => {
    const simulation = new Simulation(10 * minute);
    const happened: number[] = [];
    simulation.inBackground(3 * minute, () => void happened.push(simulation.now() / minute));
    await simulation.run(idle);
    expect(happened).toEqual([10]);
  });

  test('happens in real time while the simulation serves', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'setInterval', 'clearInterval'], now: 0 });
    const { simulation, happened } = recurring(() => Date.now());
    const over = new AbortController();
    const served = simulation.serve(over.signal);
    await vi.advanceTimersByTimeAsync(5 * minute - 1);
    expect(happened).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([happened, simulation.now()]).toEqual([[5], 5 * minute]);
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(happened).toEqual([5, 10, 15]);
    over.abort();
    await served;
  });

  test('happens on the way when served time catches up or jumps', async () => {
    const { simulation, happened } = recurring(() => 0);
    const over = new AbortController();
    const served = simulation.serve(over.signal);
    await simulation.catchUp(11 * minute);
    expect(happened).toEqual([5, 10]);
    simulation.at(21 * minute, () => {
      over.abort();
    });
    await served;
    expect(happened).toEqual([5, 10, 15, 20]);
  });
});
