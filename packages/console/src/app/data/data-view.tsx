import type { ExecutionModel } from '../../models/executions.ts';
import { Empty } from '../parts/head.tsx';
import { Code, Name, prettyJson } from '../parts/name.tsx';
import type { RunProps } from '../run/run-props.ts';

/** Executions whose texts are shown at most, the first ones. */
const most = 20;

/** Input and output of each execution of the family. */
export function DataView({ family }: RunProps) {
  return (
    <>
      {family.slice(0, most).map((execution) => (
        <section
          key={execution.arn}
          class="card data"
          aria-label={`${execution.title} ${execution.name}, input and output`}
        >
          <header>
            <h2>
              <Name>{execution.title}</Name>
            </h2>
            <Name isCode>{execution.arn}</Name>
          </header>
          <div class="two">
            <Text title="Input" of={execution} text={execution.input} why="It was left out of this file." />
            <Text title="Output" of={execution} text={execution.output} why={whyNoOutput(execution)} />
          </div>
          {execution.error !== null && (
            <p>
              <strong>
                <Name>{execution.error}</Name>
              </strong>
              {execution.cause !== null && execution.cause !== '' && (
                <>
                  : <Name>{execution.cause}</Name>
                </>
              )}
            </p>
          )}
        </section>
      ))}
      {family.length > most && <Empty>{`The first ${most} of ${family.length} executions are shown.`}</Empty>}
    </>
  );
}

const whyNoOutput = ({ status }: ExecutionModel): string => {
  if (status === 'RUNNING') return 'There is none yet: it runs.';
  return status === 'SUCCEEDED' ? 'It was left out of this file.' : `There is none: it ended as ${status}.`;
};

interface TextProps {
  readonly title: string;
  readonly of: ExecutionModel;
  readonly text: string | null;
  /** Why there is none. */
  readonly why: string;
}

function Text({ title, of, text, why }: TextProps) {
  return (
    <div>
      <h3>{title}</h3>
      {text === null ? (
        <Empty>{why}</Empty>
      ) : (
        <Code text={prettyJson(text)} label={`${title} of ${of.title} ${of.name}`} />
      )}
    </div>
  );
}
