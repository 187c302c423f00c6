import type { FixModel } from '../../models/verdict.ts';
import { FixCommand } from '../actions/fix-command.tsx';
import { FixButton } from '../live/acting/fix-button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Code, Name } from '../parts/name.tsx';

const titles: Readonly<Record<FixModel['kind'], string>> = {
  statement: 'This statement fixes it',
  setting: 'This setting fixes it',
  command: 'This command goes on from there',
};

/** Fixes of a run, the first of them open; each of them can be copied. */
export function Fixes({ fixes }: { readonly fixes: readonly FixModel[] }) {
  const [first, ...others] = fixes;
  return (
    <div class="verdict-fix">
      {first && <Fix fix={first} isFirst />}
      {others.map((fix, index) => (
        <details key={index}>
          <summary>{titles[fix.kind]}</summary>
          <Fix fix={fix} isFirst={false} />
        </details>
      ))}
    </div>
  );
}

function Fix({ fix, isFirst }: { readonly fix: FixModel; readonly isFirst: boolean }) {
  return (
    <>
      {isFirst && <h2>{titles[fix.kind]}</h2>}
      {fix.kind !== 'command' && (
        <p class="quiet">
          in the <Name>{fix.place}</Name>
        </p>
      )}
      <Code text={fix.text} label={titles[fix.kind]} />
      <p class="buttons">
        <CopyButton text={fix.text} what={fix.kind} isFix={isFirst} />
        {IS_SERVED && fix.kind === 'statement' && <FixButton fix={fix} />}
      </p>
      {fix.kind === 'statement' && <FixCommand fix={fix} />}
    </>
  );
}
