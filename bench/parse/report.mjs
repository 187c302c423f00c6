import { describeMachine } from '../machine.mjs';
import { median } from '../median.mjs';
import { table } from '../table.mjs';
import { readingFiles } from './contenders.mjs';

/** Limits on the CPU time of one contender, as a multiple of another's. */
const musts = [
  { name: 'ours', of: 'csv-parse', atMost: 1 / 200 },
  { name: 'ours', of: 'udsv', atMost: 1 / 20 },
  { name: 'fallback', of: 'udsv', atMost: 1 / 2 },
  { name: 'ours from files', of: 'DuckDB from files', atMost: 1 / 8 },
  { name: 'ours from files', of: 'read only', atMost: 1.4 },
];

/** Report of a run, in numbers. */
export function report({ machine, source, inputs, measured }) {
  const rows = Object.entries(measured).map(([name, microseconds]) => {
    const input = readingFiles.has(name) ? inputs.all : inputs.few;
    const ours = measured[readingFiles.has(name) ? 'ours from files' : 'ours'];
    const cpu = median(microseconds);
    return {
      name,
      objects: input.objects,
      microsecondsPerObject: cpu / input.objects,
      megabytesPerSecond: input.bytes / cpu,
      timesOurs: median(microseconds.map((value, round) => value / ours[round])),
    };
  });
  const judged = musts.map((must) => {
    const ratio = median(measured[must.name].map((value, round) => value / measured[must.of][round]));
    return { ...must, ratio, held: ratio <= must.atMost };
  });
  return { machine, source, inputs, rows, musts: judged };
}

/** The same for a reader. */
export function describeReport({ machine, source, inputs: { all, few }, rows, musts }) {
  const { objects, bytes, fastPathObjects, totals } = all;
  return [
    describeMachine(machine),
    `${objects} ${source} objects, ${megabytes(bytes)} MB, ${totals.rows} rows (${few.objects} of them parsed in memory)`,
    `fast path: ${fastPathObjects} of ${objects} objects (${((100 * fastPathObjects) / objects).toFixed(2)} %)`,
    'rows, days and sums are equal for all contenders; CPU time, interleaved, median of five',
    '',
    table(
      ['contender', 'us/object', 'MB/s of CPU time', 'x ours'],
      rows.map((row) => [
        row.name,
        row.microsecondsPerObject.toFixed(1),
        row.megabytesPerSecond.toFixed(0),
        row.timesOurs.toFixed(row.timesOurs < 10 ? 2 : 0),
      ]),
    ),
    '',
    table(
      ['must', 'at most', 'measured', ''],
      musts.map(({ name, of, atMost, ratio, held }) => [
        `${name} / ${of}`,
        fraction(atMost),
        fraction(ratio),
        held ? 'held' : 'not held',
      ]),
    ),
  ].join('\n');
}

function fraction(ratio) {
  if (ratio > 0.9) return ratio.toFixed(2);
  return `1/${(1 / ratio).toFixed(ratio > 0.1 && !Number.isInteger(1 / ratio) ? 1 : 0)}`;
}
const megabytes = (bytes) => (bytes / 1e6).toFixed(0);
