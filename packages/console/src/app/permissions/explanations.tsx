import { capitalized } from '../../chart/capitalized.ts';
import type { PermissionGroup } from '../../chart/permission-groups.ts';
import type { DenialModel, PolicyLayer } from '../../models/denials.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Code, Name } from '../parts/name.tsx';

const layerTexts: Readonly<Record<PolicyLayer, string>> = {
  identity: 'the identity policies of the role',
  resource: 'the policy of the resource',
  boundary: 'the permissions boundary of the role',
  session: 'the session policy',
  scp: 'the service control policies of the organization',
  rcp: 'the resource control policies of the organization',
};

export interface ExplanationsProps {
  readonly denials: readonly DenialModel[];
  readonly group: PermissionGroup;
}

/** Why calls were refused: the policies that decided, and the statements that fix it. */
export function Explanations({ denials, group }: ExplanationsProps) {
  if (group.verdict === 'allowed') return <p class="quiet">The policies allow it, and none denies it.</p>;
  const own = denials.filter(({ id }) => group.denials.includes(id));
  if (own.length === 0) return <p class="quiet">The explanation was left out of this file: too much was denied.</p>;
  return (
    <>
      {own.map((denial, index) => (
        <Explanation key={denial.id} denial={denial} isFirst={index === 0} />
      ))}
    </>
  );
}

const decidedBy = ({ kind, layers }: DenialModel): string => {
  const names = layers.map((layer) => layerTexts[layer]).join(' and ');
  switch (kind) {
    case 'explicit deny':
      return `A Deny in ${names} decides: no further permission helps.`;
    case 'implicit deny':
      return `Missing in ${names}.`;
    case 'undecidable':
      return 'The sandbox cannot decide this call, so it refused it. AWS would decide.';
  }
};

function Explanation({ denial, isFirst }: { readonly denial: DenialModel; readonly isFirst: boolean }) {
  const { reason, hints, fixes } = denial;
  return (
    <section aria-label="Why">
      <p class="why">
        <Name>{`${capitalized(reason)}.`}</Name>
      </p>
      <p>{decidedBy(denial)}</p>
      {hints.length > 0 && (
        <ul class="plain-list quiet">
          {hints.slice(0, 3).map((hint) => (
            <li key={hint}>
              <Name>{hint}</Name>
            </li>
          ))}
        </ul>
      )}
      {fixes.map(({ place, text }, index) => (
        <section key={index} aria-label="Fix">
          <h3>{index === 0 ? 'This statement fixes it' : 'It needs this one, too'}</h3>
          <p class="quiet">
            in the <Name>{place}</Name>
          </p>
          <Code text={text} label={`Statement for the ${place}`} />
          <p class="buttons">
            <CopyButton text={text} what="statement" isFix={isFirst && index === 0} />
          </p>
        </section>
      ))}
      {fixes.length === 0 && denial.kind === 'implicit deny' && (
        <p class="quiet">No statement alone fixes it: the request itself has to change.</p>
      )}
    </section>
  );
}
