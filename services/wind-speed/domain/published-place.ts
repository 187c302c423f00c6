import type { Place } from './place.ts';

/** The texts of a row that say where its station is; empty where they say nothing. */
export interface PlaceTexts {
  readonly latitude: string;
  readonly longitude: string;
  readonly name: string;
}

/** The place that the texts say, or the column that holds no number. */
export function publishedPlace({ latitude, longitude, name }: PlaceTexts): Place | 'LATITUDE' | 'LONGITUDE' {
  const north = degrees(latitude, 90);
  if (north === undefined) return 'LATITUDE';
  const east = degrees(longitude, 180);
  if (east === undefined) return 'LONGITUDE';
  return { name: name.trim() || null, latitude: north, longitude: east };
}

/** Null for nothing and for a place that is not on Earth; undefined for what is no number. */
function degrees(text: string, limit: number): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Math.abs(value) <= limit ? value : null;
}
