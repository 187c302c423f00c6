/** Line of an answer, as far as its label may show it. */
export interface LabeledLine {
  /** Label that the line has by itself. */
  readonly own: string;
  /** Values in the order of time. */
  readonly values: readonly number[];
  /** Properties of the metric by the names that PROP takes, for example `Dim.Tenant`. */
  readonly properties: ReadonlyMap<string, string | number>;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

type Part = (line: LabeledLine) => string | number | undefined;

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['LABEL', ({ own }) => own],
  ['AVG', ({ values }) => sum(values) / values.length],
  ['DATAPOINT_COUNT', ({ values }) => values.length],
  ['FIRST', ({ values }) => values[0]],
  ['LAST', ({ values }) => values.at(-1)],
  ['MAX', ({ values }) => values.reduce((most, value) => Math.max(most, value), -Infinity)],
  ['MIN', ({ values }) => values.reduce((least, value) => Math.min(least, value), Infinity)],
  ['SUM', ({ values }) => sum(values)],
]);

/**
 * Label of a line, the parts in `${…}` replaced by what they name. A part without a value is `--`; one that is not known,
 * such as those with times, whose form AWS does not document, stays as it is.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
 */
export function dynamicLabel(label: string, line: LabeledLine): string {
  return label.replace(/\$\{(?:PROP\('([^']*)'\)|([A-Z_]+))\}/g, (text, property?: string, name = '') => {
    if (property !== undefined) return shown(line.properties.get(property));
    const part = parts.get(String(name));
    return part ? shown(part(line)) : text;
  });
}

/** True for a label that names the label of the line itself. */
export const isDynamic = (label: string): boolean => label.includes('${');

const shown = (value: string | number | undefined): string => {
  if (typeof value !== 'number') return value ?? '--';
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '--';
};
