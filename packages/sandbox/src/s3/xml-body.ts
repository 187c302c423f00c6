import { S3Error } from './s3-error.ts';

/** An element of a document: the text that stands directly in it, and the elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: OpenElement[];
}

const malformed = (): S3Error =>
  new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The root of a document as clients of S3 send them: elements and text, no types of its own and so no entities of its own.
 * Reads every character once.
 */
export function parseXml(document: string): XmlElement {
  const root: OpenElement = { name: '', text: '', children: [] };
  const open = [root];
  let at = 0;
  while (at < document.length) {
    const innermost = open.at(-1) ?? root;
    const start = document.indexOf('<', at);
    innermost.text += unescaped(document.slice(at, start < 0 ? document.length : start));
    if (start < 0) break;
    const end = endOf(document, start);
    at = end + 1;
    const tag = document.slice(start + 1, end);
    if (/^[?!]/.test(tag)) continue;
    if (tag.startsWith('/')) {
      if (open.length === 1 || nameOf(tag.slice(1)) !== innermost.name) throw malformed();
      open.pop();
      continue;
    }
    const element: OpenElement = { name: nameOf(tag), text: '', children: [] };
    innermost.children.push(element);
    if (!tag.endsWith('/')) open.push(element);
  }
  const [document_, ...others] = root.children;
  if (open.length > 1 || document_ === undefined || others.length > 0) throw malformed();
  return document_;
}

/** Where the tag, comment or instruction ends that begins at `start`; types and sections are refused. */
function endOf(document: string, start: number): number {
  const isComment = document.startsWith('<!--', start);
  if (document.startsWith('<!', start) && !isComment) throw malformed();
  const closing = isComment ? '-->' : document.startsWith('<?', start) ? '?>' : '>';
  const end = document.indexOf(closing, start + (isComment ? 4 : 1));
  if (end < 0) throw malformed();
  return end + closing.length - 1;
}

/** The name of a tag, without prefix and attributes. */
function nameOf(tag: string): string {
  const name = /^(?:[\w.-]+:)?([\w.-]+)(?=[\s/]|$)/.exec(tag)?.[1];
  if (name === undefined) throw malformed();
  return name;
}

function unescaped(text: string): string {
  return text.replace(/&([^&;]{0,8};?)/g, (_, reference: string) => {
    const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]+)|(\d+));$/i.exec(reference) ?? [];
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    const entity = reference.endsWith(';') ? ENTITIES[reference.slice(0, -1)] : undefined;
    if (entity === undefined) throw malformed();
    return entity;
  });
}

/** The text of the first element of that name in another. */
export const textIn = ({ children }: XmlElement, name: string): string | undefined =>
  children.find((child) => child.name === name)?.text;

/** The elements of that name in another. */
export const childrenOf = ({ children }: XmlElement, name: string): readonly XmlElement[] =>
  children.filter((child) => child.name === name);

/** The document, if its root has that name. */
export function documentOf(root: string, bytes: Buffer): XmlElement {
  const document = parseXml(bytes.toString());
  if (document.name === root) return document;
  throw malformed();
}

/** A list of one to so many, as S3's lists are; its absence makes a document malformed. */
export function bounded<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length >= 1 && items.length <= most) return items;
  throw malformed();
}

/** The text, if it is there. */
export function required(text: string | undefined): string {
  if (text === undefined) throw malformed();
  return text;
}
