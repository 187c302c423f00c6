import { durationText } from '../time-text.ts';

const bytes = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

const large = ['', 'k', 'M', 'G', 'T'] as const;

/** A value for people, in the unit of its metric (API_MetricDatum): `75 min`, `3.2 %`, `1.5 MB`, `12.5k`. */
export function valueText(value: number, unit: string | null): string {
  switch (unit) {
    case 'Milliseconds':
      return value < 0 ? `-${durationText(-value)}` : durationText(value);
    case 'Seconds':
      return value < 0 ? `-${durationText(-value * 1_000)}` : durationText(value * 1_000);
    case 'Bytes':
      return scaled(value, bytes, ' ');
    case 'Percent':
      return `${rounded(value)} %`;
    case null:
    default:
      return scaled(value, large, '');
  }
}

function scaled(value: number, names: readonly string[], space: string): string {
  const power = Math.min(names.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  const name = names[power] ?? '';
  return `${rounded(value / 1_000 ** power)}${name === '' ? '' : space}${name}`;
}

/** Four digits, or all of a whole number. */
const rounded = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 4)));

/** Word of a unit for the head of an axis; empty where values say it themselves. */
export const unitWord = (unit: string | null): string =>
  unit === null || ['None', 'Milliseconds', 'Seconds', 'Bytes', 'Percent'].includes(unit) ? '' : unit;
