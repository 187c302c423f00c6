/** Milliseconds of work in a row: the browser draws and takes keys in between. */
const longest = 12;

/** Runs a generator in slices that are shorter than what a person notices. */
export async function inSlices<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + longest;
    while (performance.now() < until) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await turn();
  }
}

/** Lets the browser do something else. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });
