import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import landTopology from 'world-atlas/land-110m.json' with { type: 'json' };

const topology = landTopology as unknown as Topology<{ land: GeometryCollection }>;

/** The outline of all land, in degrees (Natural Earth 1:110m, public domain). */
export const land = feature(topology, topology.objects.land);
