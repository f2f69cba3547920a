// Whether a click is the second half of a double click, however slow: it was meant for what stood there before.

export interface Click {
  x: number;
  y: number;
  /** When, in milliseconds. */
  at: number;
  by_key: boolean;
}

export const second_click_ms = 1_200;
const reach_px = 40;

export function is_second_click(first: Click, click: Click): boolean {
  if (click.at - first.at >= second_click_ms || first.by_key !== click.by_key) return false;
  return click.by_key || Math.hypot(click.x - first.x, click.y - first.y) <= reach_px;
}
