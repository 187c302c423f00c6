import { z } from 'zod';

const optionalJson = z.json().optional();
const ofTenant = { tenant: z.string(), wave: z.string() };
const tenantInWave = z.strictObject(ofTenant);

const fieldChange = z.strictObject({ path: z.string(), before: optionalJson, after: optionalJson });

const stateChange = z
  .strictObject({
    kind: z.enum(['added', 'removed', 'changed', 'renamed']),
    path: z.array(z.string()).describe('Names from the outermost state to this one.'),
    type: z.string(),
    formerName: z.string().optional(),
    fields: z.array(fieldChange),
  })
  .describe('A state that is added, removed, changed or has another name.');

const workflowChange = z
  .strictObject({
    kind: z.enum(['added', 'removed', 'changed']),
    places: z
      .array(
        z.strictObject({
          name: z.string(),
          account: z.string(),
          region: z.string(),
          stack: z.string(),
          tenant: tenantInWave.optional(),
        }),
      )
      .min(1),
    fields: z.array(fieldChange).describe('Of the workflow itself.'),
    states: z.array(stateChange),
  })
  .describe('Workflows that change alike.');

const figures = z.strictObject({
  status: z.string(),
  error: z.string().optional(),
  seconds: z.number(),
  dollars: z.number(),
  items: z.number(),
  batches: z.number(),
  invocations: z.number(),
  transitions: z.number(),
  throttledInvocations: z.number(),
  retries: z.number(),
  mostExecutionsAtATime: z.number(),
  mostInvocationsAtATime: z.number(),
  alarms: z.array(z.string()),
  deniedCalls: z.number(),
});

const sideOfRun = z
  .strictObject({ figures: figures.optional(), missing: z.string().optional() })
  .describe('Figures, or the reason why there are none.');

export const runChanges = z
  .strictObject({
    workflows: z.array(workflowChange),
    estimates: z.array(
      z
        .strictObject({
          ...ofTenant,
          workload: z.string(),
          alike: z.array(tenantInWave),
          before: sideOfRun,
          after: sideOfRun,
        })
        .describe('Duration and cost of a run as `crosswind simulate` estimates it.'),
    ),
  })
  .describe('Workflow changes as states; duration and cost of a run.');

const mix = z.strictObject({
  during: z.enum(['deploying', 'rolling back', 'deployed']),
  stages: z.record(z.string(), z.enum(['old', 'new'])),
});

const contractDifference = z
  .strictObject({
    mix,
    what: z.enum(['status', 'error', 'cause', 'output', 'problems', 'object', 'executions']),
    stage: z.string(),
    workflow: z.string(),
    state: z.string().optional(),
    path: z.string().optional(),
    object: z.string().optional(),
    old: optionalJson,
    new: optionalJson,
    mixed: optionalJson,
    error: z.string().optional(),
    cause: z.string().optional(),
    missed: z.strictObject({ path: z.string(), expected: optionalJson, got: optionalJson }).optional(),
  })
  .describe('First difference in the outcome of the sample that neither version explains.');

export const contractChanges = z
  .strictObject({
    checks: z.array(
      z
        .strictObject({
          ...ofTenant,
          workload: z.string(),
          alike: z.array(tenantInWave),
          changedStages: z.array(z.string()),
          input: z.enum(['sample', 'run', 'empty']).optional().describe('Absent if it was not run.'),
          entryStatus: z
            .strictObject({ old: z.string(), new: z.string() })
            .optional()
            .describe('Status of the entry with all stages old, and with all stages new.'),
          withNewSample: z.boolean(),
          mixes: z.array(mix),
          differences: z.array(contractDifference),
          missing: z.string().optional().describe('Why it could not be run.'),
        })
        .describe('The sample of a workload with every mix of its old and new stages.'),
    ),
  })
  .describe('Old stages meet new ones while a change is deployed.');

const range = z.strictObject({ least: z.number(), most: z.number() });
const beforeAndAfter = z.strictObject({ before: range, after: range });

export const fixedCostChange = z
  .strictObject({
    currency: z.literal('USD'),
    total: beforeAndAfter,
    items: z.array(
      z.strictObject({
        service: z.string(),
        item: z.string(),
        unit: z.string(),
        quantity: beforeAndAfter,
        cost: beforeAndAfter,
      }),
    ),
  })
  .describe('Cost of a month before anything runs.');
