/** Sentences about what a page shows now. */
export interface Said {
  /** The finding of the front page. */
  readonly finding: string;
  /** Counts of what is wrong, with a sentence for each: `1 run is stuck`. A higher count is said at once. */
  readonly wrong: ReadonlyMap<string, { readonly count: number; readonly sentence: string }>;
}

/** Milliseconds between two sentences that are not urgent. */
const calmEvery = 10_000;

export interface Announcer {
  /**
   * Takes what the page shows.
   * @param now milliseconds
   * @returns the sentence to say now; undefined for none
   */
  readonly take: (said: Said, now: number) => string | undefined;
}

/** Chooses sentences for those who do not see a page: one in ten seconds at most, and at once what got worse. */
export function announcer(): Announcer {
  let last: Said | undefined;
  let spoken: string | undefined;
  let spokenAt = -Infinity;
  return {
    take(said, now) {
      const before = last;
      last = said;
      if (!before) {
        spoken = said.finding;
        return undefined;
      }
      const worse = [...said.wrong].filter(([name, { count }]) => count > (before.wrong.get(name)?.count ?? 0));
      const isCalm = worse.length === 0;
      const sentence = isCalm ? said.finding : worse.map(([, each]) => each.sentence).join('. ');
      if (isCalm && (sentence === spoken || now - spokenAt < calmEvery)) return undefined;
      // The finding says the same as what just got worse.
      spoken = said.finding;
      spokenAt = now;
      return sentence;
    },
  };
}
