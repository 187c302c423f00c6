import { describe, expect, onTestFinished, test } from 'vitest';
import { bounded, documentOf, parseXml, required, textIn, type XmlElement } from '../../src/s3/xml-body.ts';

const leaf = (name: string, text: string): XmlElement => ({ name, text, children: [] });

/** Until the test ends, searches that go over more than this many characters together are errors. */
function limitSearches(most: number): void {
  const { indexOf } = String.prototype as { indexOf: (this: string, wanted: string, from?: number) => number };
  let searched = 0;
  const limited: typeof indexOf = function (wanted, from = 0) {
    const found = indexOf.call(this, wanted, from);
    searched += (found < 0 ? this.length : found) - from;
    if (searched > most) throw new Error(`searched more than ${most} characters`);
    return found;
  };
  Object.assign(String.prototype, { indexOf: limited });
  onTestFinished(() => {
    Object.assign(String.prototype, { indexOf });
  });
}

describe('a document of a client', () => {
  test.each<[string, string, XmlElement]>([
    ['one element', '<a>x</a>', leaf('a', 'x')],
    ['an empty one', '<a/>', leaf('a', '')],
    ['elements in it', '<a><b>1</b><b/></a>', { name: 'a', text: '', children: [leaf('b', '1'), leaf('b', '')] }],
    ['attributes, prefixes and a declaration', '<?xml version="1.0"?><s:a xmlns="u" b="c">x</s:a>', leaf('a', 'x')],
    ['comments, with tags in them', '<!-- <b> --><a>x<!--y-->z</a>', leaf('a', 'xz')],
    ['references', '<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</a>', leaf('a', '<&>"\'A😀')],
  ])('may have %s', (_, text, expected) => {
    expect(parseXml(text)).toEqual(expected);
  });

  test.each([
    ['empty', ''],
    ['no XML', 'wind'],
    ['not closed', '<a><b></b>'],
    ['closed by another tag', '<a></b>'],
    ['closed twice', '<a></a></a>'],
    ['two documents', '<a/><b/>'],
    ['half a tag', '<a>x</a'],
    ['half a comment', '<!-- <a/>'],
    ['without a name', '<></>'],
    ['with a type of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['with an entity that nobody knows', '<a>&b;</a>'],
    ['with an ampersand that means nothing', '<a>b & c</a>'],
    ['with a character that does not exist', '<a>&#x110000;</a>'],
    ['with a section', '<a><![CDATA[x]]></a>'],
  ])('that is %s is refused', (_, text) => {
    expect(() => parseXml(text)).toThrow('not well-formed');
  });

  test.each([
    ['tags', '<a>'.repeat(500_000)],
    ['instructions', '<?'.repeat(500_000)],
    ['comments', '<!--'.repeat(500_000)],
    ['ampersands', `<a>${'&'.repeat(500_000)}</a>`],
  ])('of a million characters of %s is refused after at most two searches over it', (_, text) => {
    limitSearches(2 * text.length);
    expect(() => parseXml(text)).toThrow('not well-formed');
  });

  test('has the root that is asked for, and lists of the length that is asked for', () => {
    expect(documentOf('Delete', Buffer.from('<Delete><Key>x</Key></Delete>'))).toMatchObject({ name: 'Delete' });
    expect(() => documentOf('Delete', Buffer.from('<Remove/>'))).toThrow('not well-formed');
    expect(bounded([1, 2], 2)).toEqual([1, 2]);
    expect(() => bounded([], 2)).toThrow('not well-formed');
    expect(() => bounded([1, 2, 3], 2)).toThrow('not well-formed');
  });

  test('tells what stands in an element, if it is there', () => {
    const element = parseXml('<a><b>x</b></a>');
    expect(textIn(element, 'b')).toBe('x');
    expect(textIn(element, 'c')).toBeUndefined();
    expect(required('x')).toBe('x');
    expect(() => required(undefined)).toThrow('not well-formed');
  });
});
