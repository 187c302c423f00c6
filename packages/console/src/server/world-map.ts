import { geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import landTopology from 'world-atlas/land-110m.json' with { type: 'json' };
import type { MapModel } from '../models/results.ts';

/** Units of the map: half a pixel of a wide page each, so that whole numbers are exact enough. */
const width = 1_920;
const height = 1_000;

/** Natural Earth, as `map.svg` of a report has it: a map for looking at the whole world, neither equal in area nor in angles. */
const projection = geoNaturalEarth1().fitExtent(
  [
    [2, 2],
    [width - 2, height - 2],
  ],
  { type: 'Sphere' },
);

/** Outline of all land (Natural Earth 1:110m, public domain), projected here so that a page needs no library for it. */
export function worldMap(): MapModel {
  const topology = landTopology as unknown as Parameters<typeof feature>[0];
  const { land } = topology.objects;
  const path = geoPath(projection).digits(0);
  return {
    width,
    height,
    sphere: path({ type: 'Sphere' }) ?? '',
    land: land ? (path(feature(topology, land)) ?? '') : '',
  };
}

/** Place on that map; undefined for a place that is not on Earth. */
export function placeOnMap(latitude: number, longitude: number): readonly [x: number, y: number] | undefined {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  const place = projection([longitude, latitude]);
  return place === null ? undefined : [Math.round(place[0]), Math.round(place[1])];
}
