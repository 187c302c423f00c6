import type { LocalDeployment } from '../../../blocks/local.ts';

export const sampleInput = { prefix: 'samples/' };

/** Twelve texts of two words each. */
export function fillSample(storage: Pick<LocalDeployment['storage'], 'seed'>, bucket: string): void {
  for (let index = 0; index < 12; index += 1) {
    storage.seed({ bucket, key: `${sampleInput.prefix}${index}.txt` }, Buffer.from('two words'));
  }
}

/** Differences of the parent's output from that of a run over the sample. */
export function sampleProblems(output: unknown): readonly string[] {
  const { result } = output as { readonly result?: Readonly<Record<string, unknown>> };
  return Object.entries({ objects: 12, words: 24 })
    .filter(([name, value]) => result?.[name] !== value)
    .map(([name, value]) => `result.${name} must be ${value}, got ${JSON.stringify(result?.[name])}`);
}
