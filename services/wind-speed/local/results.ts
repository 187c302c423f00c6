import { basename } from 'node:path';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { FinishedRun, LocalResults, ResultPoints, ResultSeries, ResultTable } from '../../../blocks/local.ts';
import type { Summary } from '../domain/summary.ts';
import { csvRecords } from './csv-records.ts';
import { provenanceOf, wholeOf } from './whole-results.ts';

/** Reads the results that the child wrote under its own prefix, as files, figures, a table, a series and points. */
export async function resultsOf(
  { executions, resource, storage }: FinishedRun,
  generatedData: boolean,
): Promise<LocalResults> {
  const child = executions.get('child')?.[0];
  const { name: bucket } = resource('child', 'Weather/Results');
  const bodies = await Promise.all(
    outputKeys(child).map(async (key) => ({ name: basename(key), body: await storage.inspect({ bucket, key }) })),
  );
  const written = bodies.flatMap(({ name, body }) => (body ? [{ name, body }] : []));
  const content = (file: string): Buffer | undefined => written.find(({ name }) => name === file)?.body;
  const text = content('summary.json')?.toString();
  const summary = text === undefined ? undefined : (JSON.parse(text) as Summary);
  const table = summary && windTable(summary, generatedData);
  const stations = content('stations.csv');
  return {
    data: { generatedData, ...figures(child, summary) },
    files: written.map(({ name, body }) => ({ name, body: saidOf(name, body, generatedData) })),
    tables: table ? [table] : [],
    series: monthsOf(content('months.csv')),
    points: windiestPlaces(stations),
    whole: table && wholeOf(stations, table.notes, generatedData),
    finding: summary && findingOf(summary),
    provenance: provenanceOf(generatedData),
  };
}

/** A file of results that says where its data comes from; the map always does, the others if nobody measured it. */
function saidOf(name: string, body: Buffer, generatedData: boolean): Buffer | string {
  const text = body.toString();
  if (name === 'map.svg') return labelled(text, generatedData);
  if (!generatedData) return body;
  if (name.endsWith('.json')) return `${JSON.stringify({ generatedData, ...(JSON.parse(text) as object) }, null, 2)}\n`;
  const [head = '', ...rows] = text.trimEnd().split('\n');
  return [`${head},data`, ...rows.map((row) => `${row},generated`), ''].join('\n');
}

/** The keys that `convert` names in the child's output. */
function outputKeys(child: Execution | undefined): readonly string[] {
  const output = child?.outcome?.status === 'SUCCEEDED' ? child.outcome.output : undefined;
  const { outputs } = (output ?? {}) as { readonly outputs?: Readonly<Record<string, string>> };
  return Object.values(outputs ?? {});
}

/** The figures of the summary; of a run that wrote none, what its Map Run counted. */
function figures(child: Execution | undefined, summary: Summary | undefined): Readonly<Record<string, unknown>> {
  const counted = child?.mapRuns[0]?.counts();
  const failed = (counted?.itemCounts.failed ?? 0) + (counted?.itemCounts.timedOut ?? 0);
  return {
    objects: summary?.objects ?? counted?.itemCounts.total ?? 0,
    batches: summary?.batches ?? counted?.executionCounts.total ?? 0,
    failedObjects: summary?.failedObjects ?? failed,
    failures: summary?.failures ?? [],
    ...(summary?.leftOut && { leftOut: summary.leftOut }),
    stations: summary?.stations ?? 0,
    stationsWithoutWind: summary?.stationsWithoutWind ?? 0,
    observations: summary?.observations ?? 0,
    meanKnots: summary?.meanKnots ?? null,
    meanMph: summary?.meanMph ?? null,
    windiest: (summary?.windiest ?? []).map(({ station, name, meanKnots, meanMph, days }) => ({
      station,
      name,
      meanKnots,
      meanMph,
      days,
    })),
  };
}

/** Adds a line with the origin of the data to the map, for people who see the picture alone. */
function labelled(svg: string, generatedData: boolean): string {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) return svg;
  const text = generatedData ? 'simulated run over generated data: nobody measured it' : 'simulated run';
  const place = `x="${Number(width) - 60}" y="${Number(height) - 9}" text-anchor="end"`;
  return svg.replace(/<\/svg>\s*$/, `<text ${place} font-size="12" fill="#5b6472">${text}</text>\n</svg>\n`);
}

const findingOf = ({ stations, meanMph, meanKnots }: Summary): string | undefined =>
  meanMph === null
    ? undefined
    : `the mean wind speed at ${count(stations)} station${stations === 1 ? '' : 's'} was ${fixed(meanMph)} mph (${fixed(meanKnots)} knots)`;

/** The windiest stations and the mean over all, in miles per hour. */
function windTable(summary: Summary, generatedData: boolean): ResultTable {
  const mean = `Mean of ${count(summary.observations)} station days: ${fixed(summary.meanMph)} mph (${fixed(summary.meanKnots)} knots)`;
  const { failedObjects, stations, stationsWithoutWind } = summary;
  const coverage = `${count(stations)} stations with wind, ${count(stationsWithoutWind)} without, ${count(failedObjects)} object${failedObjects === 1 ? '' : 's'} failed`;
  return {
    title: `Windiest stations${generatedData ? ' (generated data, nobody measured it)' : ''}`,
    columns: [
      { heading: '', align: 'right' },
      { heading: 'station', align: 'left' },
      { heading: 'name', align: 'left' },
      { heading: 'mph', align: 'right' },
      { heading: 'knots', align: 'right' },
      { heading: 'days', align: 'right' },
    ],
    rows: summary.windiest.map(({ station, name, country, meanMph, meanKnots, days }, index) => [
      String(index + 1),
      station,
      shortened([name, country].filter((part) => part !== '').join(', ')),
      fixed(meanMph),
      fixed(meanKnots),
      String(days),
    ]),
    notes: [
      mean,
      coverage,
      ...summary.failures.slice(0, shownFailures).map(({ key, reason }) => `- ${key}: ${reason}`),
      ...leftOutLines(summary),
    ],
  };
}

/** Lines about objects that are left out in part, or as copies of others. */
function leftOutLines({ leftOut }: Summary): readonly string[] {
  if (!leftOut) return [];
  const examples = leftOut.examples.slice(0, shownFailures).map(({ key, reason }) => `- ${key}: ${reason}`);
  return [`Left out, in ${count(leftOut.objects)} object${leftOut.objects === 1 ? '' : 's'}`, ...examples];
}

/** The mean of every month with wind. */
function monthsOf(months: Buffer | undefined): readonly ResultSeries[] {
  if (!months) return [];
  const values = csvRecords(months).map(({ year, month, mean_mph: mean }) => ({
    label: `${year ?? ''}-${(month ?? '').padStart(2, '0')}`,
    value: Number(mean),
  }));
  return [{ title: 'Mean wind speed by month', unit: 'mph', values }];
}

/** Stations that are points; the table has them windiest first. */
const pointsShown = 10;

/** The windiest stations whose place is known. */
function windiestPlaces(stations: Buffer | undefined): readonly ResultPoints[] {
  if (!stations) return [];
  const points = csvRecords(stations)
    .filter(({ latitude, longitude, mean_mph: mean }) => latitude !== '' && longitude !== '' && mean !== '')
    .slice(0, pointsShown)
    .map(({ name = '', station = '', latitude, longitude, mean_mph: mean }) => ({
      label: name === '' ? station : name,
      latitude: Number(latitude),
      longitude: Number(longitude),
      value: Number(mean),
    }));
  return [{ title: 'Windiest stations', unit: 'mph', points }];
}

/** Failed objects that are listed; summary.json has the rest. */
const shownFailures = 3;

/** Room for a name, so that the table fits into 80 columns. */
const nameWidth = 36;

const shortened = (name: string): string => (name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name);

const count = (value: number): string => value.toLocaleString('en-US');

const fixed = (value: number | null): string => value?.toFixed(2) ?? '-';
