import { createHash } from 'node:crypto';
import { statesError } from './states-error.ts';

export interface PageProps<Item> {
  /** What is listed for whom: a token is good for that alone. */
  readonly of: readonly unknown[];
  /** 0 for AWS's default, 100. */
  readonly maxResults: number;
  readonly nextToken?: string;
  /**
   * Whether the last item comes first.
   *
   * @default false
   */
  readonly reversed?: boolean;
  /**
   * Which items are listed.
   *
   * @default - all
   */
  readonly filter?: (item: Item) => boolean;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** What the answer says of the next page: nothing on the last one. */
  readonly next: { readonly nextToken?: string };
}

/** A page of a list that grows at its end only, so that a place in it stays the same place: that is what a token holds. */
export function pageOf<Item>(all: readonly Item[], props: PageProps<Item>): Page<Item> {
  const { of, maxResults, nextToken, reversed = false, filter = () => true } = props;
  const first = reversed ? all.length - 1 : 0;
  const items: Item[] = [];
  for (let place = nextToken === undefined ? first : placeIn(nextToken, of); ; place += reversed ? -1 : 1) {
    const item = all[place];
    if (item === undefined) return { items, next: {} };
    if (!filter(item)) continue;
    if (items.length === (maxResults || 100)) return { items, next: { nextToken: tokenFor(place, of) } };
    items.push(item);
  }
}

const tokenFor = (place: number, of: readonly unknown[]): string =>
  Buffer.from(
    `${place} ${createHash('sha256')
      .update(JSON.stringify([place, of]))
      .digest('hex')}`,
  ).toString('base64url');

function placeIn(token: string, of: readonly unknown[]): number {
  const place = parseInt(Buffer.from(token, 'base64url').toString());
  if (tokenFor(place, of) === token) return place;
  throw statesError('InvalidToken', "Invalid Token: 'Invalid token'");
}
