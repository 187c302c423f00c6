import { type Page, pager } from '../aws-json/pager.ts';
import { OrganizationsError } from './organizations-error.ts';

/** Items on a page unless fewer are asked for (AWS: "ListAccountsForParent", MaxResults is at most 20). */
const pageSize = 20;

const invalidToken = (): OrganizationsError =>
  new OrganizationsError('InvalidInputException', 'You specified a NextToken that this service did not give.');

const organizations = pager('NextToken', invalidToken);

/** The page that a request's `NextToken` and `MaxResults` ask for; the token is valid for the rest of the request only. */
export function pageOf<Item>(
  operation: string,
  all: readonly Item[],
  { NextToken: token, MaxResults: size = pageSize, ...rest }: Readonly<Record<string, unknown>>,
): Page<Item, 'NextToken'> {
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > pageSize) {
    throw new OrganizationsError('InvalidInputException', `You specified a MaxResults that is not 1 to ${pageSize}.`);
  }
  if (token !== undefined && typeof token !== 'string') throw invalidToken();
  return organizations.pageOf(all, { of: [operation, rest], size, token });
}
