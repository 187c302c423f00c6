import type { Outline } from './outline.ts';
import type { PathProblem } from './problem.ts';

/** The waves that the pipeline has of itself, before those of the file: probes, then the alarms and dashboards. */
export const ownWaveNames: readonly string[] = ['probes', 'observability'];

/** Stage of the pipeline that waits for the approval of a wave of the file, and does nothing else. */
export const approvalStageName = (wave: string): string => `${approval}-${wave}`;

const approval = 'approve';

const reserved: readonly string[] = [...ownWaveNames, approval];

/** Waves of the file that are called like stages of the pipeline itself, for example `observability-<region>`. */
export const ownWaves = ({ waves }: Outline): readonly PathProblem[] =>
  waves.flatMap(({ name }, index) =>
    name === undefined || !reserved.some((own) => name === own || name.startsWith(`${own}-`))
      ? []
      : [
          {
            path: ['waves', index, 'name'],
            what: `the pipeline has stages of its own that are called like wave "${name}"`,
            expected: `a name that does not begin with ${reserved.join(', ')}`,
            fix: 'give it another name, here and in the tenants',
          },
        ],
  );
