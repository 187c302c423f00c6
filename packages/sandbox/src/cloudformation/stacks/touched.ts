import type { StackResource } from './stack-resource.ts';

/** A resource that an update has touched, and what was in its place. */
export interface Touched {
  readonly logicalId: string;
  readonly how: 'created' | 'changed' | 'replaced' | 'kept';
  readonly before?: StackResource;
}
