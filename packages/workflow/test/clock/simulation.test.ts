import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Simulation } from '../../src/clock/simulation.ts';

const idle = () => false;
const hour = 3_600_000;

/** A simulation that begins at 0, its real clock, and what happened in it, each with its virtual time. */
function observed() {
  const real = { now: 0 };
  const simulation = new Simulation(0, () => real.now);
  const happened: string[] = [];
  const note = (what: string) => () => {
    happened.push(`${what} at ${simulation.now()}`);
  };
  return { simulation, real, happened, note };
}

describe('virtual time', () => {
  test('jumps from timer to timer: an hour takes no hour', async () => {
    const { simulation, happened, note } = observed();
    simulation.at(hour, note('late'));
    simulation.at(20, note('early'));
    await simulation.run(idle);
    expect(happened).toEqual(['early at 20', `late at ${hour}`]);
  });

  test('keeps the order in which equal timers were set', async () => {
    const { simulation, happened, note } = observed();
    for (const what of ['first', 'second', 'third']) simulation.at(5, note(what));
    simulation.at(4, note('before'));
    await simulation.run(idle);
    expect(happened).toEqual(['before at 4', 'first at 5', 'second at 5', 'third at 5']);
  });

  test('passes over a timer that was cancelled', async () => {
    const { simulation, happened, note } = observed();
    const cancelled = simulation.at(5, note('cancelled'));
    simulation.at(5, note('kept'));
    cancelled.cancelled = true;
    await simulation.run(idle);
    expect(happened).toEqual(['kept at 5']);
  });

  test('does not go on to a timer that was cancelled', async () => {
    const { simulation } = observed();
    simulation.at(hour, () => undefined).cancelled = true;
    await simulation.run(idle);
    expect(simulation.now()).toBe(0);
  });

  test('never goes back: a timer of the past goes off at once', async () => {
    const { simulation, happened, note } = observed();
    simulation.at(10, () => {
      simulation.at(3, note('past'));
    });
    await simulation.run(idle);
    expect(happened).toEqual(['past at 10']);
  });

  test('stands still for what happens soon', async () => {
    const { simulation, happened, note } = observed();
    simulation.at(0, note('timer'));
    simulation.soon(() => {
      simulation.soon(note('second'));
      note('first')();
    });
    await simulation.run(idle);
    expect(happened).toEqual(['first at 0', 'second at 0', 'timer at 0']);
  });

  test('waits for a handler before the next one begins', async () => {
    const { simulation, happened, note } = observed();
    simulation.soon(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      note('slow')();
    });
    simulation.soon(note('quick'));
    await simulation.run(idle);
    expect(happened).toEqual(['slow at 0', 'quick at 0']);
  });
});

describe('a run', () => {
  test('ends as soon as its condition holds; the next one goes on from there', async () => {
    const { simulation, happened, note } = observed();
    simulation.at(1, note('one'));
    simulation.at(2, note('two'));
    await simulation.run(() => happened.length === 1);
    expect(happened).toEqual(['one at 1']);
    await simulation.run(idle);
    expect(happened).toEqual(['one at 1', 'two at 2']);
  });

  test('ends when nothing is left to happen', async () => {
    const { simulation } = observed();
    await simulation.run(idle);
    expect(simulation.now()).toBe(0);
  });

  test.each([
    [
      'something due',
      (simulation: Simulation, fail: () => void) => {
        simulation.soon(fail);
      },
    ],
    [
      'a timer',
      (simulation: Simulation, fail: () => void) => {
        simulation.at(5, fail);
      },
    ],
    [
      'the end of work',
      (simulation: Simulation, fail: () => void) => {
        simulation.work(() => Promise.resolve(), fail);
      },
    ],
    [
      'work that takes no virtual time',
      (simulation: Simulation, fail: () => void) => {
        simulation.workAtOnce(
          () => Promise.resolve().then(fail),
          () => undefined,
        );
      },
    ],
    [
      'work',
      (simulation: Simulation, fail: () => void) => {
        simulation.work(
          () => Promise.resolve().then(fail),
          () => undefined,
        );
      },
    ],
  ])('ends with the error of %s', async (_, plant) => {
    const { simulation } = observed();
    plant(simulation, () => {
      throw new Error('broken');
    });
    await expect(simulation.run(idle)).rejects.toThrow('broken');
  });
});

describe('a simulation that serves', () => {
  const macrotask = () => new Promise((resolve) => setImmediate(resolve));

  /** A simulation that serves until `stop`, and what became of that. */
  function serving() {
    const seen = observed();
    const signal = new AbortController();
    const served = seen.simulation.serve(signal.signal);
    const stop = (): Promise<void> => {
      signal.abort();
      return served;
    };
    return { ...seen, served, stop };
  }

  test.each([
    [
      'what is to happen soon',
      0,
      ({ simulation, note }: ReturnType<typeof observed>) => {
        simulation.soon(note('it'));
      },
    ],
    [
      'a timer',
      hour,
      ({ simulation, note }: ReturnType<typeof observed>) => {
        simulation.at(hour, note('it'));
      },
    ],
    [
      'work',
      100,
      ({ simulation, real, note }: ReturnType<typeof observed>) => {
        simulation.work(async (begin) => {
          begin();
          await macrotask();
          real.now += 100;
        }, note('it'));
      },
    ],
  ])('takes up %s that comes while it has nothing to do', async (_, at, plan) => {
    const seen = serving();
    for (const turn of [1, 2]) {
      await macrotask();
      plan(seen);
      await macrotask();
      await macrotask();
      expect(seen.happened).toHaveLength(turn);
    }
    expect(seen.happened[0]).toBe(`it at ${at}`);
    await seen.stop();
  });

  test('ends when it is told to, and leaves the rest to whoever comes next', async () => {
    const { simulation, happened, note, stop } = serving();
    await stop();
    simulation.soon(note('later'));
    await macrotask();
    expect(happened).toEqual([]);
    await simulation.run(idle);
    expect(happened).toEqual(['later at 0']);
  });

  test('does nothing when it is told to stop before it begins', async () => {
    const { simulation, happened, note } = observed();
    simulation.soon(note('later'));
    await simulation.serve(AbortSignal.abort());
    expect(happened).toEqual([]);
  });

  test('ends in the middle of an endless row of timers', async () => {
    const { simulation, happened } = observed();
    const signal = new AbortController();
    const next = (): void => {
      happened.push('again');
      if (happened.length === 10) signal.abort();
      simulation.at(simulation.now() + 1, next);
    };
    next();
    await simulation.serve(signal.signal);
    expect(happened).toHaveLength(10);
  });

  test('ends with the error of a handler', async () => {
    const { simulation, served } = serving();
    simulation.soon(() => {
      throw new Error('broken');
    });
    await expect(served).rejects.toThrow('broken');
  });

  test('lets others run it meanwhile: never two handlers at a time, and each run ends when its condition holds', async () => {
    const { simulation, happened, stop } = serving();
    let running = 0;
    for (let index = 0; index < 10; index++) {
      simulation.soon(async () => {
        expect(++running).toBe(1);
        await macrotask();
        running -= 1;
        happened.push(`${index}`);
      });
    }
    await simulation.run(() => happened.length >= 4);
    expect(happened.length).toBeLessThan(10);
    await simulation.run(idle);
    expect(happened).toEqual(Array.from({ length: 10 }, (_, index) => `${index}`));
    await stop();
  });

  test('misses nothing that is planned by whoever ran it meanwhile', async () => {
    const { simulation, happened, note, stop } = serving();
    simulation.soon(note('first'));
    await simulation.run(() => happened.length === 1);
    simulation.soon(note('second'));
    await macrotask();
    expect(happened).toEqual(['first at 0', 'second at 0']);
    await stop();
  });
});

describe('whoever watches the clock', () => {
  test('is told of every stretch of time before it has passed, and keeps no run from ending', async () => {
    const { simulation, real, happened } = observed();
    simulation.watch((from, to) => {
      happened.push(`${from} to ${to}, at ${simulation.now()}`);
    });
    simulation.at(20, () => undefined);
    simulation.at(20, () => undefined);
    simulation.work(
      async (begin) => {
        begin();
        await Promise.resolve();
        real.now = 50;
      },
      () => undefined,
    );
    await simulation.run(idle);
    expect(happened).toEqual(['0 to 20, at 0', '20 to 50, at 20']);
  });

  test('sees time pass that nothing happens in, when somebody lets it', async () => {
    const { simulation, happened, note } = observed();
    simulation.at(90, note('within'));
    simulation.at(110, note('after'));
    await simulation.elapse(100);
    expect([simulation.now(), ...happened]).toEqual([100, 'within at 90']);
    await simulation.elapse(5);
    expect(simulation.now()).toBe(105);
  });

  test('sees a minute pass each real minute in which a simulation that serves has nothing to do', async () => {
    vi.useFakeTimers();
    try {
      const { simulation } = observed();
      const signal = new AbortController();
      const served = simulation.serve(signal.signal);
      await vi.advanceTimersByTimeAsync(59_999);
      expect(simulation.now()).toBe(0);
      await vi.advanceTimersByTimeAsync(1);
      expect(simulation.now()).toBe(60_000);
      await vi.advanceTimersByTimeAsync(120_000);
      expect(simulation.now()).toBe(180_000);
      signal.abort();
      await served;
      await vi.advanceTimersByTimeAsync(120_000);
      expect(simulation.now()).toBe(180_000);
    } finally {
      vi.useRealTimers();
    }
  });

  test('sees no more than a minute pass in a real minute in which the clock caught up', async () => {
    vi.useFakeTimers();
    try {
      const { simulation } = observed();
      const signal = new AbortController();
      const served = simulation.serve(signal.signal);
      await vi.advanceTimersByTimeAsync(59_000);
      await simulation.catchUp(59_000);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(simulation.now()).toBe(60_000);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(simulation.now()).toBe(120_000);
      signal.abort();
      await served;
    } finally {
      vi.useRealTimers();
    }
  });

  test('sees none pass while something is under way', async () => {
    vi.useFakeTimers();
    try {
      const { simulation } = observed();
      const signal = new AbortController();
      const served = simulation.serve(signal.signal);
      simulation.work(
        () => new Promise(() => undefined),
        () => undefined,
      );
      await vi.advanceTimersByTimeAsync(300_000);
      expect(simulation.now()).toBe(0);
      signal.abort();
      await served;
    } finally {
      vi.useRealTimers();
    }
  });
});

test('handlers that follow each other without end let in what comes from outside', async () => {
  const simulation = new Simulation(0);
  let comes = false;
  let handled = 0;
  setImmediate(() => (comes = true));
  const next = (): void => {
    handled += 1;
    simulation.at(simulation.now() + 1, next);
  };
  next();
  await simulation.run(() => comes || handled > 1_000_000);
  expect(comes).toBe(true);
});

describe('real work', () => {
  test('takes as long as it took: earlier timers go off before its end, later ones after it', async () => {
    const { simulation, real, happened, note } = observed();
    simulation.at(50, note('early'));
    simulation.at(150, note('late'));
    simulation.work(async (begin) => {
      begin();
      await Promise.resolve();
      real.now = 100;
    }, note('done'));
    await simulation.run(idle);
    expect(happened).toEqual(['early at 50', 'done at 100', 'late at 150']);
  });

  test('waits for a core without time passing for it, and without later timers going off', async () => {
    const { simulation, real, happened, note } = observed();
    simulation.at(50, note('early'));
    simulation.at(150, note('late'));
    simulation.work(async (begin) => {
      real.now = 10_000;
      await new Promise((resolve) => setImmediate(resolve));
      begin();
      real.now = 10_100;
    }, note('done'));
    await simulation.run(idle);
    expect(happened).toEqual(['early at 50', 'done at 100', 'late at 150']);
  });

  test('runs side by side, however few cores there are', async () => {
    const { simulation, real, happened, note } = observed();
    let core = Promise.resolve();
    for (const [what, took] of [
      ['one', 100],
      ['two', 60],
      ['three', 80],
    ] as const) {
      simulation.work((begin) => {
        core = core.then(() => {
          begin();
          real.now += took;
        });
        return core;
      }, note(what));
    }
    await simulation.run(() => happened.length === 3);
    expect(simulation.now()).toBe(100);
  });

  test('takes no time when it never begins', async () => {
    const { simulation, real, happened, note } = observed();
    simulation.work(async () => {
      await Promise.resolve();
      real.now = 100;
    }, note('done'));
    await simulation.run(idle);
    expect(happened).toEqual(['done at 0']);
  });

  test('hands on its result', async () => {
    const { simulation } = observed();
    const results: number[] = [];
    simulation.work(
      () => Promise.resolve(42),
      (result) => void results.push(result),
    );
    await simulation.run(idle);
    expect(results).toEqual([42]);
  });
});

describe('work that takes no virtual time', () => {
  /** Work that ends when the returned function is called. */
  function held(simulation: Simulation, done: () => void): () => void {
    let end: () => void = () => undefined;
    simulation.workAtOnce(() => new Promise<void>((resolve) => (end = resolve)), done);
    return () => {
      end();
    };
  }

  test('ends at the time at which it began, before any timer after it', async () => {
    const { simulation, real, happened, note } = observed();
    const end = held(simulation, note('end'));
    simulation.at(0, note('due'));
    simulation.at(1, note('later'));
    simulation.soon(note('soon'));
    setTimeout(() => {
      real.now = 2_000;
      end();
    }, 20);
    await simulation.run(idle);
    expect(happened).toEqual(['soon at 0', 'due at 0', 'end at 0', 'later at 1']);
  });

  test('holds up the end of other work in a run', async () => {
    const { simulation, real, happened, note } = observed();
    simulation.work((begin) => {
      begin();
      real.now = 5;
      return Promise.resolve();
    }, note('other work'));
    setTimeout(held(simulation, note('end')), 20);
    await simulation.run(idle);
    expect(happened).toEqual(['end at 0', 'other work at 5']);
  });

  test('lets other work end while the simulation serves', async () => {
    const { simulation, real, happened, note } = observed();
    const over = new AbortController();
    simulation.work(
      (begin) => {
        begin();
        real.now = 5;
        return Promise.resolve();
      },
      () => {
        note('other work')();
        end();
      },
    );
    const end = held(simulation, () => {
      note('end')();
      over.abort();
    });
    await simulation.serve(over.signal);
    expect(happened).toEqual(['other work at 5', 'end at 5']);
  });

  test.each([
    ['in a run, in the order in which it began', false, ['first at 0', 'second at 0']],
    ['in a simulation that serves, in the order in which it ended', true, ['second at 0', 'first at 0']],
  ])('ends %s', async (_, isServing, expected) => {
    const { simulation, happened, note } = observed();
    const over = new AbortController();
    const noteEnd = (what: string) => (): void => {
      note(what)();
      if (happened.length === 2) over.abort();
    };
    const [first, second] = [held(simulation, noteEnd('first')), held(simulation, noteEnd('second'))];
    second();
    setTimeout(first, 20);
    await (isServing ? simulation.serve(over.signal) : simulation.run(idle));
    expect(happened).toEqual(expected);
  });
});

describe('while work runs on', () => {
  afterEach(() => vi.useRealTimers());

  test.each([30, 90, 7_200])('a timer goes off when its %s seconds have really passed', async (seconds) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
    const simulation = new Simulation(0, () => Date.now());
    const fired: number[] = [];
    let endWork: () => void = () => undefined;
    simulation.work(
      (begin) => {
        begin();
        return new Promise<void>((resolve) => (endWork = resolve));
      },
      () => undefined,
    );
    simulation.at(seconds * 1_000, () => void fired.push(simulation.now()));
    const running = simulation.run(idle);
    await vi.advanceTimersByTimeAsync(seconds * 1_000 - 1);
    expect(fired).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(fired).toEqual([seconds * 1_000]);
    endWork();
    await running;
  });

  test('no alarm is left behind when it ends early', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
    const simulation = new Simulation(0, () => Date.now());
    let worked = false;
    simulation.work(
      async (begin) => {
        begin();
        await new Promise((resolve) => setImmediate(resolve));
      },
      () => void (worked = true),
    );
    simulation.at(hour, () => undefined);
    const running = simulation.run(() => worked);
    expect(vi.getTimerCount()).toBe(1);
    await running;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('while somebody outside is waited for', () => {
  afterEach(() => vi.useRealTimers());

  /** A served simulation with a timer in a minute, on a clock that the test turns. */
  function served() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'setInterval', 'clearInterval'], now: 0 });
    const simulation = new Simulation(0, () => Date.now());
    const fired: number[] = [];
    const resume = simulation.waitForOutside();
    simulation.at(60_000, () => void fired.push(simulation.now()));
    const over = new AbortController();
    const serving = simulation.serve(over.signal);
    const end = async (): Promise<void> => {
      over.abort();
      await serving;
    };
    return { simulation, fired, resume, end };
  }

  test('served time passes as real time does', async () => {
    const { fired, end } = served();
    await vi.advanceTimersByTimeAsync(59_999);
    expect(fired).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(fired).toEqual([60_000]);
    await end();
  });

  test('what comes from outside happens at the time that has passed', async () => {
    const { simulation, end } = served();
    await vi.advanceTimersByTimeAsync(20_000);
    const heard: number[] = [];
    simulation.soon(() => void heard.push(simulation.now()));
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual([20_000]);
    await end();
  });

  test('time jumps again as soon as nobody is', async () => {
    const { fired, resume, end } = served();
    await vi.advanceTimersByTimeAsync(20_000);
    resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(fired).toEqual([60_000]);
    await end();
  });

  test('with nothing else to do a minute passes each minute', async () => {
    const { simulation, end } = served();
    await vi.advanceTimersByTimeAsync(180_000);
    expect(simulation.now()).toBe(180_000);
    await end();
  });

  test('a run does not wait', async () => {
    const simulation = new Simulation(0);
    simulation.waitForOutside();
    const fired: number[] = [];
    simulation.at(hour, () => void fired.push(simulation.now()));
    await simulation.run(idle);
    expect(fired).toEqual([hour]);
  });
});

describe('a simulation that serves catches up', () => {
  /** A simulation that serves until the test ends. */
  function serving() {
    const seen = observed();
    const over = new AbortController();
    const served = seen.simulation.serve(over.signal);
    onTestFinished(async () => {
      over.abort();
      await served;
    });
    return seen;
  }

  test('with a time to which nothing happens', async () => {
    const { simulation } = serving();
    await simulation.catchUp(52_000);
    expect(simulation.now()).toBe(52_000);
    await simulation.catchUp(20_000);
    expect(simulation.now()).toBe(52_000);
  });

  test('and what was missed runs at its own times', async () => {
    const { simulation, happened, note } = observed();
    simulation.watch((from, to) => happened.push(`${from} to ${to}`));
    const resume = simulation.waitForOutside();
    simulation.at(10, note('first'));
    simulation.at(20, note('second'));
    const over = new AbortController();
    const served = simulation.serve(over.signal);
    resume();
    await simulation.catchUp(30);
    over.abort();
    await served;
    expect(happened).toEqual(['0 to 10', 'first at 10', '10 to 20', 'second at 20', '20 to 30']);
  });

  test('at once with what is to happen soon', async () => {
    const { simulation, happened, note } = serving();
    simulation.soon(note('soon'));
    await simulation.catchUp(30);
    expect([...happened, simulation.now()]).toEqual(['soon at 0', 30]);
  });

  test('without waiting for a handler that takes long, or for work that waits for a core', async () => {
    const { simulation, happened, note } = serving();
    let end = (): void => undefined;
    simulation.soon(() => new Promise<void>((resolve) => (end = resolve)));
    await simulation.catchUp(30);
    expect(simulation.now()).toBe(30);
    end();
    const never = new Promise<never>(() => undefined);
    simulation.work(() => never, note('never'));
    simulation.at(40, note('held up'));
    await simulation.catchUp(50);
    expect([simulation.now(), happened]).toEqual([50, []]);
  });

  test('only: one that does not serve stays where it is', async () => {
    const { simulation } = observed();
    await simulation.catchUp(50);
    simulation.passTo(50);
    expect(simulation.now()).toBe(0);
  });
});
