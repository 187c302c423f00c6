import { countOf } from '../../chart/time-text.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { Code } from '../parts/name.tsx';
import { imports } from '../state/store.ts';
import type { ViewProps } from '../view-props.ts';
import { ImportForm } from './import-form.tsx';
import { ImportList } from './import-list.tsx';
import './import.css';

/** Commands whose output can be imported, the first of them is enough. */
const commands = [
  'aws stepfunctions get-execution-history --execution-arn ARN --output json > history.json',
  'aws stepfunctions describe-execution --execution-arn ARN --output json > execution.json',
  'aws stepfunctions describe-state-machine-for-execution --execution-arn ARN --output json > machine.json',
].join('\n');

/** Recorded histories, of a real account too: what was imported, and how to import. */
export function Import({ item }: ViewProps) {
  const { size } = imports.value;
  const isGone = item !== undefined && !imports.value.has(item);
  return (
    <>
      <Title>
        {isGone
          ? 'This import is gone: a page that is loaded again knows no import'
          : size === 0
            ? 'A recorded history is shown here, and nothing leaves this machine'
            : `${countOf(size, 'import')}, and nothing has left this machine`}
      </Title>
      {isGone && <Empty>Choose the same files once more: they get the same address.</Empty>}
      {size > 0 && <ImportList open={item} />}
      <ImportForm />
      <section class="card import-how" aria-labelledby="import-how">
        <h2 id="import-how">How to get a history</h2>
        <p>
          The first command prints the history of a Standard execution. The output of the others adds its name and
          account, and its definition for the graph and for the comparison with the sandbox.
        </p>
        <Code text={commands} label="Commands" />
        <p class="buttons">
          <CopyButton text={commands} what="commands" />
        </p>
        <p class="quiet">
          The page reads the files itself and keeps them in memory until it is loaded again. Redriven executions and the
          logs of Express executions are not supported.
        </p>
      </section>
    </>
  );
}
