import type { GameAction } from '../../../blocks/game-day.ts';
import { generateObjects } from '../sample/generate-objects.ts';
import { weatherKey } from '../sample/weather-key.ts';

interface WeatherProps {
  readonly objects: number;
  /**
   * Objects that nobody can read, spread evenly.
   *
   * @default 0
   */
  readonly damaged?: number;
}

/** Writes small weather objects into the source bucket. */
export const weather = ({ objects, damaged = 0 }: WeatherProps): GameAction => ({
  kind: 'objects',
  title: `${objects} weather objects are in the source bucket${damaged === 0 ? '' : `, and ${damaged} of them cannot be read`}`,
  change({ resource, storage }) {
    const { name: bucket } = resource('child', 'Weather/Source');
    const every = objects / damaged;
    for (const [index, { key, body }] of [...generateObjects({ objects, years: [2022], days: 2 })].entries()) {
      const isDamaged = Math.floor(index / every) < Math.floor((index + 1) / every);
      storage.seed({ bucket, key: weatherKey(key) }, isDamaged ? Buffer.from('no weather') : body);
    }
  },
});
