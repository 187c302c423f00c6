import { Fragment } from 'preact';
import type { Assigning, StateVisit } from '../../chart/state-visits.ts';
import { clockText } from '../../chart/time-text.ts';
import { assigned, variableDiff, type VariableChange } from '../../chart/variable-diff.ts';
import type { Details } from '../state/use-event-details.ts';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { ValueTree } from '../parts/value-tree.tsx';
import type { Tab } from './state-tabs.ts';

export interface TabContentProps {
  readonly tab: Tab;
  readonly visit: StateVisit;
  readonly details: ReadonlyMap<number, Details>;
  /** Exits that assigned the variables before the state. */
  readonly before: Assigning;
}

/** The part of a state that is open. */
export function TabContent({ tab, visit, details, before }: TabContentProps) {
  if (tab.name === 'Variables') return <VariablesOf visit={visit} details={details} before={before} />;
  if (tab.name === 'Error') return <Errors visit={visit} details={details} />;
  if (tab.texts.length === 0) return <Empty>{tab.empty}</Empty>;
  return (
    <>
      {tab.texts.map(({ title, text }) => (
        <ValueTree key={title} label={title} text={text} />
      ))}
    </>
  );
}

const signs: Readonly<Record<VariableChange['kind'], string>> = { added: '+', changed: '±', removed: '−', same: '' };

/** Variables before and after the state: what it assigned first. */
function VariablesOf({ visit: { exited }, details, before }: Omit<TabContentProps, 'tab'>) {
  const old = assigned(before.exits.map((id) => details.get(id)));
  const now = assigned([exited ? details.get(exited.id) : undefined], old);
  const changes = variableDiff(old, now);
  return (
    <>
      {before.isCut && (
        <p class="quiet">{`Variables that were assigned before event ${before.exits[0] ?? 0} are not looked up.`}</p>
      )}
      {changes.length === 0 ? (
        <Empty>No variable is known here: no state before it assigned one, or its details were left out.</Empty>
      ) : (
        changes.map(({ name, kind, before: from, after }) => (
          <section key={name} class="variables" aria-label={`Variable ${name}, ${kind}`}>
            <h3>
              <span class="sign" aria-hidden="true">
                {signs[kind]}
              </span>{' '}
              <Name isCode>{`$${name}`}</Name> <span class="quiet">{kind}</span>
            </h3>
            {kind === 'changed' && from !== null && <ValueTree label="Before" text={from} />}
            <ValueTree label={kind === 'same' ? 'Value' : 'After'} text={after ?? 'null'} />
          </section>
        ))
      )}
    </>
  );
}

/** Every failure of the stay, the last one first. */
function Errors({ visit: { failures }, details }: Pick<TabContentProps, 'visit' | 'details'>) {
  return (
    <>
      {[...failures].reverse().map(({ id, type, at }) => {
        const { error, cause } = details.get(id) ?? {};
        return (
          <Fragment key={id}>
            <h3>
              <Name>{typeof error === 'string' ? error : type}</Name>
            </h3>
            <p class="quiet">{`event ${id}, ${type}, ${clockText(at)} UTC`}</p>
            {typeof cause === 'string' && cause !== '' && <ValueTree label="Cause" text={cause} />}
          </Fragment>
        );
      })}
    </>
  );
}
