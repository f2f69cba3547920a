// The window onto one scan: what is shown where, and the ways to move it.
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import {
  first_view,
  fitted,
  moved,
  transform_of,
  turned_right,
  zoom_step,
  zoomed,
  type Fit,
  type Point,
  type Size,
  type View,
} from '@/rules/view_transform';

export interface Stage {
  view: Ref<View>;
  transform: ComputedRef<string>;
  /** Whether the scan is larger than the window. */
  movable: ComputedRef<boolean>;
  /** The window has this size now. */
  resized(window: Size): void;
  /** The size of the scan at scale 1, told by whoever shows it. */
  show(content: Size): void;
  begin_anew(): void;
  zoom(factor: number, point?: Point): void;
  zoom_in(point?: Point): void;
  zoom_out(point?: Point): void;
  turn(): void;
  fit(fit: Fit): void;
  /** False where it lay at the edge already. */
  move(by: Point): boolean;
}

const nothing: Size = { width: 0, height: 0 };
const middle: Point = { x: 0, y: 0 };

export function use_stage(): Stage {
  const view = ref<View>(first_view);
  const window = ref<Size>(nothing);
  const content = ref<Size>(nothing);
  const refit = () => (view.value = fitted(view.value, content.value, window.value));

  const zoom = (factor: number, point: Point = middle) =>
    (view.value = zoomed(view.value, factor, point, content.value, window.value));
  return {
    view,
    transform: computed(() => transform_of(view.value)),
    movable: computed(() => {
      const there = moved(view.value, { x: 1e9, y: 1e9 }, content.value, window.value).at;
      return there.x > 0 || there.y > 0;
    }),
    resized(size) {
      window.value = size;
      refit();
    },
    show(size) {
      content.value = size;
      refit();
    },
    begin_anew() {
      view.value = first_view;
      content.value = nothing;
    },
    zoom,
    zoom_in: (point) => void zoom(zoom_step, point),
    zoom_out: (point) => void zoom(1 / zoom_step, point),
    turn: () => (view.value = turned_right(view.value, content.value, window.value)),
    fit(fit) {
      view.value = { ...view.value, fit };
      refit();
    },
    move(by) {
      const before = view.value.at;
      view.value = moved(view.value, by, content.value, window.value);
      return view.value.at.x !== before.x || view.value.at.y !== before.y;
    },
  };
}
