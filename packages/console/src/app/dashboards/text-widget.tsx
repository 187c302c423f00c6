import { useMemo } from 'preact/hooks';
import { type Block, type Inline, markdownBlocks } from '../../chart/dashboards/markdown.ts';
import { visibleText } from '../../chart/visible-text.ts';

/** Markdown of a body as elements; what is not understood is text, and nothing is HTML. */
export function TextWidget({ markdown }: { readonly markdown: string }) {
  const blocks = useMemo(() => markdownBlocks(markdown), [markdown]);
  return (
    <div class="markdown">
      {blocks.map((block, index) => (
        <BlockOf key={index} block={block} />
      ))}
    </div>
  );
}

function BlockOf({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading': {
      // The title of the page is the only heading of the first level.
      const Heading = block.level === 1 ? 'h2' : 'h3';
      return (
        <Heading>
          <Parts parts={block.parts} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Parts parts={block.parts} />
        </p>
      );
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((parts, index) => (
            <li key={index}>
              <Parts parts={parts} />
            </li>
          ))}
        </List>
      );
    }
    case 'code':
      return (
        <pre class="well" tabIndex={0} role="region" aria-label="Text">
          <code>{visibleText(block.text)}</code>
        </pre>
      );
    case 'table':
      return <Table rows={block.rows} />;
    case 'rule':
      return <hr />;
  }
}

const Table = ({ rows: [head = [], ...rows] }: Pick<Extract<Block, { readonly kind: 'table' }>, 'rows'>) => (
  <div class="table-box" tabIndex={0} role="region" aria-label="Table">
    <table>
      <thead>
        <tr>
          {head.map((parts, index) => (
            <th key={index} scope="col">
              <Parts parts={parts} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((parts, index) => (
              <td key={index}>
                <Parts parts={parts} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Parts = ({ parts }: { readonly parts: readonly Inline[] }) => (
  <>
    {parts.map((part, index) => {
      const text = visibleText(part.text);
      if (part.kind === 'strong') return <strong key={index}>{text}</strong>;
      if (part.kind === 'emphasis') return <em key={index}>{text}</em>;
      if (part.kind === 'code') return <code key={index}>{text}</code>;
      if (part.kind !== 'link') return <bdi key={index}>{text}</bdi>;
      return (
        <a key={index} href={part.href} target="_blank" rel="noreferrer noopener">
          {text}
        </a>
      );
    })}
  </>
);
