import { OrganizationsError } from './organizations-error.ts';

/** Items on a page unless fewer are asked for (AWS: "ListAccountsForParent", MaxResults is at most 20). */
const pageSize = 20;

interface Page<Item> {
  readonly items: readonly Item[];
  /** What the answer says of the next page: nothing on the last one. */
  readonly next: { readonly NextToken?: string };
}

/** The page that a request's `NextToken` and `MaxResults` ask for. */
export function pageOf<Item>(
  all: readonly Item[],
  { NextToken, MaxResults = pageSize }: Readonly<Record<string, unknown>>,
): Page<Item> {
  if (typeof MaxResults !== 'number' || !Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > pageSize) {
    throw new OrganizationsError('InvalidInputException', `You specified a MaxResults that is not 1 to ${pageSize}.`);
  }
  const start = startOf(NextToken);
  const end = start + MaxResults;
  return { items: all.slice(start, end), next: end < all.length ? { NextToken: `simulated-${end}` } : {} };
}

function startOf(token: unknown): number {
  if (token === undefined) return 0;
  const start = typeof token === 'string' ? /^simulated-(\d+)$/.exec(token)?.[1] : undefined;
  if (start !== undefined) return Number(start);
  throw new OrganizationsError('InvalidInputException', 'You specified a NextToken that this service did not give.');
}
