/** Where `crosswind sandbox` serves, unless told otherwise. */
export const defaultPort = 4577;
