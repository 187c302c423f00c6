import type { Outline } from './outline.ts';
import type { PathProblem } from './problem.ts';

/** The waves that the pipeline has of itself: the sink and the links before those of the file, the dashboards after. */
export const ownWaveNames: readonly string[] = ['monitoring', 'baseline', 'observability'];

/** Waves of the file that are called like one of the pipeline's own: a pipeline has each name once. */
export const ownWaves = ({ waves }: Outline): readonly PathProblem[] =>
  waves.flatMap(({ name }, index) =>
    name === undefined || !ownWaveNames.includes(name)
      ? []
      : [
          {
            path: ['waves', index, 'name'],
            what: `the pipeline has a wave "${name}" of its own`,
            expected: `another name than ${ownWaveNames.join(', ')}`,
            fix: 'give it another name, here and in the tenants',
          },
        ],
  );
