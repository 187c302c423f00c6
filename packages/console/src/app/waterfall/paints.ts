/** How something is drawn on a canvas. */
export interface Paint {
  readonly fill: string | CanvasPattern | undefined;
  readonly stroke: string | undefined;
  readonly strokeWidth: number;
  readonly dash: readonly number[];
  readonly font: string;
}

/** Paints by their class, as the style sheet has them for the scheme and the forced colors of this time. */
export type Paints = ReadonlyMap<string, Paint>;

/** Reads the paints of the examples: the style sheet is the only place that has them. */
export function paintsOf(examples: SVGElement): Paints {
  const named = [...examples.querySelectorAll<SVGElement>('[data-paint]')];
  return new Map(
    named.map((example) => [example.dataset['paint'] ?? '', paintOf(getComputedStyle(example), examples)]),
  );
}

function paintOf(style: CSSStyleDeclaration, examples: SVGElement): Paint {
  const { fontWeight, fontSize, fontFamily, strokeWidth, strokeDasharray } = style;
  return {
    fill: fillOf(style.fill, examples),
    stroke: style.stroke === 'none' ? undefined : style.stroke,
    strokeWidth: Number.parseFloat(strokeWidth) || 1,
    dash: strokeDasharray === 'none' ? [] : strokeDasharray.split(',').map((part) => Number.parseFloat(part)),
    font: `${fontWeight} ${fontSize} ${fontFamily}`,
  };
}

function fillOf(fill: string, examples: SVGElement): Paint['fill'] {
  if (fill === 'none') return undefined;
  const id = /url\(["']?#([\w-]+)/.exec(fill)?.[1];
  return id === undefined ? fill : (hatchOf(examples.querySelector(`pattern[id="${id}"]`)) ?? undefined);
}

/** Pixels between two lines of a hatching. */
const step = 6;

/** The pattern of SVG as one of a canvas. */
function hatchOf(pattern: SVGElement | null): CanvasPattern | null {
  const [ground, line] = [pattern?.querySelector('rect'), pattern?.querySelector('path')];
  const tile = document.createElement('canvas');
  tile.width = step;
  tile.height = step;
  const context = tile.getContext('2d');
  if (!ground || !line || !context) return null;
  const lineStyle = getComputedStyle(line);
  context.fillStyle = getComputedStyle(ground).fill;
  context.fillRect(0, 0, step, step);
  context.fillStyle = lineStyle.stroke;
  // Half of the line is outside of its tile, as in the pattern.
  context.fillRect(0, 0, Number.parseFloat(lineStyle.strokeWidth) / 2, step);
  const hatch = context.createPattern(tile, 'repeat');
  hatch?.setTransform(new DOMMatrix().rotate(45));
  return hatch;
}
