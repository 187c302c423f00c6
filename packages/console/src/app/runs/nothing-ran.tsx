import { Starts } from '../live/starts.tsx';
import { Empty } from '../parts/head.tsx';

/** How to start something, where nothing ran yet. */
export const NothingRan = () =>
  IS_SERVED ? <Starts /> : <Empty>Nothing ran yet. `npm start` runs a tenant, and writes this page again.</Empty>;
