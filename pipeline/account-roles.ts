/**
 * True if the baseline of each account has the roles of `accountRoleNames`. Steps that assume them are in the pipeline
 * only then, because they fail in an account without.
 */
export const baselineHasRoles: boolean = true;
