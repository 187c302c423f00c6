import type { Position } from 'geojson';
import { land } from '../domain/land.ts';

/** A stretch of land along a parallel, in degrees east. */
export interface LandSpan {
  readonly west: number;
  readonly east: number;
}

/** The land along a parallel (degrees north) between two meridians: where the outline crosses it, land begins or ends. */
export function landSpans(latitude: number, west: number, east: number): readonly LandSpan[] {
  polygons ??= unwrappedPolygons();
  return polygons
    .filter(({ south, north }) => latitude >= south && latitude < north)
    .flatMap((polygon) => spansWithin(polygon, latitude))
    .map((span) => ({ west: Math.max(west, span.west), east: Math.min(east, span.east) }))
    .filter((span) => span.west < span.east);
}

interface Edge {
  readonly from: Position;
  readonly to: Position;
}

interface Polygon {
  readonly south: number;
  readonly north: number;
  readonly edges: readonly Edge[];
}

/** Made when first needed: the outline has 5,000 edges. */
let polygons: readonly Polygon[] | undefined;

/** All land but Antarctica, whose outline goes round the pole and so bounds nothing on a flat map. */
function unwrappedPolygons(): readonly Polygon[] {
  const outlines = land.features.flatMap(({ geometry }) => {
    if (geometry.type === 'MultiPolygon') return geometry.coordinates;
    return geometry.type === 'Polygon' ? [geometry.coordinates] : [];
  });
  return outlines
    .map((rings) => rings.map(unwrap))
    .filter((rings) => rings.every(isClosed))
    .map(polygonOf);
}

/** The ring without its leap from 180 to -180 degrees: it goes on beyond them instead. */
function unwrap(ring: readonly Position[]): readonly Position[] {
  let turns = 0;
  return ring.map(([x = 0, y = 0], index) => {
    const [before = x] = ring[index - 1] ?? [];
    if (x - before > 180) turns -= 1;
    if (before - x > 180) turns += 1;
    return [x + 360 * turns, y];
  });
}

function isClosed(ring: readonly Position[]): boolean {
  return ring.at(0)?.[0] === ring.at(-1)?.[0];
}

function polygonOf(rings: readonly (readonly Position[])[]): Polygon {
  const latitudes = rings.flat().map(([, y = 0]) => y);
  const edges = rings.flatMap((ring) => ring.slice(1).map((to, index): Edge => ({ from: ring[index] ?? to, to })));
  return { south: Math.min(...latitudes), north: Math.max(...latitudes), edges };
}

function spansWithin({ edges }: Polygon, latitude: number): readonly LandSpan[] {
  const crossings: number[] = [];
  for (const { from, to } of edges) {
    const [x1 = 0, y1 = 0] = from;
    const [x2 = 0, y2 = 0] = to;
    if (y1 <= latitude !== y2 <= latitude) crossings.push(x1 + ((latitude - y1) * (x2 - x1)) / (y2 - y1));
  }
  crossings.sort((a, b) => a - b);
  return crossings.flatMap((west, index) => {
    const east = crossings[index + 1];
    return index % 2 === 1 || east === undefined ? [] : onGlobe(west, east);
  });
}

/** The same stretch between -180 and 180 degrees, in two where it crosses the antimeridian. */
function onGlobe(west: number, east: number): readonly LandSpan[] {
  const copies = [-360, 0, 360].map((turn) => ({
    west: Math.max(-180, west + turn),
    east: Math.min(180, east + turn),
  }));
  return copies.filter((span) => span.west < span.east);
}
