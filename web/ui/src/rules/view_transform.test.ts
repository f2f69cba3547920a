import { describe, expect, it } from 'vitest';
import { first_view, fitted, kept_in, moved, turned_right, zoomed, type View } from './view_transform';

const page = { width: 1000, height: 2000 };
const stage = { width: 500, height: 400 };
const middle = { x: 0, y: 0 };

describe('fitted', () => {
  it('takes the whole width and begins at the top', () => {
    const view = fitted(first_view, page, stage);
    expect(view.scale).toBe(0.5);
    expect(view.at).toEqual({ x: 0, y: 300 });
  });

  it('shows the whole page in the middle', () => {
    const view = fitted({ ...first_view, fit: 'whole' }, page, stage);
    expect(view.scale).toBe(0.2);
    expect(view.at).toEqual(middle);
  });

  it('leaves what the reader set', () => {
    expect(fitted({ ...first_view, fit: 'free', scale: 2 }, page, stage).scale).toBe(2);
  });

  it('waits until the sizes are known', () => {
    expect(fitted(first_view, { width: 0, height: 0 }, stage).scale).toBe(1);
  });
});

describe('zoomed', () => {
  const view: View = { fit: 'free', scale: 1, turn: 0, at: middle };

  it('keeps what lies under the point', () => {
    const point = { x: 100, y: -50 };
    const after = zoomed(view, 2, point, page, stage);
    expect(after.scale).toBe(2);
    expect((point.x - after.at.x) / after.scale).toBe(point.x - view.at.x);
    expect((point.y - after.at.y) / after.scale).toBe(point.y - view.at.y);
  });

  it('stops at the ends', () => {
    expect(zoomed(view, 100, middle, page, stage).scale).toBe(8);
    expect(zoomed(view, 0.0001, middle, page, stage).scale).toBe(0.05);
  });
});

describe('moves and turns', () => {
  const view: View = { fit: 'free', scale: 1, turn: 0, at: middle };

  it('never shows a margin beside a larger page', () => {
    expect(moved(view, { x: 9999, y: -9999 }, page, stage).at).toEqual({ x: 250, y: -800 });
  });

  it('centres a smaller page', () => {
    expect(kept_in({ ...view, scale: 0.1, at: { x: 80, y: 80 } }, page, stage).at).toEqual(middle);
  });

  it('turns by quarters and fits the turned width', () => {
    const turned = turned_right(fitted(first_view, page, stage), page, stage);
    expect(turned.turn).toBe(90);
    expect(turned.scale).toBe(0.25);
    expect([1, 2, 3].reduce((now) => turned_right(now, page, stage), turned).turn).toBe(0);
  });
});
