/** Names the platform's own bootstrap resources apart from others in the same account; at most 10 characters. */
export const bootstrapQualifier = 'crosswind';
