/* global document, requestAnimationFrame, Event -- functions that run in the page */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const run = '#/runs/333333333333/parent/run-1';

/** Size of a run, the view in which something is done, and what: each is repeated in a page of its own. */
export const acts = [
  { name: 'scrolling 10,000 events', size: { events: 10_009, states: 50 }, view: `${run}/history`, act: scroll },
  { name: 'scrolling 10,000 rows', size: { events: 70_009, states: 10_000 }, view: `${run}/waterfall`, act: scroll },
  { name: 'zooming 10,000 spans', size: { events: 14_009, states: 50 }, view: `${run}/waterfall`, act: zoom },
  { name: 'zooming 10,000 rows', size: { events: 70_009, states: 10_000 }, view: `${run}/waterfall`, act: zoom },
  { name: 'streaming 1,200 batches, batches', size: { batches: 1_200 }, view: `${run}/batches`, act: stream },
  { name: 'streaming 1,200 batches, waterfall', size: { batches: 1_200 }, view: `${run}/waterfall`, act: stream },
  { name: 'moving the strip, 10,000 events', size: { events: 10_009 }, view: `${run}/history`, act: moveStrip },
  { name: 'filtering 25,000 events', size: { events: 25_009 }, view: `${run}/history`, act: filter },
  { name: 'moving the strip, 10,000 runs', size: { runs: 10_000 }, view: '#/runs', act: moveStrip },
  { name: 'importing 25,000 events', size: {}, view: '#/import', act: importHistory },
];

/** 120 jumps through a list, one in a frame. */
async function scroll(page) {
  await page.locator('.virtual').waitFor();
  await page.evaluate(async () => {
    const box = document.querySelector('.virtual');
    for (let jump = 1; jump <= 120; jump += 1) {
      box.scrollTop = (box.scrollHeight * jump) / 120;
      await new Promise(requestAnimationFrame);
    }
  });
}

/** Into the middle and out again by the wheel, in 60 steps. */
async function zoom(page) {
  const box = await page.locator('[data-lane]').first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 10);
  await page.keyboard.down('Control');
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step < 30 ? -120 : 120);
  await page.keyboard.up('Control');
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Batches begin and end one after another in 40 patches: what a served page gets in ten seconds. */
async function stream(page) {
  await page.evaluate(async () => {
    const { benchSnapshot, benchPatch } = globalThis;
    const [columns] = benchSnapshot.value.batches;
    const { mapRunArn, execution, state, startedAt, toleratedPercent, maxConcurrency } = columns;
    const head = { mapRunArn, execution, state, startedAt, toleratedPercent, maxConcurrency, stoppedAt: null };
    const batchAt = (place, isOpen) => [
      columns.index[place],
      columns.start[place],
      isOpen ? -1 : columns.duration[place],
      isOpen ? 'RUNNING' : columns.statuses[columns.batchStatus[place]],
      isOpen ? null : (columns.errors[columns.error[place]] ?? null),
      columns.items[place],
      columns.attempts[place],
      columns.names[place] ?? null,
    ];
    benchSnapshot.value = { ...benchSnapshot.value, batches: [] };
    const size = columns.index.length / 20;
    for (let patch = 0; patch < 40; patch += 1) {
      const isOpen = patch % 2 === 0;
      const first = Math.floor(patch / 2) * size;
      const batches = Array.from({ length: size }, (_, index) => batchAt(first + index, isOpen));
      const changed = { head: { ...head, status: 'RUNNING', total: first + size }, batches };
      benchPatch([
        { kind: 'batches', changed },
        { kind: 'time', at: benchSnapshot.value.at + 100 },
      ]);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const shown = document.querySelector('.map-run h2')?.textContent ?? '1,200 batches';
    if (!shown.includes('1,200 batches')) throw new Error(`the page shows ${shown} after all patches`);
  });
}

/** Forty steps of the strip to the left, as a pointer drags it. */
async function moveStrip(page) {
  await page.evaluate(async () => {
    const slider = document.querySelector('.strip input');
    for (let step = 1; step <= 40; step += 1) {
      slider.value = String(1_000 - step * 24);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
  });
}

async function filter(page) {
  await page.locator('[data-filter]').pressSequentially('TaskFailed', { delay: 30 });
}

/** A history of 20 MB, as long as one of AWS can be, until its waterfall is drawn. */
async function importHistory(page) {
  const { longHistory } = await import('@crosswind/console/testing/measured-pages');
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  const file = `${directory}/history.json`;
  // A file that is there already: the driver would hand over 20 MB in a task of the page.
  writeFileSync(file, longHistory(25_000, 330));
  await page.locator('.import-form input[type=file]').setInputFiles(file);
  await page.locator('.waterfall [data-row]').first().waitFor();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  rmSync(directory, { recursive: true });
}
