import { mapRunStep } from '../map-run/map-run.ts';
import type { MapRunEffect, MapRunEvent } from '../map-run/protocol.ts';
import type { MapRunState } from '../map-run/state.ts';
import { Driver, type Perform } from './driver.ts';
import type { Simulation } from './simulation.ts';

/** Runs one Map Run of the engine in virtual time. */
export class MapRunDriver extends Driver<MapRunState, MapRunEvent, MapRunEffect> {
  /** @param held where the state is kept, so that others can read it */
  constructor(simulation: Simulation, held: { state: MapRunState }, perform: Perform<MapRunEffect>) {
    super(simulation, held, mapRunStep, perform);
  }
}
