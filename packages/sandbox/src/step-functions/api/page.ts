import { type Page, type PageProps, pager } from '../../aws-json/pager.ts';
import { statesError } from './states-error.ts';

const states = pager('nextToken', () => statesError('InvalidToken', "Invalid Token: 'Invalid token'"));

interface StatesPageProps<Item> extends Omit<PageProps<Item>, 'size' | 'token'> {
  /** 0 for AWS's default, 100. */
  readonly maxResults: number;
  readonly nextToken?: string;
}

/** The page that a request to Step Functions asks for. */
export const pageOf = <Item>(
  all: readonly Item[],
  { maxResults, nextToken: token, ...props }: StatesPageProps<Item>,
): Page<Item, 'nextToken'> => states.pageOf(all, { ...props, size: maxResults || 100, token });
