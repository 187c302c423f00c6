import { z } from 'zod';

/** Output of a batch in the workflow, in place of its partial result. The partial may have half a megabyte. */
export const partialPointer = z.object({
  /** Key of the partial in the results bucket. */
  partial: z.string().min(1),
  /** Years the partial holds, ascending. */
  years: z.array(z.int()).readonly(),
  /** Objects of the batch, those that failed included. */
  objects: z.int().min(0),
  failed: z.int().min(0),
  /** Objects whose rows all had the published layout, so that they were read at constant strides. */
  fastPathObjects: z.int().min(0),
  /** Objects that are left out in part; absent where there is none. */
  leftOut: z.int().min(1).optional(),
});

export type PartialPointer = Readonly<z.infer<typeof partialPointer>>;

/** Bytes of JSON a pointer may take, so that 1,200 batches stay far below any limit of Step Functions. */
const maxPointerBytes = 1024;

/** Answers the pointer itself; throws when it is larger than promised. */
export function assertSmall(pointer: PartialPointer): PartialPointer {
  const bytes = Buffer.byteLength(JSON.stringify(pointer));
  if (bytes > maxPointerBytes) throw new Error(`expected a pointer of at most ${maxPointerBytes} bytes, got ${bytes}`);
  return pointer;
}
