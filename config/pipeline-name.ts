/** Name of the platform's pipeline. It identifies the platform's assembly among those of other apps. */
export const pipelineName = 'crosswind';

/** Beginning of the names of the pipeline's builds, which policies name. */
export const buildNamePrefix = `${pipelineName}-`;
