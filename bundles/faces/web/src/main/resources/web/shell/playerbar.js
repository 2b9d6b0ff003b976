/**
 * The bar at the bottom, and the keys that work everywhere.
 * @module shell/playerbar
 */
import { el, fill, icon } from './dom.js';

/** Seconds that an arrow key moves. */
export const STEP = 5;

/**
 * Draws the bar; it is hidden while nothing was played.
 *
 * @param {{player: object, t: Function, formats: object, toast: Function}} of
 * @returns {HTMLElement}
 */
export function createPlayerBar({ player, t, formats, toast }) {
  const button = (name, label, run) =>
    el('button', { class: 'icon-button', type: 'button', 'aria-label': label, onclick: run }, icon(name));
  const previous = button('previous', t('previous'), () => player.skip(-1));
  const toggle = el('button', { class: 'play-button', type: 'button', onclick: () => player.toggle() });
  const next = button('next', t('next'), () => player.skip(1));
  const mute = button('volume', t('mute'), () => player.toggleMute());
  const close = button('close', t('closePlayer'), () => player.drop());
  const title = el('a', { class: 'bar-title', href: '/' });
  const artist = el('span', { class: 'bar-artist' });
  const at = el('span', { class: 'time' });
  const total = el('span', { class: 'time' });
  const seek = el('input', {
    type: 'range', class: 'seek', min: 0, max: 1, step: 0.1, 'aria-label': t('seek'),
    oninput: () => player.seek(Number(seek.value)),
  });
  const volume = el('input', {
    type: 'range', class: 'volume', min: 0, max: 1, step: 0.02, 'aria-label': t('volume'),
    oninput: () => player.setVolume(Number(volume.value)),
  });
  const node = el('section', { class: 'player-bar', 'aria-label': t('player') },
    el('div', { class: 'bar-what' }, title, artist),
    el('div', { class: 'bar-controls' }, previous, toggle, next),
    el('div', { class: 'bar-seek' }, at, seek, total),
    el('div', { class: 'bar-volume' }, mute, volume),
    close);
  node.hidden = true;

  let drawn = '';
  function change() {
    const item = player.item;
    node.hidden = !item;
    document.body.classList.toggle('has-player', Boolean(item));
    if (!item) {
      drawn = '';
      return;
    }
    title.textContent = item.title;
    title.href = item.href;
    artist.textContent = item.artist;
    const state = player.playing ? 'pause' : 'play';
    if (drawn !== state) {
      drawn = state;
      fill(toggle, icon(state));
      toggle.setAttribute('aria-label', t(state));
    }
    toggle.classList.toggle('busy', player.busy);
    previous.disabled = !player.canSkip.back && player.time < 1;
    next.disabled = !player.canSkip.forward;
    volume.value = player.volume;
    fill(mute, icon(player.volume === 0 ? 'muted' : 'volume'));
    mute.setAttribute('aria-label', t(player.volume === 0 ? 'unmute' : 'mute'));
    announce(item);
    time();
  }

  function time() {
    const duration = player.duration;
    seek.max = String(duration || 1);
    seek.value = String(player.time);
    seek.style.setProperty('--done', `${duration ? (100 * player.time) / duration : 0}%`);
    const words = { at: formats.duration(player.time), total: formats.duration(duration || null) };
    at.textContent = words.at;
    total.textContent = words.total;
    seek.setAttribute('aria-valuetext', t('seekValue', words));
  }

  let announced = null;
  function announce(item) {
    if (!('mediaSession' in navigator)) return;
    navigator.mediaSession.playbackState = player.playing ? 'playing' : 'paused';
    if (announced === item) return;
    announced = item;
    navigator.mediaSession.metadata = new MediaMetadata({ title: item.title, artist: item.artist });
  }

  function handleMediaKeys() {
    if (!('mediaSession' in navigator)) return;
    const on = (action, run) => navigator.mediaSession.setActionHandler(action, run);
    on('play', () => !player.playing && player.toggle());
    on('pause', () => player.playing && player.toggle());
    on('previoustrack', () => player.skip(-1));
    on('nexttrack', () => player.skip(1));
    on('seekto', (details) => player.seek(details.seekTime));
  }

  handleMediaKeys();
  player.events.addEventListener('change', change);
  player.events.addEventListener('time', time);
  player.events.addEventListener('failed', (event) =>
    toast(t('playFailed', { title: event.detail.item?.title ?? '' }), { error: true }));
  addEventListener('keydown', (event) => keys(event, player));
  return node;
}

/** Space and the arrows steer the player unless the focused control has its own use for them. */
function keys(event, player) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !player.item) return;
  const focused = event.target;
  if (focused.closest('dialog, input, textarea, select, [contenteditable], [role="slider"], [role="menu"]')) return;
  if (event.key === ' ' && !focused.closest('button, a, summary')) {
    event.preventDefault();
    player.toggle();
  } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    event.preventDefault();
    player.seek(player.time + (event.key === 'ArrowRight' ? STEP : -STEP));
  }
}
