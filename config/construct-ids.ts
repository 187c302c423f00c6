/** Id of the stack of the pipeline, which all stages are below. */
export const platformStackId = 'Crosswind';

/** Id of the stage that holds a tenant's stacks in one wave. */
export const placementId = (wave: string, tenant: string): string => `${wave}-${tenant}`;
