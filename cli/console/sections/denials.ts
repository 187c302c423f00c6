import type { Sections } from '@crosswind/console/server/snapshot';
import { principalName } from '@crosswind/iam/principal';
import type { Denial } from '@crosswind/sandbox/sandbox';
import { denialId } from '../../run-record/recorded-decisions.ts';
import { recordLimits } from '../../run-record/run-record.ts';
import { shortArns } from '../../why/short-arns.ts';
import type { ConsoleContext } from '../console-context.ts';
import type { SectionReader } from '../section-reader.ts';

type DenialModel = Sections['denials'][number];
type Denied = Denial['decision'];

/** Reads why calls were denied, with the ids of the record of a run; anew when another call is denied, or all are forgotten. */
export function denialsReader({ sandbox: { decisions } }: ConsoleContext): SectionReader<'denials'> {
  let known: { readonly denials: readonly Denial[]; readonly models: readonly DenialModel[] } = {
    denials: [],
    models: [],
  };
  return () => {
    const denials = decisions.denials();
    const isSame = denials.length === known.denials.length && denials[0] === known.denials[0];
    if (!isSame) known = { denials, models: denials.slice(0, recordLimits.denied).map(denialModel) };
    return known.models;
  };
}

function denialModel({ request, decision, groups }: Denial, index: number): DenialModel {
  const { principal, action, resource, resourceAccount: account } = request;
  return {
    id: denialId(index),
    kind: decision.kind,
    principal: principal.kind === 'role' ? principal.roleArn : principalName(principal),
    action,
    resource,
    account,
    reason: shortArns(decision.reason),
    first: Math.min(...[...groups].map(({ first }) => first)),
    layers: layersOf(decision),
    hints: hintsOf(decision).map(shortArns),
    fixes: fixesOf(decision),
  };
}

function layersOf(decision: Denied): DenialModel['layers'] {
  if (decision.kind === 'explicit deny') return [decision.deniedBy.policyType];
  return decision.kind === 'implicit deny' ? decision.missing : [];
}

function hintsOf(decision: Denied): readonly string[] {
  if (decision.kind === 'undecidable') return decision.unknowns;
  return decision.kind === 'implicit deny' ? decision.nearMisses.map(({ explanation }) => explanation) : [];
}

const fixesOf = (decision: Denied): DenialModel['fixes'] =>
  decision.kind === 'implicit deny'
    ? decision.mends.map(({ document, of, statement }) => ({
        place: shortArns(`${document} of ${of}`),
        text: JSON.stringify(statement, null, 2),
      }))
    : [];
