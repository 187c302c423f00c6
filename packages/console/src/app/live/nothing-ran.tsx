import { CopyButton } from '../parts/copy-button.tsx';
import { Empty } from '../parts/head.tsx';
import { Code, Name } from '../parts/name.tsx';
import { server } from '../state/ask.ts';
import { AskedNote } from './asked-note.tsx';
import { useAnswers } from './use-answer.ts';

interface Start {
  readonly stateMachineArn: string;
  readonly account: string;
  readonly title: string;
  readonly commands: readonly string[];
}

/** Workflows whose commands are shown at most. */
const most = 3;

/** How to start something, where nothing ran yet. */
export function NothingRan() {
  if (server.value === undefined)
    return <Empty>Nothing ran yet. `npm start` runs a tenant, and writes this page again.</Empty>;
  return <Starts />;
}

function Starts() {
  const asked = useAnswers<readonly Start[]>('starts', [{}]);
  if (asked.kind !== 'answered') return <AskedNote asked={asked} what="the workflows that can be started" />;
  const [starts = []] = asked.answer;
  if (starts.length === 0)
    return <Empty>There is no workflow yet: deploy one with the CDK, and it can be started.</Empty>;
  return (
    <>
      <Empty>Nothing ran yet. Start a workflow in a shell, and this page follows it:</Empty>
      {starts.slice(0, most).map(({ stateMachineArn, account, title, commands }) => (
        <section key={stateMachineArn} class="card start" aria-label={`Start ${title}`}>
          <header>
            <h3>
              <Name>{title}</Name>
            </h3>
            <span class="quiet code">{account}</span>
          </header>
          <Code text={commands.join('\n')} label={`Commands that start ${title}`} />
          <p class="buttons">
            <CopyButton text={commands.join('\n')} what="commands" />
          </p>
        </section>
      ))}
      {starts.length > most && <Empty>{`${starts.length - most} more can be started: see the organization.`}</Empty>}
    </>
  );
}
