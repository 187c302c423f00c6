import type { ParsedObject } from './parsed-object.ts';
import { hasPublishedHeader, publishedHeader, publishedRow } from './published-layout.ts';
import { publishedPlace } from './published-place.ts';
import { StationYears } from './station-year.ts';
import type { Strides } from './stride-scanner.ts';
import { sumStrides } from './stride-scanner.ts';

/**
 * Reads an object whose rows have the published layout and all the same length, as those of all objects that were looked at;
 * undefined for every other one. The newest row, which is the last, says where the station is.
 */
export function parseStrides(bytes: Uint8Array): ParsedObject | undefined {
  const strides = findStrides(bytes);
  if (strides === undefined) return undefined;
  const newest = readNewest(bytes, strides);
  if (newest === undefined) return undefined;
  const stationYears = new StationYears();
  const { months, dayBits = [] } = stationYears.open(newest.station, newest.year, newest.place, newest.date);
  const rows = sumStrides(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), strides, months, dayBits);
  return rows === undefined ? undefined : { ok: true, rows, stationYears, fastPath: true };
}

const lineFeed = 0x0a;

/** The published header, and behind it rows as long as the first one. */
function findStrides(bytes: Uint8Array): Strides | undefined {
  const first = publishedHeader.length;
  const stride = bytes.indexOf(lineFeed, first) + 1 - first;
  if (stride <= publishedRow.tempToEnd || (bytes.length - first) % stride !== 0) return undefined;
  if (bytes[bytes.length - 1] !== lineFeed || !hasPublishedHeader(bytes)) return undefined;
  return { first, last: bytes.length - stride, stride };
}

/** STATION, DATE, LATITUDE, LONGITUDE, ELEVATION and NAME as published, in ASCII; all but the first two may be empty. */
const frontOfRow =
  /^"([!#-~]{11})","(\d{4})-(\d\d)-(\d\d)",(?:"([ !#-~]*)")?,(?:"([ !#-~]*)")?,(?:"[ !#-~]*")?,(?:"([ !#-~]*)")?,$/;

function readNewest(bytes: Uint8Array, { last, stride }: Strides) {
  const front = Buffer.from(bytes.buffer, bytes.byteOffset + last, stride - publishedRow.tempToEnd).toString('latin1');
  const [match, station = '', year, month, day, latitude = '', longitude = '', name = ''] =
    frontOfRow.exec(front) ?? [];
  if (match === undefined) return undefined;
  const place = publishedPlace({ latitude, longitude, name });
  if (typeof place === 'string') return undefined;
  return { station, year: Number(year), place, date: Number(`${year}${month}${day}`) };
}
