/** How many times as long as a rendering has taken the page rests after it. */
const restPerWork = 20;

/** The page is never further behind than this, however long a rendering takes; milliseconds. */
const longestRest = 1_000;

const due = new Set<() => void>();
let isScheduled = false;
let restsUntil = 0;

/**
 * Calls `render` with the next frame, however often it is asked for until then. A page that kept a processor busy would slow
 * down the function that it shows: so the frame comes only when the page has rested from the one before. A page that nobody
 * can see has no frames, and renders when it is seen again.
 */
export function renderSoon(render: () => void): void {
  due.add(render);
  if (isScheduled) return;
  isScheduled = true;
  const rest = restsUntil - performance.now();
  if (rest <= 0) requestAnimationFrame(renderDue);
  else setTimeout(() => requestAnimationFrame(renderDue), rest);
}

function renderDue(): void {
  const from = performance.now();
  isScheduled = false;
  const renders = [...due];
  due.clear();
  for (const render of renders) render();
  restsUntil = from + longestRest;
  // Layout and painting come after this callback, and before the next task.
  setTimeout(() => {
    const to = performance.now();
    restsUntil = to + Math.min((to - from) * restPerWork, longestRest);
  });
}
