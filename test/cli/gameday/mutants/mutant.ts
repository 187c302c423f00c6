import type { JsonObject } from '@crosswind/aws/json';
import type { RecordedAlarm } from '@crosswind/sandbox/sandbox';

/** Kinds of changes of an alarm. */
export const mutantKinds = [
  'sibling metric',
  'other dimension',
  'comparison',
  'threshold',
  'periods',
  'datapoints',
  'missing data',
  'no action',
  'aggregation',
  'label',
] as const;

export type MutantKind = (typeof mutantKinds)[number];

/** A change of the definition of an alarm. */
export interface Change {
  readonly kind: MutantKind;
  /** The old value and the new one, for example `1 -> 2`. */
  readonly text: string;
  /** All properties of the changed alarm. */
  readonly properties: JsonObject;
}

/** An alarm with one change, that a game day should notice. */
export interface Mutant extends Change {
  /** Name of the alarm. */
  readonly alarm: string;
}

export type AlarmDefinition = Pick<RecordedAlarm, 'name' | 'account' | 'properties'>;

/** Name of a mutant in tables and failures. */
export const mutantText = ({ alarm, kind, text }: Pick<Mutant, 'alarm' | 'kind' | 'text'>): string =>
  `${alarm}: ${kind}, ${text}`;
