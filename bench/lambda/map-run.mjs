import { encodePartial } from '../../services/wind-speed/domain/partial.ts';
import { seededRandom } from '../../services/wind-speed/sample/seeded-random.ts';

/** Station-years a year has, as in the published years 2020 to 2024. */
const stationsPerYear = 12_500;
/** Stations the years draw from, as extrapolated for the whole bucket. */
const stations = 28_000;
const lastYear = 2025;

/**
 * Writes what a Map Run leaves: partials by the real encoder, year after year, each batch with different stations of one
 * year and twelve months of wind; result file and manifest as a ResultWriter writes them.
 */
export function writeMapRun(batches, batchObjects, write) {
  const random = seededRandom(1);
  const perYear = stationsPerYear / batchObjects;
  const firstYear = lastYear + 1 - Math.ceil(batches / perYear);
  const pointers = [];
  let partialBytes = 0;
  for (let index = 0; index < batches; index += 1) {
    const year = firstYear + Math.floor(index / perYear);
    const offset = (index % perYear) * batchObjects + (year - firstYear) * 300;
    const stationYears = Array.from({ length: batchObjects }, (_, at) =>
      stationYear((offset + at) % stations, year, random),
    );
    const batch = `batch-${index}`;
    const result = { execution: 'bench', batch, objects: batchObjects, failures: [], stationYears };
    const text = `${encodePartial(result).join('\n')}\n`;
    const partial = `partials/bench/${batch}.ndjson`;
    write(partial, text);
    partialBytes += text.length;
    pointers.push({ partial, years: [year], objects: batchObjects, failed: 0, fastPathObjects: batchObjects });
  }
  const Key = 'map-runs/bench/SUCCEEDED_0.json';
  write(Key, pointers.map((pointer) => `${JSON.stringify(pointer)}\n`).join(''));
  const manifest = { Bucket: 'results', Key: 'map-runs/bench/manifest.json' };
  write(manifest.Key, JSON.stringify({ ResultFiles: { SUCCEEDED: [{ Key }], FAILED: [], PENDING: [] } }));
  return { manifest, partialBytes };
}

function stationYear(index, year, random) {
  const months = Array.from({ length: 12 }, () => {
    const sumTenths = Math.floor(600 + 3000 * random());
    return { sumTenths, days: 30, sumWeighted: sumTenths * 24, reports: 720 };
  });
  const place = {
    name: `GENERATED ${index}, XX`,
    latitude: (index % 180) - 89.12345,
    longitude: (index % 360) - 179.12345,
  };
  return { station: String(index * 7919).padStart(11, '0'), year, place, placeDate: year * 10_000 + 1231, months };
}
