/** A part of a line of text. */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** A block of Markdown; headings have a level of 1 to 6. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly parts: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'rule' };

const heading = /^(#{1,6})\s+(.*)$/;
const bullet = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const fence = /^\s{0,3}```/;
const rule = /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/;
const tableRule = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Blocks of the Markdown that text widgets use: headings, paragraphs, lists, tables, code, rules; emphasis, code and links
 * within them. Everything else, HTML among it, is text. Time grows with the length of the text.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_remove_text_dashboard.html
 */
export function markdownBlocks(markdown: string): readonly Block[] {
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  /** Lines from here on for which a condition holds. */
  const taken = (holds: (line: string) => boolean): readonly string[] => {
    const from = at;
    while (at < lines.length && holds(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const title = heading.exec(line);
    const item = bullet.exec(line);
    if (line.trim() === '') at += 1;
    else if (fence.test(line)) {
      at += 1;
      blocks.push({ kind: 'code', text: taken((each) => !fence.test(each)).join('\n') });
      at += 1;
    } else if (title) {
      at += 1;
      blocks.push({ kind: 'heading', level: title[1]?.length ?? 1, parts: inlineParts((title[2] ?? '').trim()) });
    } else if (rule.test(line)) {
      at += 1;
      blocks.push({ kind: 'rule' });
    } else if (item)
      blocks.push(
        listOf(
          taken((each) => bullet.test(each) && !rule.test(each)),
          item[1] !== undefined,
        ),
      );
    else if (line.includes('|') && tableRule.test(lines[at + 1] ?? '')) {
      const rows = taken((each) => each.includes('|'));
      blocks.push({ kind: 'table', rows: rows.filter((_, index) => index !== 1).map(cellsOf) });
    } else {
      const text = [line];
      at += 1;
      text.push(...taken((each) => each.trim() !== '' && !startsBlock(each)));
      blocks.push({ kind: 'paragraph', parts: inlineParts(text.join(' ')) });
    }
  }
  return blocks;
}

const startsBlock = (line: string): boolean =>
  heading.test(line) || bullet.test(line) || fence.test(line) || rule.test(line);

const listOf = (lines: readonly string[], isOrdered: boolean): Block => ({
  kind: 'list',
  isOrdered,
  items: lines.map((line) => inlineParts(bullet.exec(line)?.[2] ?? line)),
});

const cellsOf = (line: string): readonly (readonly Inline[])[] =>
  line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => inlineParts(cell.trim()));

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^[\]]*)\]\(([^()\s]*)\)/;

/** Parts of a text: code, emphasis and links to web pages; a link to anything else is its text. */
export function inlineParts(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  for (let found = inline.exec(rest); found; found = inline.exec(rest)) {
    if (found.index > 0) parts.push({ kind: 'text', text: rest.slice(0, found.index) });
    const [whole, code, strong, emphasis, label = '', href = ''] = found;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', text: emphasis });
    else parts.push(linkOf(whole, label, href));
    rest = rest.slice(found.index + whole.length);
  }
  if (rest !== '') parts.push({ kind: 'text', text: rest });
  return parts;
}

/** CloudWatch writes a button as `[button:Text](address)`, with a style between the colons. */
const button = /^button:(?:primary:)?/;

function linkOf(whole: string, label: string, href: string): Inline {
  const text = label.replace(button, '');
  return text !== '' && isWebPage(href) ? { kind: 'link', text, href } : { kind: 'text', text: whole };
}

function isWebPage(href: string): boolean {
  try {
    return /^https?:\/\//i.test(href) && ['https:', 'http:'].includes(new URL(href).protocol);
  } catch {
    return false;
  }
}
