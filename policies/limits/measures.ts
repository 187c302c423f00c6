import { accountMeasures } from './accounts.ts';
import { dashboardMeasures } from './dashboards.ts';
import type { Measure, Measured } from './measure.ts';
import { pipelineMeasures } from './pipelines.ts';
import { policyMeasures } from './policy-sizes.ts';
import { resourceMeasures } from './resources.ts';
import { templateMeasures } from './templates.ts';

const all = [templateMeasures, pipelineMeasures, dashboardMeasures, policyMeasures, resourceMeasures, accountMeasures];

/** How much of every limit each part of the platform uses. */
export const measuresOf = (evidence: Measured): readonly Measure[] => all.flatMap((measures) => measures(evidence));
