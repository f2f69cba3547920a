// Where a scan lies behind its window: zoom, turns and moves. Coordinates count from the window's middle.

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export type Turn = 0 | 90 | 180 | 270;
/** `width`, `whole`: follows the window's size; `free`: stays as the reader set it. */
export type Fit = 'width' | 'whole' | 'free';

export interface View {
  fit: Fit;
  scale: number;
  turn: Turn;
  /** Where the scan's middle lies. */
  at: Point;
}

export const scale_min = 0.05;
export const scale_max = 8;
export const zoom_step = 1.25;

export const first_view: View = { fit: 'width', scale: 1, turn: 0, at: { x: 0, y: 0 } };

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The size of the scan as it is turned, before zooming. */
export function turned(content: Size, turn: Turn): Size {
  return turn % 180 === 0 ? content : { width: content.height, height: content.width };
}

/** Keeps the scan in the window: centred where it is smaller, without a margin where it is larger. */
export function kept_in(view: View, content: Size, stage: Size): View {
  const { width, height } = turned(content, view.turn);
  const room = (length: number, window: number) => Math.max(0, (length * view.scale - window) / 2);
  const [side, above] = [room(width, stage.width), room(height, stage.height)];
  return { ...view, at: { x: within(view.at.x, -side, side), y: within(view.at.y, -above, above) } };
}

/** `width` begins at the top of the page, as one reads. */
export function fitted(view: View, content: Size, stage: Size): View {
  if (view.fit === 'free' || !content.width || !content.height || !stage.width || !stage.height)
    return kept_in(view, content, stage);
  const { width, height } = turned(content, view.turn);
  const by_width = stage.width / width;
  const wanted = view.fit === 'width' ? by_width : Math.min(by_width, stage.height / height);
  const scale = within(wanted, scale_min, scale_max);
  return kept_in({ ...view, scale, at: { x: 0, y: Number.POSITIVE_INFINITY } }, content, stage);
}

/** Zooms so that what lies under `point` stays there. */
export function zoomed(view: View, factor: number, point: Point, content: Size, stage: Size): View {
  const scale = within(view.scale * factor, scale_min, scale_max);
  const by = scale / view.scale;
  const at = { x: point.x - (point.x - view.at.x) * by, y: point.y - (point.y - view.at.y) * by };
  return kept_in({ ...view, fit: 'free', scale, at }, content, stage);
}

export function moved(view: View, by: Point, content: Size, stage: Size): View {
  return kept_in({ ...view, at: { x: view.at.x + by.x, y: view.at.y + by.y } }, content, stage);
}

/** A quarter to the right; the scan is fitted anew unless the reader set the zoom. */
export function turned_right(view: View, content: Size, stage: Size): View {
  const turn = ((view.turn + 90) % 360) as Turn;
  const at = { x: -view.at.y, y: view.at.x };
  return fitted({ ...view, turn, at }, content, stage);
}

export const transform_of = (view: View): string =>
  `translate(-50%, -50%) translate(${view.at.x}px, ${view.at.y}px) rotate(${view.turn}deg) scale(${view.scale})`;
