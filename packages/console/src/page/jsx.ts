/** Imports of each file with elements when it is bundled: calls of `h` are a kilobyte less than those of the automatic runtime. */
export { Fragment, h } from 'preact';
