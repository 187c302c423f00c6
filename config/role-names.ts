/**
 * Names of the roles of the pipeline's account that act in other accounts. They are fixed: a trust policy names them
 * before they exist, and keeps its meaning when they are created again.
 */
export const pipelineRoleNames = {
  /** CodePipeline, which assumes the deploy role of each account. */
  pipeline: 'crosswind-pipeline',
  /** Builds that publish assets. */
  publishing: 'crosswind-publishing',
  /** The build that deploys the pipeline itself. */
  selfMutation: 'crosswind-self-mutation',
  /** Builds that protect the stacks of a wave from deletion. */
  protection: 'crosswind-protection',
  /** The build that checks the accounts before the first wave. */
  preflight: 'crosswind-preflight',
} as const;

/** Names of the roles that the baseline creates in each account for the pipeline's account. */
export const accountRoleNames = {
  /** Reads what preflight and `crosswind orphans` compare, and changes nothing. */
  viewer: 'crosswind-viewer',
  /** Switches on termination protection of the platform's stacks, and does nothing else. */
  protector: 'crosswind-protector',
} as const;

/** Role that a person assumes when everything else is locked. The organization creates it, the platform does not. */
export const breakGlassRoleName = 'crosswind-break-glass';
