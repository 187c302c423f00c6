import { Duration } from 'aws-cdk-lib/core';

/** After this a function that never answered has failed; CloudFormation would wait for an hour. */
export const customResourceTimeout = Duration.minutes(5);
