let context: CanvasRenderingContext2D | null | undefined;

/** Pixels of a text of a chart, in the font that the style sheet gives it. */
export function textWidth(text: string): number {
  if (context === undefined) {
    context = document.createElement('canvas').getContext('2d');
    if (context) context.font = '11px system-ui, sans-serif';
  }
  return context?.measureText(text).width ?? text.length * 7;
}
