// The server's picture of a procedure as elements, and what is drawn onto it.
const svg_space = 'http://www.w3.org/2000/svg';
const badge_height = 20;

/** Nothing where the text is no SVG. */
export function read_drawing(text: string): SVGSVGElement | null {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  return root.namespaceURI === svg_space && root.localName === 'svg' ? (root as unknown as SVGSVGElement) : null;
}

export const state_of = (drawing: SVGSVGElement, key: string): SVGGElement | null =>
  drawing.querySelector<SVGGElement>(`[data-state="${CSS.escape(key)}"]`);

export const links_of = (drawing: SVGSVGElement): SVGGElement[] => [
  ...drawing.querySelectorAll<SVGGElement>('[data-from]'),
];

export interface Badge {
  text: string;
  kind: string;
}

/** As wide as the words will be at most, at a size of 12. */
const width_of = (text: string): number =>
  [...text].reduce((width, letter) => width + (letter > '\u2e80' ? 12 : 6.9), 0) + 16;

/** A small label on the upper right corner of a state, clear of the arrow that comes in; left of an end. */
export function add_badge(state: SVGGElement, { text, kind }: Badge): void {
  const card = state.querySelector('rect');
  if (!card) return;
  const at = (name: string) => Number(card.getAttribute(name));
  const width = width_of(text);
  const group = document.createElementNS(svg_space, 'g');
  group.setAttribute('class', `badge badge--${kind}`);
  const ground = document.createElementNS(svg_space, 'rect');
  const end = state.dataset.kind === 'end';
  const right = end ? at('x') - 8 : at('x') + at('width') + 12;
  const middle = end ? at('y') + at('height') / 2 : at('y');
  const box = { x: right - width, y: middle - badge_height / 2, width, height: badge_height, rx: badge_height / 2 };
  for (const [name, value] of Object.entries(box)) ground.setAttribute(name, String(value));
  const words = document.createElementNS(svg_space, 'text');
  words.setAttribute('x', String(right - width / 2));
  words.setAttribute('y', String(middle + 4));
  words.setAttribute('text-anchor', 'middle');
  words.setAttribute('font-size', '12');
  words.textContent = text;
  group.append(ground, words);
  state.append(group);
}

/** What pointing at a state tells, after what the picture itself says. */
export function tell_more(state: SVGGElement, lines: readonly string[]): void {
  const title = state.querySelector('title');
  if (title) title.textContent = [title.textContent, ...lines].join('\n');
}
