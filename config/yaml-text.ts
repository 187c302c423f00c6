import type { Document } from 'yaml';
import { isMap, isNode, isScalar } from 'yaml';
import type { Path, Problem } from './problem.ts';
import { type Position, TextPositions } from './text-positions.ts';
import { type YamlMistake, tooManyAliases, unresolvedAlias, yamlMistake } from './yaml-mistake.ts';

/** A YAML text as a document that knows the position of each value and how it is written. */
export class YamlText {
  readonly document: Document;
  readonly #text: string;
  readonly #positions: TextPositions;

  constructor(text: string) {
    this.#text = text.replace(/^\uFEFF/, '');
    this.#positions = new TextPositions(this.#text);
    this.document = this.#positions.document;
  }

  /** The first thing that is no YAML; the rest may only follow from it. */
  syntaxError(): Problem | undefined {
    const [error] = this.document.errors;
    if (error) return this.#noYaml(yamlMistake(this.document, this.#text, error, (offset) => this.#lineOf(offset)));
    const unresolved = unresolvedAlias(this.document);
    if (unresolved) return this.#noYaml(unresolved);
    try {
      this.document.toJS();
      return undefined;
    } catch {
      return this.#noYaml(tooManyAliases);
    }
  }

  #lineOf(offset: number): number {
    return this.#positions.at(offset).line;
  }

  #noYaml({ offset, what, expected, fix }: YamlMistake): Problem {
    const { line, column } = this.#positions.at(offset);
    return {
      line,
      column,
      what: `no valid YAML: ${what}`,
      got: shortened(this.#text.split(/\r?\n/)[line - 1]?.trim() ?? '') || 'the end of the file',
      expected,
      fix: `${fix}; what else is wrong shows afterwards`,
    };
  }

  /** Position of the value at `path`, or of its nearest ancestor; nothing for a value that an override has set. */
  placeOf(path: Path): Partial<Position> {
    return this.#positions.of(path) ?? {};
  }

  /** Position of the last key of `path`. */
  keyPlaceOf(path: Path): Partial<Position> {
    const parent = path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
      : undefined;
    return isScalar(pair?.key) && pair.key.range ? this.#positions.at(pair.key.range[0]) : this.placeOf(path);
  }

  /** The value at `path` as it is written: its text, `a list`, `a mapping` or `nothing`. */
  written(path: Path): string {
    const node = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    if (!isNode(node)) return 'nothing';
    if (!node.range) return isScalar(node) ? String(node.value) : 'a list or mapping';
    const text = this.#text.slice(node.range[0], node.range[1]).trim();
    if (text.includes('\n')) return isMap(node) ? 'a mapping' : isScalar(node) ? shortened(text) : 'a list';
    return text === '' ? 'nothing' : shortened(text);
  }

  /** The digits of a number that stands where a quoted text belongs. */
  bareDigits(path: Path): string | undefined {
    const node = this.document.getIn(path, true);
    if (!isScalar(node) || typeof node.value !== 'number') return undefined;
    const digits = node.source ?? String(node.value);
    return /^\d+$/.test(digits) ? digits : undefined;
  }

  /** `tenants.orders.waves.prod`: a path with the names of list items where they have some. */
  named(path: Path): string {
    if (path.length === 0) return 'the file';
    return path
      .map((step, depth) => {
        const name = typeof step === 'number' ? this.document.getIn([...path.slice(0, depth + 1), 'name']) : step;
        return typeof name === 'string' && name !== '' ? name : String(step);
      })
      .join('.');
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
