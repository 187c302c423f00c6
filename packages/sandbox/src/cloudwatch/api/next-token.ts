import { pager } from '../../aws-json/pager.ts';
import { cloudWatchError } from './cloudwatch-api.ts';

/** Pages of CloudWatch. */
export const { pageOf, indexIn, tokenFor } = pager('NextToken', () =>
  cloudWatchError('InvalidNextToken', 'The next token specified is invalid.'),
);
