import { seededRandom } from './seeded-random.ts';

/** An object that is in a bucket without having any content. */
export interface ModelledObject {
  /** `<year>/<station>.csv` */
  readonly key: string;
  readonly bytes: number;
}

export interface ModelledObjectsProps {
  readonly objects: number;
  readonly seed: number;
}

/** Stations of a recent year, as published for 2020 to 2024. */
const stationsPerYear = 12_500;
const lastYear = 2025;

/** Bytes of the header, and of a row of the published objects. */
const headerBytes = 331;
const rowBytes = 232;

/** Keys and sizes like those of NOAA's bucket: year after year, 66 KB on average (AWS Step Functions Workshop, module 14). */
export function* modelledObjects({ objects, seed }: ModelledObjectsProps): Generator<ModelledObject> {
  const random = seededRandom(seed);
  const years = Math.ceil(objects / stationsPerYear);
  for (let index = 0; index < objects; index += 1) {
    const year = lastYear + 1 - years + Math.floor(index / stationsPerYear);
    const usaf = String(10_010 + (index % stationsPerYear) * 79).padStart(6, '0');
    // Most stations report on nearly every day, some on few.
    const share = random();
    const days = Math.round(365 * (1 - 0.66 * share * share));
    yield { key: `${year}/${usaf}99999.csv`, bytes: headerBytes + days * rowBytes };
  }
}
