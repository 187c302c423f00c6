const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for XML. Control characters become numeric references, as S3 writes them. */
const escaped = (text: string): string =>
  text.replace(/[&<>"\p{Cc}]/gu, (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);

/** An element that holds text. */
export const leaf = (name: string, value: string | number | boolean): string =>
  `<${name}>${typeof value === 'string' ? escaped(value) : String(value)}</${name}>`;

/** An element that holds elements. */
export const element = (name: string, ...children: readonly string[]): string =>
  `<${name}>${children.join('')}</${name}>`;
