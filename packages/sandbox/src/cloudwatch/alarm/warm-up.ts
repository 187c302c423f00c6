import { z } from 'zod';
import { minute } from '../metric.ts';

/** Time after its creation in which an alarm keeps quiet (CloudWatch User Guide, "Alarm warm-up periods"). */
export interface WarmUp {
  readonly milliseconds: number;
  /** False for one that ends as soon as there is data for all periods that are evaluated. */
  readonly lastsToItsEnd: boolean;
}

/** `WarmUpConfiguration` of AWS::CloudWatch::Alarm. */
export const warmUpConfiguration = z
  .strictObject({
    WarmUpPeriodDurationInMinutes: z.number().int().min(1).max(2_880),
    OnlyStartEvaluatingAfterWarmUpPeriodEnds: z.boolean().default(false),
  })
  .transform((given): WarmUp => ({
    milliseconds: given.WarmUpPeriodDurationInMinutes * minute,
    lastsToItsEnd: given.OnlyStartEvaluatingAfterWarmUpPeriodEnds,
  }));
