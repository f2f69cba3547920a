// Whether somebody is there: what the page asks by itself must not keep a session alive for ever.
const quiet_ms = 60_000;
let last_touched = performance.now();

for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
  globalThis.addEventListener?.(kind, () => (last_touched = performance.now()), { capture: true, passive: true });

/** Nobody has touched mouse, keyboard or screen for a minute. */
export const nobody_is_there = (): boolean => performance.now() - last_touched > quiet_ms;
