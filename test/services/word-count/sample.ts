/** A prefix below which no deployment puts anything. */
export const sampleInput = { prefix: 'samples/' };

/** Differences of the parent's output from that of a run over no text at all. */
export function sampleProblems(output: unknown): readonly string[] {
  const { result } = output as { readonly result?: Readonly<Record<string, unknown>> };
  return Object.entries({ objects: 0, words: 0 })
    .filter(([name, value]) => result?.[name] !== value)
    .map(([name, value]) => `result.${name} must be ${value}, got ${JSON.stringify(result?.[name])}`);
}
