import type { ComponentChild } from 'preact';
import { clockText, dayText } from '../../chart/time-text.ts';
import { runView } from '../../models/address.ts';
import type { ResultContent, ResultModel, ResultQuestion, ResultRunModel } from '../../models/results.ts';
import { FilterLinks } from '../parts/filter-links.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import { type Asked, useAnswer } from '../state/use-answer.ts';
import type { ViewProps } from '../view-props.ts';
import { RunResult } from './run-result.tsx';
import './result.css';

/** Results that the workload of a tenant reported about its last run at this time. */
export function Result({ models, item, address }: ViewProps) {
  const { results } = models.sections;
  const model = item === undefined ? firstWithRuns(results) : results.find(({ tenant }) => tenant === item);
  const [run] = model?.runs ?? [];
  const question: ResultQuestion | undefined = run && { run: run.run };
  const answered = useAnswer<ResultContent>('result', question);
  return (
    <>
      <Title>
        {model ? (
          <>
            <Name>{model.tenant}</Name>
            {finding(model, run, answered)}
          </>
        ) : (
          <>No tenant {item === undefined ? 'has results' : <Name>{item}</Name>} here</>
        )}
      </Title>
      {results.length > 1 && <Tenants results={results} current={model?.tenant} />}
      {model && run ? (
        <>
          <p class="lead">
            Wave <Name>{run.wave}</Name>, run{' '}
            <a href={hrefOf(runView(run.run, 'waterfall'))}>
              <Name isCode>{run.run.split(':').at(-1) ?? ''}</Name>
            </a>
            , ended {dayText(run.endedAt)}, {clockText(run.endedAt)} UTC
          </p>
          <RunResult key={run.run} tenant={model.tenant} answered={answered} open={address.event} />
        </>
      ) : (
        <Empty>{whatToDo(model, item)}</Empty>
      )}
    </>
  );
}

const firstWithRuns = (results: readonly ResultModel[]): ResultModel | undefined =>
  results.find(({ runs }) => runs.length > 0) ?? results[0];

function finding(
  { reports }: ResultModel,
  run: ResultRunModel | undefined,
  answered: Asked<ResultContent>,
): ComponentChild {
  if (!reports) return ' reports no results';
  if (!run) return ' has no results yet';
  if (answered.kind !== 'answered') return ' has results';
  const { finding: said, tables, series } = answered.answer;
  if (said !== null)
    return (
      <>
        : <Name>{said}</Name>
      </>
    );
  return tables.length + series.length > 0 ? ' has results' : ' wrote no results';
}

function whatToDo(model: ResultModel | undefined, item: string | undefined): string {
  if (!model)
    return item === undefined
      ? 'No tenant is deployed at this time: add one to platform.yaml, or move the strip to the right.'
      : 'Choose a tenant that is deployed.';
  if (model.reports)
    return 'Results exist from the end of the run that wrote them, and no run has ended at this time: start one, or move the strip to the right.';
  return `This workload reports no results: \`prepare\` in the local.ts of ${model.workload} returns no \`results\`. docs/workloads.md says what they are.`;
}

function Tenants({
  results,
  current,
}: {
  readonly results: readonly ResultModel[];
  readonly current: string | undefined;
}) {
  return (
    <FilterLinks
      label="Tenants"
      links={results.map(({ tenant }) => ({
        href: hrefOf({ name: 'result', item: tenant }),
        isCurrent: tenant === current,
        children: <Name>{tenant}</Name>,
      }))}
    />
  );
}
