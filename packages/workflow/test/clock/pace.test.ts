import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { jumping, Simulation } from '../../src/clock/simulation.ts';

const second = 1_000;
const minute = 60 * second;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'setInterval', 'clearInterval'], now: 0 });
});
afterEach(() => vi.useRealTimers());

/** A simulation that serves at a speed until the test ends, on a real clock that the test turns. */
function served(speed: number) {
  const simulation = new Simulation(0, () => Date.now());
  simulation.setSpeed(speed);
  const happened: string[] = [];
  const note = (what: string) => () => {
    happened.push(`${what} at ${simulation.now()}`);
  };
  const over = new AbortController();
  const serving = simulation.serve(over.signal);
  onTestFinished(async () => {
    over.abort();
    await serving;
  });
  return { simulation, happened, note };
}

const real = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

/** Real work of that many milliseconds, which begins at once. */
const workFor =
  (milliseconds: number) =>
  (begin: () => void): Promise<void> => {
    begin();
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  };

describe('served time', () => {
  test.each([
    [1, 10 * second],
    [60, 10 * minute],
    [0, 0],
  ])('at speed %d passes %d ms in 10 s with nothing to do', async (speed, passed) => {
    const { simulation } = served(speed);
    await real(10 * second);
    expect(simulation.now()).toBe(passed);
  });

  test.each([
    [1, 'a timer', 59_999, 1],
    [60, 'a timer', 999, 1],
    [1, 'a schedule', 59_999, 1],
    [60, 'a schedule', 999, 1],
  ])('at speed %d comes to %s of a minute after %d ms and %d more', async (speed, kind, before, rest) => {
    const { simulation, happened, note } = served(speed);
    if (kind === 'a timer') simulation.at(minute, note('timer'));
    else simulation.inBackground(minute, note('timer'));
    await real(before);
    expect(happened).toEqual([]);
    await real(rest);
    expect(happened).toEqual([`timer at ${minute}`]);
  });

  test('jumps by default, and again when it is told to', async () => {
    const { simulation, happened, note } = served(jumping);
    expect(simulation.speed).toBe(jumping);
    simulation.at(minute, note('first'));
    await real(0);
    simulation.setSpeed(0);
    simulation.at(2 * minute, note('second'));
    await real(minute);
    expect(happened).toEqual([`first at ${minute}`]);
    simulation.setSpeed(jumping);
    await real(0);
    expect(happened).toEqual([`first at ${minute}`, `second at ${2 * minute}`]);
  });

  test('goes on from a pause without making up for it', async () => {
    const { simulation } = served(60);
    await real(second);
    simulation.setSpeed(0);
    await real(10 * minute);
    expect(simulation.now()).toBe(minute);
    simulation.setSpeed(1);
    await real(5 * second);
    expect(simulation.now()).toBe(minute + 5 * second);
  });

  test('is refused a speed below 0, and one that is no number', () => {
    const { simulation } = served(1);
    expect(() => {
      simulation.setSpeed(-1);
    }).toThrow('expected a speed of 0 or more, got -1');
    expect(() => {
      simulation.setSpeed(NaN);
    }).toThrow('expected a speed of 0 or more, got NaN');
    expect(simulation.speed).toBe(1);
  });
});

describe('work that runs for real', () => {
  test('holds a clock at speed 60 to its own time, and is not made up for', async () => {
    const { simulation, happened, note } = served(60);
    simulation.work(workFor(5 * second), note('work ended'));
    await real(5 * second);
    expect(happened).toEqual([`work ended at ${5 * second}`]);
    await real(second);
    expect(simulation.now()).toBe(5 * second + minute);
  });

  test('that ends in a pause is handled at its own time when the clock comes to it', async () => {
    const { simulation, happened, note } = served(0);
    simulation.work(workFor(5 * second), note('work ended'));
    await real(minute);
    expect([simulation.now(), happened]).toEqual([0, []]);
    expect(simulation.nextAt).toBe(5 * second);
    simulation.setSpeed(1);
    await real(5 * second);
    expect(happened).toEqual([`work ended at ${5 * second}`]);
  });

  test('goes before a later timer, and after an earlier one, whatever the speed', async () => {
    const { simulation, happened, note } = served(0);
    simulation.work(workFor(5 * second), note('work ended'));
    simulation.at(4 * second, note('earlier'));
    simulation.at(6 * second, note('later'));
    await real(minute);
    simulation.setSpeed(60);
    await real(second);
    expect(happened).toEqual(['earlier at 4000', 'work ended at 5000', 'later at 6000']);
  });

  test('that takes no virtual time ends in a pause, too', async () => {
    const { simulation, happened, note } = served(0);
    simulation.workAtOnce(() => Promise.resolve(), note('ended'));
    await real(0);
    expect(happened).toEqual(['ended at 0']);
  });
});

describe('a pause', () => {
  test('lets happen what is due, and nothing later', async () => {
    const { simulation, happened, note } = served(0);
    simulation.soon(note('soon'));
    simulation.at(0, note('due'));
    simulation.at(1, note('later'));
    await real(minute);
    expect(happened).toEqual(['soon at 0', 'due at 0']);
  });

  test('stands although a request wants to catch up, and the request is not held up', async () => {
    const { simulation } = served(0);
    await simulation.catchUp(minute);
    simulation.passTo(minute);
    expect(simulation.now()).toBe(0);
    simulation.setSpeed(jumping);
    await Promise.all([simulation.catchUp(minute), real(0)]);
    expect(simulation.now()).toBe(minute);
  });

  test('lets a request go that was catching up when it began', async () => {
    const { simulation } = served(jumping);
    const never = new Promise<never>(() => undefined);
    simulation.work(
      () => never,
      () => undefined,
    );
    const caughtUp = simulation.catchUp(minute);
    simulation.setSpeed(0);
    await caughtUp;
    expect(simulation.now()).toBe(0);
  });

  test('is not time that somebody outside has used', async () => {
    const { simulation, happened, note } = served(jumping);
    simulation.waitForOutside();
    simulation.at(minute, note('worker is late'));
    await real(20 * second);
    simulation.setSpeed(0);
    await real(10 * minute);
    simulation.setSpeed(jumping);
    await real(39 * second);
    expect(happened).toEqual([]);
    await real(second);
    expect(happened).toEqual([`worker is late at ${minute}`]);
  });

  test.each(['elapse', 'run'] as const)('does not hold up `%s`', async (how) => {
    const { simulation, happened, note } = served(0);
    let isOver = false;
    simulation.at(minute, () => {
      isOver = true;
      note('timer')();
    });
    simulation.at(2 * minute, note('not in the run'));
    await Promise.all([how === 'run' ? simulation.run(() => isOver) : simulation.elapse(minute), real(0)]);
    await real(minute);
    expect([simulation.now(), ...happened]).toEqual([minute, `timer at ${minute}`]);
  });
});

describe('the next event', () => {
  test('is come to at once, with all that happens at its time, and the clock pauses there', async () => {
    const { simulation, happened, note } = served(0);
    simulation.at(minute, note('first'));
    simulation.at(minute, note('of the same time'));
    simulation.at(minute + 1, note('next'));
    expect(simulation.nextAt).toBe(minute);
    expect(simulation.nextEvent()).toBe(true);
    await real(0);
    expect(happened).toEqual([`first at ${minute}`, `of the same time at ${minute}`]);
    expect([simulation.speed, simulation.nextAt]).toEqual([0, minute + 1]);
    await real(minute);
    expect(happened).toHaveLength(2);
    simulation.nextEvent();
    await real(0);
    expect(happened.at(-1)).toBe(`next at ${minute + 1}`);
  });

  test('can be one in the background', async () => {
    const { simulation, happened, note } = served(0);
    simulation.inBackground(minute, note('schedule'));
    simulation.nextEvent();
    await real(0);
    expect(happened).toEqual([`schedule at ${minute}`]);
  });

  test('can be the end of work, which it waits for', async () => {
    const { simulation, happened, note } = served(0);
    simulation.work(workFor(5 * second), note('work ended'));
    simulation.at(minute, note('timer'));
    simulation.nextEvent();
    await real(4 * second);
    expect([happened, simulation.isStepping]).toEqual([[], true]);
    await real(minute);
    expect([happened, simulation.isStepping]).toEqual([[`work ended at ${5 * second}`], false]);
  });

  test('pauses where nothing is going to happen, and says so', async () => {
    const { simulation, happened, note } = served(60);
    expect([simulation.nextEvent(), simulation.speed, simulation.nextAt]).toEqual([false, 0, undefined]);
    simulation.at(minute, note('timer'));
    await real(minute);
    expect(happened).toEqual([]);
  });

  test('is no longer waited for when nothing is left to happen', async () => {
    const { simulation, happened, note } = served(0);
    const timer = simulation.at(minute, note('cancelled'));
    simulation.soon(() => {
      timer.cancelled = true;
    });
    simulation.nextEvent();
    await real(0);
    simulation.at(2 * minute, note('later'));
    await real(3 * minute);
    expect([simulation.isStepping, simulation.now(), happened]).toEqual([false, 0, []]);
  });

  test('is forgotten when a speed is set', async () => {
    const { simulation, happened, note } = served(0);
    const never = new Promise<never>(() => undefined);
    simulation.work((begin) => {
      begin();
      return never;
    }, note('never'));
    simulation.at(minute, note('timer'));
    simulation.nextEvent();
    simulation.setSpeed(0);
    await real(2 * minute);
    expect([simulation.isStepping, happened]).toEqual([false, []]);
  });
});
