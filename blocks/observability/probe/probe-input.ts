import { z } from 'zod';

/**
 * Input of a probe, which its schedule holds: the workflows of its account and those in other accounts that they
 * start. A template says it, so the probe keeps no state and asks nobody.
 */
export const probeInput = z.strictObject({
  /** When the round was due: the scheduler fills it in. */
  at: z.iso.datetime().transform((text) => Date.parse(text)),
  workflows: z.array(
    z.strictObject({
      tenant: z.string().min(1),
      stateMachineArn: z.string().min(1),
      /** Minutes that it may still work after what it started has ended. */
      runsOnMinutes: z.number().min(0),
      starts: z.array(
        z.strictObject({
          stateMachineArn: z.string().min(1),
          /** Role in the account of that workflow which lets the probe look at its executions. */
          roleArn: z.string().min(1),
          /** True if that account is frozen: it may not have the role yet. */
          mayBeAbsent: z.boolean().default(false),
        }),
      ),
    }),
  ),
});

export type ProbeInput = z.input<typeof probeInput>;
export type WatchedWorkflow = z.output<typeof probeInput>['workflows'][number];
export type StartedWorkflow = WatchedWorkflow['starts'][number];
