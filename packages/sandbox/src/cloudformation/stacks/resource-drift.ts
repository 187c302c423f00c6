import type { Json, JsonObject } from '@crosswind/aws/json';
import type { StackResource } from './stack-resource.ts';

/** One property that is not as the stack has it (API reference: "PropertyDifference"). */
export interface PropertyDifference {
  /** JSON pointer, such as `/Tags/0/Value`. */
  readonly path: string;
  readonly expected?: Json;
  readonly actual?: Json;
  readonly kind: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
}

/** How a resource differs from its stack (API reference: "StackResourceDrift"). */
export interface ResourceDrift {
  readonly resource: StackResource;
  readonly status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED';
  readonly expected: JsonObject;
  readonly actual?: JsonObject;
  readonly differences: readonly PropertyDifference[];
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
}
