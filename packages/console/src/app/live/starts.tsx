import { credentialsCommand, startCommand } from '../../models/commands.ts';
import type { StartableModel } from '../../models/actions.ts';
import { AskedNote } from '../parts/asked-note.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Empty } from '../parts/head.tsx';
import { Code, Name, oneLine } from '../parts/name.tsx';
import { useAnswer } from '../state/use-answer.ts';

/** Workflows whose commands are shown at most. */
const most = 3;

/** Commands that start a workflow: those that begin a run of a tenant, or all of an app without tenants. */
export function Starts() {
  const asked = useAnswer<readonly StartableModel[]>('startable', {});
  if (asked.kind !== 'answered') return <AskedNote asked={asked} what="the workflows that can be started" />;
  const entries = asked.answer.filter(({ isEntry }) => isEntry);
  const starts = entries.length > 0 ? entries : asked.answer;
  if (starts.length === 0)
    return <Empty>There is no workflow yet: deploy one with the CDK, and it can be started.</Empty>;
  return (
    <>
      <Empty>Nothing ran yet. Start an execution on this page, or in a shell, and the page follows it:</Empty>
      {starts.slice(0, most).map(({ arn, account, title, input }) => {
        const start = startCommand({ machine: arn, input: oneLine(input), name: '' });
        const commands = `${credentialsCommand(account, location.port)}\n${start}`;
        return (
          <section key={arn} class="card start" aria-label={`Start ${title}`}>
            <header>
              <h3>
                <Name>{title}</Name>
              </h3>
              <span class="quiet code">{account}</span>
            </header>
            <Code text={commands} label={`Commands that start ${title}`} />
            <p class="buttons">
              <CopyButton text={commands} what="commands" />
            </p>
          </section>
        );
      })}
      {starts.length > most && <Empty>{`${starts.length - most} more can be started: see the organization.`}</Empty>}
    </>
  );
}
