import { runView } from '../../models/address.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { hrefOf } from '../state/store.ts';

/** Address of an event in the history of the execution of a row. */
export const eventHref = ({ execution }: WaterfallRow, event: number): string =>
  hrefOf(runView(execution, 'history'), { event: String(event) });
