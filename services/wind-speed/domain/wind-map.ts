import type { GeoProjection } from 'd3-geo';
import { geoGraticule10, geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Consolidated, StationLine } from './consolidated.ts';
import { land } from './land.ts';
import { meanKnots, milesPerHour } from './mean-wind.ts';
import type { WindClass } from './wind-classes.ts';
import { classLabel, windClasses } from './wind-classes.ts';

const width = 1200;
const height = 640;
const ink = '#1f2933';
const quietInk = '#616e7c';

/**
 * `map.svg`: the world with every station that has wind and a place, colored by its mean in mph, the windiest on top.
 */
export function windMap({ totals, stations }: Consolidated): string {
  const projection = geoNaturalEarth1().fitExtent(
    [
      [40, 62],
      [width - 40, height - 62],
    ],
    { type: 'Sphere' },
  );
  const located = stations.filter(
    ({ days, latitude, longitude }) => days > 0 && latitude !== null && longitude !== null,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica Neue, Helvetica, Arial, sans-serif" role="img">`,
    `<title>${escapeXml(heading)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="60" y="40" font-size="24" font-weight="600" fill="${ink}">${escapeXml(heading)}</text>`,
    `<text x="${width - 60}" y="40" font-size="14" text-anchor="end" fill="${quietInk}">${escapeXml(caption(totals, located.length))}</text>`,
    ...world(projection),
    ...dots(projection, located),
    ...legend(),
    '</svg>',
    '',
  ].join('\n');
}

const heading = 'Mean wind speed at weather stations';

function caption({ years, stations, days }: Consolidated['totals'], located: number): string {
  const [first, last] = [years.at(0), years.at(-1)];
  const span = first === undefined ? [] : [first === last ? `${first}` : `${first}–${last ?? first}`];
  const unplaced = stations - located;
  const missing = unplaced === 0 ? '' : ` (${grouped(unplaced)} without a position)`;
  return [`${grouped(stations)} stations${missing}`, `${grouped(days)} days`, ...span].join(' · ');
}

const grouped = (count: number) => count.toLocaleString('en-US');

function world(projection: GeoProjection): string[] {
  const path = geoPath(projection).digits(1);
  return [
    `<path d="${path({ type: 'Sphere' }) ?? ''}" fill="#f7f9fb" stroke="#cbd2d9" stroke-width="0.8"/>`,
    `<path d="${path(geoGraticule10()) ?? ''}" fill="none" stroke="#e4e9ee" stroke-width="0.5"/>`,
    `<path d="${path(land) ?? ''}" fill="#e1e5ea" stroke="#c3cad2" stroke-width="0.5" stroke-linejoin="round"/>`,
  ];
}

/** One path for each class: a zero-length stroke with round caps is a dot of ten bytes. */
function dots(projection: GeoProjection, stations: readonly StationLine[]): string[] {
  const points = new Map<WindClass, Set<string>>(windClasses.map((windClass) => [windClass, new Set()]));
  for (const line of stations) {
    const mph = milesPerHour(meanKnots(line)) ?? 0;
    const windClass = windClasses.find(({ to }) => mph < to);
    const point = projection([line.longitude ?? 0, line.latitude ?? 0]);
    if (windClass === undefined || point === null) continue;
    points.get(windClass)?.add(`M${round(point[0])},${round(point[1])}h0`);
  }
  const size = dotSize(stations.length);
  const paths = [...points].filter(([, marks]) => marks.size > 0);
  return [
    `<g fill="none" stroke-linecap="round" stroke-width="${size}">`,
    ...paths.map(([{ colour }, marks]) => `<path stroke="${colour}" d="${[...marks].join('')}"/>`),
    '</g>',
  ];
}

/** Diameter in pixels: few stations are drawn large enough to be seen, many small enough not to hide one another. */
const dotSize = (stations: number) => round(Math.min(7, Math.max(2.2, 24 / (stations + 1) ** 0.26)));

const round = (pixels: number) => Math.round(pixels * 10) / 10;

function legend(): string[] {
  const step = 112;
  const left = (width - step * windClasses.length) / 2 + 40;
  const y = height - 24;
  return [
    `<g font-size="13" fill="${ink}">`,
    `<text x="${left - 20}" y="${y}" text-anchor="end" font-weight="600">mph</text>`,
    ...windClasses.map((windClass, index) => {
      const x = left + index * step;
      return `<circle cx="${x}" cy="${y - 4.5}" r="6" fill="${windClass.colour}"/><text x="${x + 12}" y="${y}">${escapeXml(classLabel(windClass))}</text>`;
    }),
    '</g>',
  ];
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
