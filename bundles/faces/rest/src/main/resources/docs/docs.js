// Draws /api/openapi.json. Everything is made of elements and text; nothing is parsed as HTML.

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const main = document.getElementById('operations');
const groups = document.getElementById('groups');
const filter = document.getElementById('filter');

/** An element with attributes and children (elements, texts or nothing). */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** What a reference points to; the thing itself when it is none. */
function resolve(api, node) {
  if (!node?.$ref) {
    return node;
  }
  return node.$ref.slice(2).split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at, step) => at?.[step], api);
}

/** The shape of a schema as lines of text; a schema inside itself is named only. */
function shape(api, schema, seen = [], indent = '') {
  if (!schema) {
    return 'anything';
  }
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return seen.includes(name) ? name : shape(api, resolve(api, schema), [...seen, name], indent);
  }
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (parts) {
    return parts.map((part) => shape(api, part, seen, indent)).join(schema.allOf ? ' & ' : ' | ');
  }
  const type = [schema.type ?? (schema.properties ? 'object' : 'anything')].flat().join(' | ');
  if (schema.enum) {
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  }
  if (type === 'array') {
    return `[${shape(api, schema.items, seen, indent)}]`;
  }
  if (type === 'object' && schema.properties) {
    const inner = `${indent}  `;
    const lines = Object.entries(schema.properties).map(([name, value]) => {
      const mark = schema.required?.includes(name) ? '' : '?';
      const said = value.description ? `  // ${value.description}` : '';
      return `${inner}${name}${mark}: ${shape(api, value, seen, inner)}${said}`;
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  if (type === 'object' && typeof schema.additionalProperties === 'object') {
    return `{ [name]: ${shape(api, schema.additionalProperties, seen, indent)} }`;
  }
  return schema.format ? `${type} (${schema.format})` : type;
}

function content(api, media) {
  return Object.entries(media ?? {}).map(([type, value]) => [
    make('p', {}, make('code', {}, type)),
    value.schema ? make('pre', { tabindex: '0' }, shape(api, value.schema)) : null,
  ]);
}

function parameters(api, list) {
  if (!list?.length) {
    return null;
  }
  const head = ['Name', 'In', 'Form', 'Meaning'].map((text) => make('th', { scope: 'col' }, text));
  const rows = list.map((each) => resolve(api, each)).map((each) => make('tr', {},
    make('td', {}, make('code', {}, each.name), each.required ? ' (needed)' : null),
    make('td', {}, each.in),
    make('td', {}, shape(api, each.schema),
      each.schema?.default ? `, else ${each.schema.default}` : null),
    make('td', {}, each.description ?? '')));
  return [
    make('h3', {}, 'Parameters'),
    make('div', { class: 'scroll' },
      make('table', {}, make('thead', {}, make('tr', {}, head)), make('tbody', {}, rows))),
  ];
}

function operation(api, path, method, what) {
  const body = resolve(api, what.requestBody);
  const answers = Object.entries(what.responses ?? {}).map(([status, each]) => {
    const answer = resolve(api, each);
    return [
      make('h3', {}, `${status === 'default' ? 'Else' : status}: ${answer?.description ?? ''}`),
      status === 'default' ? null : content(api, answer?.content),
    ];
  });
  const details = make('details', { id: what.operationId },
    make('summary', {},
      make('span', { class: 'method' }, method.toUpperCase()), make('code', {}, path), ' ',
      make('span', {}, what.summary ?? '')),
    make('div', { class: 'body' },
      what.description ? make('p', {}, what.description) : null,
      parameters(api, what.parameters),
      body ? [make('h3', {}, 'Body'), body.description ? make('p', {}, body.description) : null,
        content(api, body.content)] : null,
      answers));
  details.dataset.words = `${method} ${path} ${what.summary ?? ''} ${what.operationId}`.toLowerCase();
  return details;
}

function problems(api) {
  const schema = api.components?.schemas?.ProblemDocument;
  return schema ? make('section', {},
    make('h2', { id: 'problems' }, 'When something is wrong'),
    make('p', {}, 'Every error is a problem document (RFC 9457), ',
      make('code', {}, 'application/problem+json'), ':'),
    make('pre', { tabindex: '0' }, shape(api, schema))) : null;
}

function draw(api) {
  const root = api.servers?.[0]?.url?.replace(/\/$/, '') ?? '';
  const byTag = new Map();
  for (const [path, item] of Object.entries(api.paths ?? {})) {
    for (const method of METHODS.filter((each) => item[each])) {
      const tag = item[method].tags?.[0] ?? 'other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), operation(api, root + path, method, item[method])]);
    }
  }
  const sections = [...byTag].map(([tag, all]) => make('section', {},
    make('h2', { id: `group-${tag}` }, tag), all));
  const none = make('p', { role: 'status', hidden: '' }, 'Nothing matches.');
  main.replaceChildren(...[...sections, none, problems(api)].filter((each) => each));
  groups.replaceChildren(make('ul', {}, [...byTag.keys()].map((tag) => make('li', {},
    make('a', { href: `#group-${tag}` }, tag)))));
  filter.addEventListener('input', () => narrow(sections, none));
  open();
  addEventListener('hashchange', open);
}

function narrow(sections, none) {
  const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word);
  let shown = 0;
  for (const section of sections) {
    let here = 0;
    for (const details of section.querySelectorAll('details')) {
      details.hidden = !words.every((word) => details.dataset.words.includes(word));
      here += details.hidden ? 0 : 1;
    }
    section.hidden = here === 0;
    shown += here;
  }
  none.hidden = shown > 0;
}

/** An address with an operation's id shows it. */
function open() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted?.localName === 'details') {
    wanted.open = true;
    wanted.scrollIntoView();
  }
}

try {
  const answer = await fetch('/api/openapi.json');
  if (!answer.ok) {
    throw new Error(`The document answered ${answer.status}`);
  }
  draw(await answer.json());
} catch (error) {
  main.replaceChildren(make('p', { role: 'alert' }, `The document cannot be shown. ${error.message}`));
}
