/** A box in pixels. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes of each kind as one path of SVG: a browser draws one element where there would be thousands. */
export function boxPaths<Kind>(boxes: readonly (PixelBox & { readonly kind: Kind })[]): ReadonlyMap<Kind, string> {
  const parts = new Map<Kind, string[]>();
  for (const { kind, x, y, width, height } of boxes) {
    const known = parts.get(kind) ?? [];
    parts.set(kind, known);
    known.push(`M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`);
  }
  return new Map([...parts].map(([kind, path]) => [kind, path.join('')]));
}

const round = (value: number): number => Math.round(value * 100) / 100;
