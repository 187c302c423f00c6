/** Name of the platform's pipeline. It identifies the platform's assembly among those of other apps. */
export const pipelineName = 'crosswind';

/** Beginning of the names of the pipeline's builds, by which policies know them. */
export const buildNamePrefix = `${pipelineName}-`;
