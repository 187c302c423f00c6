import { defined } from '@crosswind/aws/json';
import { byteLength } from '../json.ts';
import type { Json } from '@crosswind/aws/json';
import { MAX_PAYLOAD_BYTES } from '../limits.ts';
import type { BatchSpec } from './spec.ts';

/** Input of one child execution and the number of its items. */
export interface Batch {
  readonly input: Json;
  readonly items: number;
}

/** Items that wait for their batch to be full. */
export interface Filling {
  readonly items: readonly Json[];
  readonly bytes: number;
}

export const EMPTY: Filling = { items: [], bytes: 0 };

type Filled =
  | { readonly ok: true; readonly batches: readonly Batch[]; readonly filling: Filling }
  /** One item alone is more than a child's input may be. */
  | { readonly ok: false; readonly bytes: number };

/**
 * Adds items in order and closes a batch when the next item would not fit: by number, by the bytes asked for, or by
 * the 256 KiB of a child's input, `BatchInput` included.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export function fill(filling: Filling, more: readonly Json[], spec: BatchSpec | undefined): Filled {
  const room = roomFor(spec);
  const batches: Batch[] = [];
  let items = [...filling.items];
  let bytes = filling.bytes;
  for (const item of more) {
    const size = byteLength(item) + (spec ? COMMA : 0);
    if (size > room.bytes) return { ok: false, bytes: size };
    if (items.length === room.items || (items.length > 0 && bytes + size > room.bytes)) {
      batches.push(batchOf(items, spec));
      items = [];
      bytes = 0;
    }
    items.push(item);
    bytes += size;
  }
  return { ok: true, batches, filling: { items, bytes } };
}

/** The last batch, which nothing more will fill. */
export const rest = ({ items }: Filling, spec: BatchSpec | undefined): readonly Batch[] =>
  items.length > 0 ? [batchOf(items, spec)] : [];

const COMMA = 1;

function roomFor(spec: BatchSpec | undefined): { readonly items: number; readonly bytes: number } {
  if (!spec) return { items: 1, bytes: MAX_PAYLOAD_BYTES };
  const envelope = byteLength(inputOf([], spec));
  return { items: spec.maxItems ?? Infinity, bytes: (spec.maxInputBytes ?? MAX_PAYLOAD_BYTES) - envelope };
}

const inputOf = (items: readonly Json[], { input }: BatchSpec): Json => defined({ BatchInput: input, Items: items });

const batchOf = (items: readonly Json[], spec: BatchSpec | undefined): Batch => ({
  input: spec ? inputOf(items, spec) : (items[0] ?? null),
  items: items.length,
});
