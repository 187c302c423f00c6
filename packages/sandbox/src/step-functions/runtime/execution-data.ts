/** Fields of an event's details that AWS leaves out where execution data is not included. */
export const executionData: readonly string[] = ['input', 'inputDetails', 'output', 'outputDetails'];
