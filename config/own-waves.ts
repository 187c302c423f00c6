import type { Outline } from './outline.ts';
import type { PathProblem } from './problem.ts';

/** The waves that the pipeline has of itself. */
export const ownWaveNames: readonly string[] = ['observability'];

/** Waves of the file that are called like stages of the pipeline itself, for example `observability-<region>`. */
export const ownWaves = ({ waves }: Outline): readonly PathProblem[] =>
  waves.flatMap(({ name }, index) =>
    name === undefined || !ownWaveNames.some((own) => name === own || name.startsWith(`${own}-`))
      ? []
      : [
          {
            path: ['waves', index, 'name'],
            what: `the pipeline has stages of its own that are called like wave "${name}"`,
            expected: `a name that does not begin with ${ownWaveNames.join(', ')}`,
            fix: 'give it another name, here and in the tenants',
          },
        ],
  );
