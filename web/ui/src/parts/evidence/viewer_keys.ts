import type { Point } from '@/rules/view_transform';

export type ViewerAct = 'next' | 'previous' | 'turn' | 'zoom_in' | 'zoom_out' | 'fit_width' | Point;

const far = 60;
const acts: Record<string, ViewerAct> = {
  ']': 'next',
  '[': 'previous',
  r: 'turn',
  '+': 'zoom_in',
  '=': 'zoom_in',
  '-': 'zoom_out',
  '0': 'fit_width',
  ArrowUp: { x: 0, y: far },
  ArrowDown: { x: 0, y: -far },
  ArrowLeft: { x: far, y: 0 },
  ArrowRight: { x: -far, y: 0 },
};

/** What a key does within the viewer; keys with Ctrl and the like are the browser's. */
export function viewer_key(event: KeyboardEvent): ViewerAct | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  return acts[event.key];
}
