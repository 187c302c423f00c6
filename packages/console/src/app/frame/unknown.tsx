import { hrefOf } from '../state/store.ts';
import { Title } from '../parts/head.tsx';

/** A place for an address that leads nowhere. */
export const Unknown = ({ children }: { readonly children: string }) => (
  <>
    <Title>{children}</Title>
    <p>
      Go to <a href={hrefOf({ name: 'now' })}>Now</a> or <a href={hrefOf({ name: 'runs' })}>Runs</a>.
    </p>
  </>
);
