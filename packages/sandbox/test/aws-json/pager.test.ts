import { describe, expect, test } from 'vitest';
import { pager } from '../../src/aws-json/pager.ts';

const { pageOf } = pager('NextToken', () => new Error('foreign token'));
const letters = ['a', 'b', 'c', 'd', 'e'];
const of = ['ListLetters', '111111111111'];

/** All pages of a list, from the first one on. */
function pages(props: Omit<Parameters<typeof pageOf<string>>[1], 'token'>): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let token: string | undefined;
  do {
    const { items, next } = pageOf(letters, { ...props, token });
    found.push(items);
    token = next.NextToken;
  } while (token !== undefined);
  return found;
}

describe('a pager', () => {
  test.each([
    ['from the first item', {}, [['a', 'b'], ['c', 'd'], ['e']]],
    ['from the last item, if reversed', { reversed: true }, [['e', 'd'], ['c', 'b'], ['a']]],
    [
      'without items that a filter refuses',
      { filter: (letter: string) => letter !== 'b' },
      [
        ['a', 'c'],
        ['d', 'e'],
      ],
    ],
  ])('lists every item once %s', (_, props, expected) => {
    expect(pages({ of, size: 2, ...props })).toEqual(expected);
  });

  test('has no token on a last page that is full', () => {
    expect(pageOf(letters, { of, size: 5 })).toEqual({ items: letters, next: {} });
    expect(pageOf(letters, { of, size: 4 }).next.NextToken).toEqual(expect.any(String));
  });

  test('goes on where it was when the list has grown at its end', () => {
    const { NextToken: token } = pageOf(letters, { of, size: 4, reversed: true }).next;
    expect(pageOf([...letters, 'f'], { of, size: 4, reversed: true, token }).items).toEqual(['a']);
  });

  const { NextToken: token = '' } = pageOf(letters, { of, size: 2 }).next;
  test.each([
    ['of another request', token, ['ListLetters', '222222222222']],
    ['that it did not issue', 'mine', of],
    ['that was changed', `${token}A`, of],
    ['that is empty', '', of],
  ])("refuses a token %s with the service's own error", (_, given, asked) => {
    expect(() => pageOf(letters, { of: asked, size: 2, token: given })).toThrow('foreign token');
  });

  test('takes a token of the same request, whatever the size', () => {
    expect(pageOf(letters, { of, size: 1, token }).items).toEqual(['c']);
  });
});
