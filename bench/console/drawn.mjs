/* global document, location, requestAnimationFrame -- a function that runs in the page */

/** Milliseconds from the front page until all rows of the Organization view that are in sight are drawn, those that are folded at first too. */
export const organizationDrawn = (page) =>
  page.evaluate(async () => {
    const begun = performance.now();
    const frame = () => new Promise(requestAnimationFrame);
    const until = async (isThere) => {
      while (!isThere()) await frame();
    };
    location.hash = '#/organization';
    await until(() => document.querySelector('.folded button') !== null);
    document.querySelector('.folded button').click();
    await until(() => document.querySelector('.folded button') === null);
    // The frame after it is the first one that shows it.
    await frame();
    if (document.querySelectorAll('.matrix [data-account]').length < 60)
      throw new Error('the matrix shows too few accounts');
    return performance.now() - begun;
  });
