import type { Mix } from '../runs/run-data.ts';

export interface MixesProps {
  /** Stages in the order in which they are deployed. */
  readonly stages: readonly string[];
  /** Those of them that change. */
  readonly changed: ReadonlySet<string>;
  /** Those that the old version does not have. */
  readonly added: ReadonlySet<string>;
}

/** Versions of a stage that does not change are equal: it is called new. */
const mixOf = (during: Mix['during'], { stages, changed }: MixesProps, isOld: (stage: string) => boolean): Mix => ({
  during,
  stages: Object.fromEntries(stages.map((stage) => [stage, changed.has(stage) && isOld(stage) ? 'old' : 'new'])),
});

/** All stages new. */
export const allNew = (props: MixesProps): Mix => mixOf('deployed', props, () => false);

/** All stages that change old. */
export const allOld = (props: MixesProps): Mix => mixOf('rolling back', props, () => true);

/**
 * Versions that meet while the stages are deployed one after the other, and while they are rolled back or tried again
 * in that order. Pure.
 */
export function mixesOf(props: MixesProps): readonly Mix[] {
  const changing = props.stages.filter((stage) => props.changed.has(stage));
  const steps = changing.slice(1).map((_, index) => changing.slice(0, index + 1));
  const deploying = steps.map((done) => mixOf('deploying', props, (stage) => !done.includes(stage)));
  // A stage that has just been created has no old version to go back to.
  const undone = steps.filter((back) => !back.some((stage) => props.added.has(stage)));
  const back = undone.map((done) => mixOf('rolling back', props, (stage) => done.includes(stage)));
  const seen = new Set<string>();
  return [...deploying, ...back].filter(({ stages }) => {
    const key = JSON.stringify(stages);
    return !seen.has(key) && seen.add(key);
  });
}
