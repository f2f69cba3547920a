// A double click acts once: its second half reaches neither what was clicked nor what stands there by then.
import { is_second_click, type Click } from '@/rules/second_click';

let latest: Click | null = null;
/** The click that has acted. */
let acted: Click | null = null;

addEventListener(
  'click',
  (event) => {
    const click = { x: event.clientX, y: event.clientY, at: event.timeStamp, by_key: event.detail === 0 };
    if (acted && is_second_click(acted, click)) {
      event.stopImmediatePropagation();
      event.preventDefault();
      return;
    }
    acted = null;
    latest = click;
  },
  { capture: true },
);

/** The click that is being heard has acted: what follows it at once at the same place is part of it. */
export function act_once(): void {
  acted = latest;
}

/** Whether the click that is being heard came from a key, whose focus is elsewhere by then. */
export const is_by_key = (): boolean => latest?.by_key ?? false;
