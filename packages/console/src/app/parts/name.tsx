import { visibleText } from '../../chart/visible-text.ts';

/** A name that somebody else chose: text of its own direction, cut by its box and never wider, marks shown as their codes. */
export function Name({ children, isCode = false }: { readonly children: string; readonly isCode?: boolean }) {
  const text = visibleText(children);
  return (
    <bdi class={isCode ? 'name code' : 'name'} title={text}>
      {text}
    </bdi>
  );
}

/** Text of several lines that scrolls in its box. */
export function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <pre class="well" tabIndex={0} role="region" aria-label={label}>
      <code dir="ltr">{visibleText(text)}</code>
    </pre>
  );
}

/** JSON with indentation, or the text as it is while it is none. */
export const prettyJson = (text: string): string => jsonAgain(text, 2);

/** JSON without line breaks, or the text as it is while it is none. */
export const oneLine = (text: string): string => jsonAgain(text);

function jsonAgain(text: string, indentation?: number): string {
  try {
    return JSON.stringify(JSON.parse(text), null, indentation);
  } catch {
    return text;
  }
}
