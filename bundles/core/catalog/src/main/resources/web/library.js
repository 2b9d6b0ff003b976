/**
 * The list of tracks: search, sorting, pages, deletion.
 * @module tracks/library
 */
import { percentOf, underWay } from './follow.js';
import { canPlay, playable, remove } from './playable.js';

const SORTS = ['created', 'title', 'duration', 'bpm', 'key'];
/** Orders that people expect first. */
const FIRST_ORDER = { created: 'desc', title: 'asc', duration: 'asc', bpm: 'asc', key: 'asc' };
/** Milliseconds after the last key before a search starts. */
const DEBOUNCE = 250;

/**
 * The page of the library.
 *
 * @param {{shell: object, t: Function, uploads: object, follower: object, choose: () => void}} library
 * @param {object} context of the route
 */
export async function libraryView(library, context) {
  const { shell, t, uploads, follower, choose } = library;
  const { el, fill, icon } = shell.ui;
  const { signal } = context;
  const sort = SORTS.includes(context.query.get('sort')) ? context.query.get('sort') : 'created';
  const asked = {
    q: context.query.get('q') ?? '',
    sort,
    order: ['asc', 'desc'].includes(context.query.get('order')) ? context.query.get('order') : FIRST_ORDER[sort],
  };
  /** @type {Map<string, {track: object, node: HTMLElement, draw: Function}>} in the order of the list */
  let rows = new Map();
  let next = null;
  let round = 0;

  const search = el('input', {
    type: 'search', class: 'text-input', value: asked.q, placeholder: t('search'), 'aria-label': t('search'),
    autocomplete: 'off', spellcheck: 'false', oninput: debounce(() => change({ q: search.value.trim() })),
  });
  const select = el('select', {
    class: 'select', 'aria-label': t('sortBy'), onchange: () => change({ sort: select.value, order: FIRST_ORDER[select.value] }),
  }, SORTS.map((name) => el('option', { value: name, text: t(`sort_${name}`) })));
  const order = el('button', {
    class: 'icon-button', type: 'button', onclick: () => change({ order: asked.order === 'asc' ? 'desc' : 'asc' }),
  });
  const tools = el('div', { class: 'library-tools' },
    el('div', { class: 'search-box' }, icon('search'), search), el('div', { class: 'sorting' }, select, order));
  const list = el('ul', { class: 'tracks', 'aria-label': t('tracks') });
  const more = el('button', { class: 'button', type: 'button', text: t('more'), onclick: () => load(true) });
  const status = el('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  const message = el('div', {});
  const node = el('section', {},
    el('div', { class: 'library-head' }, el('h1', { text: t('library') }),
      el('button', { class: 'button primary', type: 'button', onclick: choose }, icon('upload'), t('upload'))),
    tools, message, list, el('p', { class: 'more' }, more), status);

  function debounce(run) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(() => !signal.aborted && run(), DEBOUNCE);
    };
  }

  function change(changes) {
    Object.assign(asked, changes);
    const usual = asked.sort === 'created' && asked.order === 'desc';
    context.remember({ q: asked.q, sort: usual ? '' : asked.sort, order: usual ? '' : asked.order });
    load(false).catch((problem) => shell.toast(problem.message, { error: true }));
  }

  async function load(further) {
    const mine = ++round;
    drawTools();
    const page = await shell.api.get('/api/tracks', { query: { ...asked, limit: 50, after: further ? next : '' }, signal });
    if (mine !== round || signal.aborted) return;
    if (!further) {
      rows = new Map();
      list.replaceChildren();
    }
    next = page.next ?? null;
    page.items.forEach((track) => put(track, false));
    drawEnds();
    status.textContent = t('found', { n: rows.size });
  }

  function drawTools() {
    select.value = asked.sort;
    fill(order, icon(asked.order === 'asc' ? 'up' : 'down'));
    order.setAttribute('aria-label', t(asked.order === 'asc' ? 'ascending' : 'descending'));
  }

  function drawEnds() {
    const empty = rows.size === 0;
    more.hidden = !next;
    list.hidden = empty;
    tools.hidden = empty && !asked.q;
    if (!empty) fill(message);
    else if (asked.q) fill(message, nothingFound());
    else fill(message, invitation());
  }

  function nothingFound() {
    return el('div', { class: 'quiet small' }, el('p', { text: t('nothingFound', { q: asked.q }) }),
      el('button', {
        class: 'button', type: 'button', text: t('clearSearch'),
        onclick: () => {
          search.value = '';
          search.focus();
          change({ q: '' });
        },
      }));
  }

  function invitation() {
    return el('div', { class: 'invitation' }, el('span', { class: 'invitation-mark' }, icon('wave')),
      el('h2', { text: t('emptyTitle') }), el('p', { class: 'muted', text: t('emptyText') }),
      el('button', { class: 'button primary', type: 'button', onclick: choose }, icon('upload'), t('chooseFiles')));
  }

  /** Draws a track where it is, or adds it at the end or on top. */
  function put(track, onTop) {
    const known = rows.get(track.id);
    if (known) {
      known.update(track);
      return;
    }
    const row = trackRow(library, track, { playAll, gone, signal });
    rows.set(track.id, row);
    if (onTop) list.prepend(row.node);
    else list.append(row.node);
    if (underWay(track)) {
      follower.follow(track.id, ({ track: newer, progress }) => {
        if (newer) row.update(newer);
        row.progress(progress);
      }, signal);
    }
  }

  function playAll(id) {
    const inOrder = [...list.children].map((child) => rows.get(child.dataset.id).track).filter(canPlay);
    shell.player.play(inOrder.map((track) => playable(shell, track)), inOrder.findIndex((track) => track.id === id));
  }

  function gone(track) {
    const row = rows.get(track.id);
    const neighbour = row?.node.nextElementSibling ?? row?.node.previousElementSibling;
    row?.node.remove();
    rows.delete(track.id);
    drawEnds();
    (neighbour?.querySelector('a') ?? search).focus();
  }

  uploads.events.addEventListener('uploaded', (event) => {
    if (asked.q) return;
    put(event.detail.track, asked.sort === 'created' && asked.order === 'desc');
    drawEnds();
  }, { signal });
  shell.player.events.addEventListener('change', () => rows.forEach((row) => row.sounding()), { signal });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.closest('input, textarea, select, dialog')) return;
    event.preventDefault();
    search.focus();
  }, { signal });
  document.addEventListener('tracks:restored', () => load(false), { signal });

  await load(false);
  return node;
}

/** One line of the list. */
function trackRow(library, first, { playAll, gone, signal }) {
  const { shell, t } = library;
  const { el, fill, icon } = shell.ui;
  let track = first;
  let progress = null;
  const play = el('button', {
    class: 'row-play', type: 'button', onclick: () => (shell.player.holds(track.id) ? shell.player.toggle() : playAll(track.id)),
  });
  const title = el('a', { class: 'row-title', href: `/tracks/${track.id}` });
  const under = el('p', { class: 'row-under' });
  const facts = el('div', { class: 'row-facts' });
  const erase = el('button', {
    class: 'icon-button row-delete', type: 'button',
    onclick: () => remove(shell, t, track, { gone: () => gone(track), back: () => document.dispatchEvent(new Event('tracks:restored')) }),
  }, icon('trash'));
  const node = el('li', { class: 'track', dataset: { id: track.id } },
    play, el('div', { class: 'row-what' }, title, under), facts, erase);

  function draw() {
    node.dataset.state = track.state;
    title.textContent = track.title;
    erase.setAttribute('aria-label', t('deleteTrack', { title: track.title }));
    fill(under, ...underTitle());
    fill(facts, ...[
      track.key && el('span', { class: 'chip', text: track.key }),
      track.bpm && el('span', { class: 'chip', text: `${shell.format.number(track.bpm, track.bpm % 1 ? 1 : 0)} BPM` }),
      el('span', { class: 'row-added', text: shell.format.ago(track.createdAt) }),
      el('span', { class: 'time', text: shell.format.duration(track.durationSeconds) }),
    ]);
    sounding();
  }

  function underTitle() {
    if (track.state === 'failed') {
      return [el('span', { class: 'failed' }, icon('alert'), track.failure || t('failedUnknown'))];
    }
    if (underWay(track)) {
      const percent = percentOf(progress);
      return [el('span', { class: 'analysing' },
        el('progress', { class: 'bar', max: 100, value: percent, 'aria-label': t('state_analysing') }),
        percent === null ? t(`state_${track.state}`) : t('analysingPercent', { percent }))];
    }
    const words = [track.artist, track.genre].filter(Boolean).join(' · ');
    return [words || (track.format ?? '').toUpperCase()];
  }

  function sounding() {
    const here = shell.player.holds(track.id);
    const playing = here && shell.player.playing;
    node.classList.toggle('current', here);
    play.disabled = !canPlay(track);
    const state = playing ? 'pause' : 'play';
    if (play.dataset.icon !== state) {
      play.dataset.icon = state;
      fill(play, icon(state));
    }
    play.setAttribute('aria-label', t(state, { title: track.title }));
  }

  draw();
  return {
    node,
    sounding,
    get track() {
      return track;
    },
    update(newer) {
      track = newer;
      draw();
    },
    progress(now) {
      if (signal.aborted) return;
      progress = now;
      if (underWay(track)) fill(under, ...underTitle());
    },
  };
}
