/** A part of the world in degrees, with its share of the world's weather stations (roughly, in percent). */
export interface Region {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
  readonly share: number;
}

/** Where stations stand: dense in Europe, North America and East Asia, thin elsewhere. */
export const regions: readonly Region[] = [
  { west: -10, east: 32, south: 36, north: 70, share: 22 }, // Europe
  { west: -124, east: -66, south: 26, north: 49, share: 22 }, // United States
  { west: -166, east: -56, south: 49, north: 72, share: 6 }, // Canada, Alaska
  { west: 100, east: 146, south: 20, north: 50, share: 10 }, // East Asia
  { west: 32, east: 178, south: 46, north: 74, share: 4 }, // Northern Asia
  { west: 68, east: 96, south: 8, north: 32, share: 4 }, // South Asia
  { west: 95, east: 152, south: -10, north: 20, share: 4 }, // South-East Asia
  { west: 34, east: 64, south: 13, north: 42, share: 3 }, // Middle East
  { west: -17, east: 50, south: -35, north: 35, share: 4 }, // Africa
  { west: -110, east: -60, south: 7, north: 25, share: 2 }, // Central America
  { west: -80, east: -35, south: -55, north: 8, share: 4 }, // South America
  { west: 113, east: 178, south: -46, north: -11, share: 4 }, // Australia, New Zealand
  { west: -56, east: -20, south: 60, north: 82, share: 1 }, // Greenland
  { west: -180, east: 180, south: -56, north: 78, share: 16 }, // anywhere but Antarctica
];
