import { describe, expect, test } from 'vitest';
import { allNew, allOld, mixesOf } from '../../../../cli/plan/contract/mixes.ts';

/** Versions of the stages in their order, such as `on` for the first old and the second new. */
const inLetters = (stages: Readonly<Record<string, string>>): string =>
  Object.values(stages)
    .map((version) => version.charAt(0))
    .join('');

const props = (changed: string, added = '') => ({
  stages: ['last', 'middle', 'entry'],
  changed: new Set(changed.split(' ')),
  added: new Set(added.split(' ')),
});

describe('mixes of stages that are deployed as last, middle, entry', () => {
  test.each<[changed: string, added: string, mixes: readonly string[]]>([
    ['entry', '', []],
    ['last', '', []],
    ['last entry', '', ['deploying nno', 'rolling back onn']],
    ['last middle', '', ['deploying non', 'rolling back onn']],
    ['last middle entry', '', ['deploying noo', 'deploying nno', 'rolling back onn', 'rolling back oon']],
    // A stage that has just been created is not rolled back to an old version.
    ['last middle entry', 'last', ['deploying noo', 'deploying nno']],
    ['last middle entry', 'middle', ['deploying noo', 'deploying nno', 'rolling back onn']],
  ])('of which %s change and "%s" is new: %j', (changed, added, mixes) => {
    expect(mixesOf(props(changed, added)).map(({ during, stages }) => `${during} ${inLetters(stages)}`)).toEqual(mixes);
  });

  test('stand between all old and all new', () => {
    expect(inLetters(allOld(props('last entry')).stages)).toBe('ono');
    expect(inLetters(allNew(props('last entry')).stages)).toBe('nnn');
  });
});
