import { describe, expect, test } from 'vitest';
import { inlineParts, markdownBlocks } from '../../../src/chart/dashboards/markdown.ts';

const text = (value: string) => ({ kind: 'text', text: value });

describe('Markdown of a text widget', () => {
  test('has headings, paragraphs, lists, code, tables and rules', () => {
    const markdown = [
      '# Look first',
      'One line',
      'goes on',
      '',
      '1. first',
      '2. second',
      '',
      '- a',
      '* b',
      '---',
      '```',
      'aws **s3** ls',
      '```',
      '| Name | Runs |',
      '|:-----|-----:|',
      '| a | 1 |',
      '### Third',
    ].join('\n');
    expect(markdownBlocks(markdown)).toEqual([
      { kind: 'heading', level: 1, parts: [text('Look first')] },
      { kind: 'paragraph', parts: [text('One line goes on')] },
      { kind: 'list', isOrdered: true, items: [[text('first')], [text('second')]] },
      { kind: 'list', isOrdered: false, items: [[text('a')], [text('b')]] },
      { kind: 'rule' },
      { kind: 'code', text: 'aws **s3** ls' },
      {
        kind: 'table',
        rows: [
          [[text('Name')], [text('Runs')]],
          [[text('a')], [text('1')]],
        ],
      },
      { kind: 'heading', level: 3, parts: [text('Third')] },
    ]);
  });

  test('has emphasis, code and links in a line', () => {
    expect(inlineParts('a **b** *c* `d*e*` [f](https://example.com/g?h=1)')).toEqual([
      text('a '),
      { kind: 'strong', text: 'b' },
      text(' '),
      { kind: 'emphasis', text: 'c' },
      text(' '),
      { kind: 'code', text: 'd*e*' },
      text(' '),
      { kind: 'link', text: 'f', href: 'https://example.com/g?h=1' },
    ]);
  });

  test('has the buttons of CloudWatch as links', () => {
    expect(inlineParts('[button:primary:Open](https://example.com/)')).toEqual([
      { kind: 'link', text: 'Open', href: 'https://example.com/' },
    ]);
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert)',
    '[a](data:text/html,x)',
    '[a](//example.com)',
    '[a](#dashboards:name=x)',
    '[a](https://)',
    '![a](x.png)',
    'a * b * c',
    '2 ** 3',
    'snake_case_name',
  ])('leaves %s as its text', (given) => {
    const parts = inlineParts(given);
    expect(parts.map((part) => part.text).join('')).toBe(given);
    expect(parts.every(({ kind }) => kind === 'text')).toBe(true);
  });

  test.each(['`', '*', '[', '[a](', '|', '# ', '```\n', '- ', '> '])('reads 100,000 times %s in a second', (part) => {
    const begin = performance.now();
    markdownBlocks(part.repeat(100_000));
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});
