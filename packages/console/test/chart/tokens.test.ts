import { describe, expect, test } from 'vitest';
import { dark, type Hue, hues, light, type Tokens, tokensCss } from '../../src/chart/tokens.ts';
import { closest, contrast, deficiencies } from './color.ts';

const schemes: readonly (readonly [name: string, tokens: Tokens])[] = [
  ['light', light],
  ['dark', dark],
];

const tintOf = (tokens: Tokens, hue: Hue): string => tokens[`${hue}Tint`];

describe.each(schemes)('the colors of the %s scheme', (_, tokens) => {
  const grounds = [tokens.surface, tokens.ground, tokens.sunken];

  test.each(hues)('%s is legible on every ground and on its own tint (WCAG 1.4.3, 4.5)', (hue) => {
    for (const ground of [...grounds, tintOf(tokens, hue)]) {
      expect(contrast(tokens[hue], ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(['ink', 'ink2', 'ink3'] as const)('%s is legible on every ground', (ink) => {
    for (const ground of grounds) expect(contrast(tokens[ink], ground)).toBeGreaterThanOrEqual(4.5);
  });

  test('text on a primary button is legible', () => {
    expect(contrast(tokens.surface, tokens.ink)).toBeGreaterThanOrEqual(4.5);
  });

  test('a border of a control is seen (WCAG 1.4.11, 3)', () => {
    expect(contrast(tokens.edge, tokens.surface)).toBeGreaterThanOrEqual(3);
  });

  test.each(deficiencies)('no two hues look the same to %s', (deficiency) => {
    // Shapes carry the meaning: this distance is a difference, not a safe one.
    const colored = hues.filter((hue) => hue !== 'rest').map((hue) => tokens[hue]);
    expect(closest(colored, deficiency)).toBeGreaterThan(0.06);
    // Rest is a gray: only its lightness and the hue of the other differ.
    expect(closest([...colored, tokens.rest], deficiency)).toBeGreaterThan(0.05);
  });
});

test('the check of distances finds two colors that a color-blind person cannot tell apart', () => {
  expect(closest(['#a81028', '#5a5a10'], 'deuteranopia')).toBeLessThan(closest(['#a81028', '#5a5a10'], undefined));
  expect(closest(['#a81028', '#a81028'], undefined)).toBe(0);
});

test('each token is a custom property of both schemes', () => {
  expect(tokensCss()).toContain('--done-tint:#dff4ec');
  expect(tokensCss().split('--run:')).toHaveLength(3);
});
