import { z } from 'zod';
import { clockSpeeds } from '@crosswind/console/models/clock';
import { type Handler, Refused } from '@crosswind/console/server/handlers';
import type { ConsoleContext } from '../console-context.ts';
import { checked } from '../checked.ts';

/**
 * Speed of a served console at first: real time, so that one can follow a run, and what is stuck stays so while one looks.
 * A run without pauses of its own is over as fast as at any other speed, because functions run for real.
 */
export const firstSpeed = clockSpeeds['1x'];

const wanted = z.object({ clock: z.enum(['pause', '1x', '60x', 'fast', 'next']) });

/** Sets the speed of virtual time, or lets the next event happen and pauses. */
export const clockAction =
  ({ sandbox: { simulation } }: Pick<ConsoleContext, 'sandbox'>): Handler =>
  async (what) => {
    const { clock } = checked(wanted, what);
    if (clock !== 'next') simulation.setSpeed(clockSpeeds[clock]);
    else if (!simulation.nextEvent())
      throw new Refused('nothing is going to happen: start an execution, or let time pass');
    return Promise.resolve({});
  };
