import type { Handler } from '@crosswind/console/server/handlers';

/** Outline of the land. */
export const mapAnswer: Handler = async () => {
  const { worldMap } = await import('@crosswind/console/server/world-map');
  return worldMap();
};
