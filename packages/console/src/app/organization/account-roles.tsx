import type { RoleUse } from '../../chart/organization/account-facts.ts';
import { useSignal } from '@preact/signals';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';

/** Roles that are listed before somebody asks for all. */
const first = 12;

/** Pixels of the longest bar. */
const length = 96;

/** Roles of an account: how many of the actions that they were granted were used, each a link to its decisions. */
export function AccountRoles({ roles }: { readonly roles: readonly RoleUse[] }) {
  const areAll = useSignal(false);
  if (roles.length === 0) return null;
  const shown = areAll.value ? roles : roles.slice(0, first);
  const most = roles.reduce((max, { granted }) => Math.max(max, granted), 1);
  return (
    <>
      <h3>Roles: used and granted actions</h3>
      <div class="account-roles">
        {shown.map(({ role, granted, used }) => (
          <>
            <a key={role} href={hrefOf({ name: 'permissions', item: role })}>
              <Name>{role.split('/').at(-1) ?? role}</Name>
            </a>
            <svg class="used-bar" width={length} height="9" aria-hidden="true">
              <rect class="granted" x=".5" y=".5" width={Math.max(1, (granted / most) * (length - 1))} height="8" />
              <rect class="used" width={(used / most) * length} height="9" />
            </svg>
            <span class="number">{`${used} of ${granted}`}</span>
          </>
        ))}
      </div>
      {shown.length < roles.length && (
        <p class="buttons">
          <button
            type="button"
            class="button small"
            onClick={() => {
              areAll.value = true;
            }}
          >
            {`Show all ${roles.length} roles`}
          </button>
        </p>
      )}
    </>
  );
}
