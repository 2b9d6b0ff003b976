/**
 * Builds elements without ever parsing a string as HTML.
 * @module shell/dom
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element.
 *
 * @param {string} tag name of the element
 * @param {Object<string, *>} [attributes] `class`, `text`, `on<event>` handlers, `dataset`, properties of
 *     form fields (`value`, `checked`, `disabled`); anything else is an attribute. `null`, `undefined` and
 *     `false` leave it out, `true` is an empty attribute.
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'text') node.textContent = value;
    else if (name === 'dataset') Object.assign(node.dataset, value);
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled') node[name] = value;
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

/**
 * Replaces what an element holds.
 *
 * @param {Element} node
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {Element} the element
 */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** Outlines on a 24-pixel grid. `f:` marks a filled shape. */
const ICONS = {
  play: 'f:M8 5.2c0-.9 1-1.5 1.800-1l10 6.300c.7.500.7 1.500 0 2l-10 6.300c-.8.500-1.800-.1-1.800-1z',
  pause: 'f:M7 5h3.200v14H7zM13.800 5H17v14h-3.200z',
  next: 'f:M6 6.100c0-.8.900-1.300 1.600-.8l7.400 5v-4.300h2.500v12H15v-4.300l-7.400 5c-.7.500-1.600 0-1.600-.8z',
  previous: 'f:M18 6.100c0-.8-.9-1.300-1.600-.8l-7.400 5v-4.300H6.500v12H9v-4.300l7.400 5c.7.500 1.600 0 1.600-.8z',
  upload: 'M12 16V4.500M7.500 9 12 4.500 16.500 9M5 15.500v2.500a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-2.500',
  download: 'M12 4.500V16M7.500 11.500 12 16l4.500-4.500M5 18v.5A1.500 1.500 0 0 0 6.500 20h11a1.500 1.500 0 0 0 1.500-1.500V18',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  trash: 'M5 7h14M10 7V5.500A1.500 1.500 0 0 1 11.500 4h1A1.500 1.500 0 0 1 14 5.500V7M7 7l.8 11.100A2 2 0 0 0 9.800 20h4.400a2 2 0 0 0 2-1.900L17 7M10.500 11v5M13.500 11v5',
  close: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
  retry: 'M19 12a7 7 0 1 1-2.300-5.200M19 4.500V8h-3.500',
  check: 'M5.500 12.500l4.200 4.200 8.800-9.200',
  alert: 'M12 8.500v4.500M12 16.300v.2M10.300 4.900 3.600 16.600A2 2 0 0 0 5.300 19.500h13.400a2 2 0 0 0 1.700-2.900L13.700 4.900a2 2 0 0 0-3.400 0Z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v1.500M12 19.500V21M21 12h-1.500M4.500 12H3M18.400 5.600l-1.100 1.100M6.700 17.300l-1.100 1.100M18.400 18.400l-1.100-1.100M6.700 6.700 5.600 5.600',
  moon: 'M19.500 14.200A8 8 0 0 1 9.800 4.500a8 8 0 1 0 9.700 9.700Z',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20a7.500 7.500 0 0 1 15 0',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  edit: 'M4.500 19.500l.8-3.800L15.800 5.200a1.700 1.700 0 0 1 2.400 0l.6.6a1.700 1.700 0 0 1 0 2.400L8.300 18.700z',
  key: 'M15 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM11.300 12.700 4.500 19.500M7 17l2.500 2.500M15.800 8.200v.1',
  device: 'M6 5h12a1.500 1.500 0 0 1 1.500 1.500v8A1.500 1.500 0 0 1 18 16H6a1.500 1.500 0 0 1-1.500-1.500v-8A1.500 1.500 0 0 1 6 5ZM9 19.500h6M12 16v3.500',
  copy: 'M10 8.500h8A1.500 1.500 0 0 1 19.500 10v8a1.500 1.500 0 0 1-1.500 1.500h-8A1.500 1.500 0 0 1 8.500 18v-8A1.500 1.500 0 0 1 10 8.500ZM15.500 8.500V6A1.500 1.500 0 0 0 14 4.500H6A1.500 1.500 0 0 0 4.500 6v8A1.500 1.500 0 0 0 6 15.500h2.500',
  app: 'M6 4.500h3.500V8A1.500 1.500 0 0 1 8 9.500H4.500V6A1.500 1.500 0 0 1 6 4.500ZM14.500 4.500H18A1.500 1.500 0 0 1 19.500 6v3.500h-5ZM4.500 14.500h5v5H6A1.500 1.500 0 0 1 4.500 18ZM14.500 14.500h5V18a1.500 1.500 0 0 1-1.500 1.500h-3.500Z',
  back: 'M14.500 5.500 8 12l6.500 6.500',
  up: 'M12 19V5.500M6.500 11 12 5.500 17.500 11',
  down: 'M12 5v13.500M6.500 13l5.500 5.500 5.500-5.500',
  volume: 'M4.500 9.500v5H8l4.500 4V5.500L8 9.500ZM16 9a4.200 4.200 0 0 1 0 6M18.500 6.500a7.800 7.800 0 0 1 0 11',
  muted: 'M4.500 9.500v5H8l4.500 4V5.500L8 9.500ZM16.500 9.700l4.600 4.600M21.100 9.700l-4.600 4.600',
  restore: 'M5 12a7 7 0 1 0 2.300-5.200M5 4.500V8h3.500',
  wave: 'M4 11v2M8 8v8M12 4.500v15M16 8v8M20 11v2',
};

/**
 * An icon that says nothing to a screen reader: the control that holds it has the name.
 *
 * @param {keyof typeof ICONS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  const outline = ICONS[name] ?? '';
  const filled = outline.startsWith('f:');
  path.setAttribute('d', filled ? outline.slice(2) : outline);
  if (filled) path.setAttribute('class', 'filled');
  svg.append(path);
  return svg;
}
