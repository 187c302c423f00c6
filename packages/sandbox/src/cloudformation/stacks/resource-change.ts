import type { PropertyChange } from '@crosswind/aws/resource-types';

/** Change of one resource in an operation (API reference: "ResourceChange"). */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  /** Absent for a resource that is added. */
  readonly physicalId?: string;
  /** Absent for a resource that is added or removed. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly properties: readonly PropertyChange[];
  /** Policy for the resource that goes: its deletion or replacement policy. */
  readonly policy: string;
}
