import { z } from 'zod';
import { emitter } from '../../../blocks/observability/emit-metrics.ts';
import { batchMetrics } from '../metrics.ts';
import { analyze } from './analyze.ts';
import { s3Client, s3ObjectStore } from './s3-object-store.ts';

const environment = z
  .object({
    SOURCE_BUCKET: z.string().min(1),
    RESULTS_BUCKET: z.string().min(1),
    TOLERATED_FAILURE_PERCENTAGE: z.coerce.number().min(0).max(100),
  })
  .parse(process.env);

export const handler = analyze({
  store: s3ObjectStore(s3Client()),
  sourceBucket: environment.SOURCE_BUCKET,
  resultsBucket: environment.RESULTS_BUCKET,
  toleratedFailurePercentage: environment.TOLERATED_FAILURE_PERCENTAGE,
  emit: emitter(batchMetrics),
  clock: () => performance.now(),
});
