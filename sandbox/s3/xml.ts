const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it may stand in XML; control characters become numeric references, as S3 writes them. */
const escaped = (text: string): string =>
  text.replace(/[&<>"\p{Cc}]/gu, (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);

/** An element that holds text. */
export const leaf = (name: string, value: string | number | boolean): string =>
  `<${name}>${typeof value === 'string' ? escaped(value) : String(value)}</${name}>`;

/** An element that holds elements. */
export const element = (name: string, ...children: readonly string[]): string =>
  `<${name}>${children.join('')}</${name}>`;

/** A whole document of S3's REST protocol. */
export const xmlDocument = (root: string, ...children: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${children.join('')}</${root}>`;
