import { type Document, LineCounter, isNode, parseDocument } from 'yaml';
import type { Path } from './problem.ts';

/** A position in a text as editors count it: the first line and the first column are 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Positions of the values of a YAML or JSON text. */
export class TextPositions {
  readonly document: Document;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  /** Position of the value at `path`, or of its nearest ancestor; undefined for a value that was set after parsing. */
  of(path: Path): Position | undefined {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = this.document.getIn(path.slice(0, depth), true);
      if (isNode(node)) return node.range ? this.at(node.range[0]) : undefined;
    }
    return { line: 1, column: 1 };
  }

  /** Position of an offset in UTF-16 code units. */
  at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}
