import { tmpdir } from 'node:os';

/**
 * A message without places of this machine, which differ from run to run and mean nothing to a reviewer. Longer places are
 * looked for first, because one may contain another.
 * @param places directories by the names that take their place
 */
export const withoutPlaces = (text: string, places: Readonly<Record<string, string>>): string =>
  Object.entries({ ...places, '<temporary directory>': tmpdir() })
    .sort(([, one], [, other]) => other.length - one.length)
    .reduce((rest, [name, place]) => rest.replaceAll(place, name), text);
