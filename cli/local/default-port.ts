/** Port of `crosswind sandbox` unless `--port` names another. */
export const defaultPort = 4577;
