import { landSpans } from './land-spans.ts';
import type { Region } from './regions.ts';
import { regions } from './regions.ts';
import { seededRandom } from './seeded-random.ts';

/** An invented station, with the climate that its days are drawn from. */
export interface GeneratedStation {
  /** Eleven characters, as USAF and WBAN number. */
  readonly id: string;
  /** Says that it is generated. */
  readonly name: string;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
  readonly elevationMetres: number;
  /** True if its objects leave position and name empty, as some stations do. */
  readonly unplaced: boolean;
  /** True if it never reports wind, as in 2.8 % of the objects. */
  readonly windless: boolean;
  /** Mean wind speed over the year. */
  readonly meanKnots: number;
  /** Reports on a usual day. */
  readonly reports: number;
}

/** Station number `index`: always the same for the same seed, whatever else is generated. */
export function generatedStation(index: number, seed: number): GeneratedStation {
  const random = seededRandom(seed, index);
  const { latitude, longitude, coastKilometres } = placeOnLand(random);
  const ridge = random() < 0.02;
  const elevationMetres = ridge ? 1200 + 1800 * random() : random() * random() * Math.min(900, 4 * coastKilometres);
  const landscape = ridge ? 'RIDGE' : coastKilometres < 40 ? 'HARBOR' : latitude > 62 ? 'TUNDRA' : 'PLAINS';
  return {
    id: stationId(index, random),
    name: `GENERATED ${landscape} ${String(index).padStart(4, '0')}, ${country(latitude, longitude)}`,
    latitude,
    longitude,
    elevationMetres,
    unplaced: random() < 0.005,
    windless: random() < 0.028,
    meanKnots:
      zonalKnots(latitude) * coastFactor(coastKilometres) * (ridge ? 1.8 : 1) * (0.5 + 0.6 * random() + 0.5 * random()),
    reports: random() < 0.7 ? 24 : 8,
  };
}

/** Any point of the land of a region, each square kilometre being as likely as another. */
function placeOnLand(random: () => number) {
  for (;;) {
    const { west, east, south, north } = pickRegion(random);
    const latitude = south + (north - south) * random();
    const narrowing = cosine(latitude);
    let along = (random() * (east - west)) / narrowing;
    for (const span of landSpans(latitude, west, east)) {
      const width = span.east - span.west;
      if (along < width) {
        const coastKilometres = 111 * narrowing * Math.min(along, width - along);
        return { latitude, longitude: span.west + along, coastKilometres };
      }
      along -= width;
    }
  }
}

function pickRegion(random: () => number): Region {
  let share = random() * regions.reduce((total, region) => total + region.share, 0);
  for (const region of regions) {
    if (share < region.share) return region;
    share -= region.share;
  }
  return pickRegion(random);
}

/** How much shorter a parallel is than the equator; a parabola, because arithmetic is the same on every machine. */
const cosine = (latitude: number) => 1 - (latitude * latitude) / 8100;

/** Distinct for a million stations: 7919 is a prime. About a tenth begins with 0, a few begin with a letter. */
function stationId(index: number, random: () => number): string {
  const usaf = String((10_010 + index * 7919) % 1_000_000).padStart(6, '0');
  const lettered = random() < 0.005 ? `A${usaf.slice(1)}` : usaf;
  const wban = random() < 0.8 ? '99999' : String(Math.floor(random() * 99_999)).padStart(5, '0');
  return `${lettered}${wban}`;
}

/** `XX US` in the United States; elsewhere codes from XA to XZ, which ISO 3166 leaves free: no country is claimed. */
function country(latitude: number, longitude: number): string {
  if (latitude > 26 && latitude < 49 && longitude > -124 && longitude < -66) return 'XX US';
  return `X${String.fromCharCode(65 + Math.floor(((longitude + 180) / 360) * 25.99))}`;
}

/** Usual wind in knots by latitude, every 10 degrees from the equator: calms, trade winds, calms, westerlies, polar winds. */
const knotsByLatitude = [4.2, 5.6, 6.2, 5.2, 5.8, 7.2, 8.2, 8, 9, 9];

function zonalKnots(latitude: number): number {
  const zone = Math.min(Math.abs(latitude) / 10, 8.999);
  const [lower = 0, upper = 0] = knotsByLatitude.slice(Math.floor(zone));
  return lower + (upper - lower) * (zone % 1);
}

/** Wind loses a third on its way from the shore to 400 km inland. */
const coastFactor = (kilometres: number) => 1.35 - 0.45 * Math.min(1, kilometres / 400);
