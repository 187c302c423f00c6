import { describe, expect, test } from 'vitest';
import { layoutProblems, layoutSketch, placedWidgets } from '../../../policies/dashboards/layout.ts';

const text = (markdown: string, x: number, y: number, width?: number, height?: number) => ({
  type: 'text',
  ...{ x, y, properties: { markdown } },
  ...(width !== undefined && { width }),
  ...(height !== undefined && { height }),
});

describe('the layout of a dashboard', () => {
  test('is a line for each widget with a place, six by six where it has no size', () => {
    const widgets = placedWidgets({
      widgets: [
        text('# First\nmore', 0, 0, 24, 2),
        { type: 'metric', x: 0, y: 2, properties: { title: 'Errors' } },
        { type: 'text', properties: { markdown: 'anywhere' } },
      ],
    });
    expect(layoutSketch(widgets)).toBe('y 0   x 0  24 x 2  text   # First\ny 2   x 0  6 x 6   metric Errors');
  });

  test.each([
    ['side by side', [text('a', 0, 0), text('b', 6, 0)], []],
    ['one under the other', [text('a', 0, 0), text('b', 0, 6)], []],
    ['in the same place', [text('a', 0, 0), text('b', 0, 0)], ['widgets[1] "b" covers widgets[0] "a"']],
    ['in one another', [text('a', 0, 0, 24, 9), text('b', 6, 2, 2, 2)], ['widgets[1] "b" covers widgets[0] "a"']],
    ['at a corner', [text('a', 5, 5), text('b', 0, 0)], ['widgets[1] "b" covers widgets[0] "a"']],
    ['over the edge', [text('a', 19, 0)], ['widgets[0] "a" ends in column 25, and the grid has 24']],
  ])('of widgets %s', (_, widgets, problems) => {
    expect(layoutProblems(placedWidgets({ widgets }))).toEqual(problems);
  });
});
