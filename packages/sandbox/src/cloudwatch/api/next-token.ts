import { createHash } from 'node:crypto';
import { cloudWatchError } from './cloudwatch-api.ts';

/** A token for a place in a list, good for that request alone. */
export const tokenFor = (place: number, of: readonly unknown[]): string =>
  Buffer.from(
    `${place} ${createHash('sha256')
      .update(JSON.stringify([place, of]))
      .digest('hex')}`,
  ).toString('base64url');

/** The place that a token stands for; the first one without a token. */
export function placeIn(token: string | undefined, of: readonly unknown[]): number {
  if (token === undefined) return 0;
  const place = parseInt(Buffer.from(token, 'base64url').toString());
  if (tokenFor(place, of) === token) return place;
  throw cloudWatchError('InvalidNextToken', 'The next token specified is invalid.');
}

/** A page of a list, and what the answer says of the next one: nothing on the last one. */
export function pageOf<Item>(
  all: readonly Item[],
  { of, size, token }: { readonly of: readonly unknown[]; readonly size: number; readonly token?: string },
): { readonly items: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const place = placeIn(token, of);
  const after = place + size;
  return { items: all.slice(place, after), next: after < all.length ? { NextToken: tokenFor(after, of) } : {} };
}
