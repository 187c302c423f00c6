import { describe, expect, test } from 'vitest';
import { code, line, type Section, verbatim, withMore } from '../../../cli/plan/present/line.ts';
import { markdownOf, mostCharacters, visibleLines } from '../../../cli/plan/present/markdown.ts';

const one = (text: string): string => markdownOf('Plan', [{ title: 'Stop', lines: [line`${code(text)}`] }]);

/** Lines outside of what is folded away, with the summaries. */
const shownIn = (markdown: string): readonly string[] =>
  markdown
    .replace(/<details>\n(<summary>.*<\/summary>)[^]*?<\/details>/g, '$1')
    .split('\n')
    .filter((text) => text !== '');

describe('a text from the files of a pull request', () => {
  test.each([
    ['mentions', '@everyone', '`@everyone`'],
    ['tables', 'a | b', '`a | b`'],
    ['HTML', '<img src=x onerror=y>', '`<img src=x onerror=y>`'],
    ['links', '[here](https://example.com)', '`[here](https://example.com)`'],
    ['references', 'example/repository#1', '`example/repository#1`'],
    ['backticks', 'a`b', '`` a`b ``'],
    ['runs of backticks', '```a', '```` ```a ````'],
    ['line ends', 'a\n# b', '`a # b`'],
    ['marks of direction', 'a\u202Eb', '`a\uFFFDb`'],
    ['zero-width characters', 'a\u200Bb', '`a\uFFFDb`'],
    ['escapes of terminals', 'a\u001B[31mb', '`a\uFFFD[31mb`'],
    ['the end of what is folded', '</details>', '`</details>`'],
  ])('is a span of code: %s', (_, text, expected) => {
    expect(one(text)).toBe(`## Plan\n\n### Stop\n\n- ${expected}\n`);
  });

  test('is cut, so that one name takes no page', () => {
    expect(one('x'.repeat(5_000)).length).toBeLessThan(160);
  });

  test('cannot end the block that is to be copied', () => {
    const lines = [withMore(line`Stop`, verbatim('a\n~~~~~~\n</details>'))];
    expect(markdownOf('Plan', [{ title: 'Stop', lines }])).toContain('\n~~~~~~\na\n------\n</details>\n~~~~~~\n');
  });
});

/** So many sections with so many lines, each with so many below it. */
const sections = (count: number, lines: number, below: number): readonly Section[] =>
  Array.from({ length: count }, (_, section) => ({
    title: `Section ${section}`,
    lines: Array.from({ length: lines }, (__, index) =>
      withMore(
        line`Line ${code(`${section}.${index}`)} ${code('x'.repeat(100))}`,
        Array.from({ length: below }, (___, place) => line`Place ${code(String(place))}`),
      ),
    ),
  }));

describe('a comment', () => {
  test.each([
    [1, 1, 0],
    [1, 500, 0],
    [12, 1, 0],
    [12, 3, 2],
    [12, 400, 40],
    [3, 40, 1],
  ])(
    'of %i sections with %i lines and %i places shows 40 lines and 60,000 characters at most',
    (count, lines, below) => {
      const markdown = markdownOf('Plan', sections(count, lines, below));
      expect(shownIn(markdown).length).toBeLessThanOrEqual(visibleLines);
      expect(markdown.length).toBeLessThanOrEqual(mostCharacters);
      for (let section = 0; section < count; section += 1) expect(markdown).toContain(`### Section ${section}`);
    },
  );

  test('gives spare lines to the gravest sections, and says what it leaves out', () => {
    const markdown = markdownOf('Plan', sections(2, 100, 0));
    const shown = shownIn(markdown);
    expect(shown).toHaveLength(visibleLines);
    expect(shown.filter((text) => text.startsWith('- Line `0.'))).toHaveLength(34);
    expect(shown.filter((text) => text.startsWith('- Line `1.'))).toHaveLength(1);
    expect(shown).toContain('<summary>66 more lines, and where</summary>');
    expect(markdownOf('Plan', sections(1, 2_000, 0))).toMatch(/\d+ more lines: see `plan\.json`\./);
  });

  test('closes the block that is cut', () => {
    const long = verbatim(Array.from({ length: 5_000 }, (_, index) => `line ${index} of the block`).join('\n'));
    const markdown = markdownOf('Plan', [{ title: 'Stop', lines: [withMore(line`Stop`, long)] }]);
    expect(markdown.match(/^~~~~~~$/gm)).toHaveLength(2);
    expect(markdown.length).toBeLessThanOrEqual(mostCharacters);
  });
});
