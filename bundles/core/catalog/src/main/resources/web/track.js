/**
 * The page of a track: waveform, playing, downloading, editing, and the panels of other concerns.
 * @module tracks/track
 */
import { percentOf, underWay } from './follow.js';
import { canPlay, download, playable, remove } from './playable.js';

/** Columns of the drawn waveform. */
const PIXELS = 1200;

/**
 * The page of a track.
 *
 * @param {{shell: object, t: Function, follower: object}} library
 * @param {object} context of the route
 */
export async function trackView(library, context) {
  const { shell, t, follower } = library;
  const { el, fill, icon } = shell.ui;
  const { signal, params } = context;
  let track = await shell.api.get(`/api/tracks/${encodeURIComponent(params.id)}`, { signal });
  const start = (at = 0) => shell.player.play([playable(shell, track)], 0, at);

  const head = el('div', { class: 'track-names' });
  const play = el('button', {
    class: 'button primary', type: 'button', onclick: () => (shell.player.holds(track.id) ? shell.player.toggle() : start()),
  });
  const wave = el('div', { class: 'card wave-card' });
  const panels = el('div', { class: 'panels' });
  const details = el('section', { class: 'card' });
  const node = el('article', { class: 'track-page' },
    el('a', { class: 'back', href: '/tracks' }, icon('back'), t('backToLibrary')),
    el('div', { class: 'track-head' }, head,
      el('div', { class: 'row' }, play,
        el('button', { class: 'button', type: 'button', onclick: () => download(shell, t, track) }, icon('download'), t('download')),
        el('button', {
          class: 'icon-button', type: 'button', 'aria-label': t('deleteTrack', { title: track.title }),
          onclick: () => remove(shell, t, track, {
            gone: () => shell.navigate('/tracks', { replace: true }),
            back: () => document.dispatchEvent(new Event('tracks:restored')),
          }),
        }, icon('trash')))),
    wave, el('div', { class: 'panel-grid' }, panels, details));

  function drawPlay() {
    const playing = shell.player.holds(track.id) && shell.player.playing;
    play.disabled = !canPlay(track);
    fill(play, icon(playing ? 'pause' : 'play'), t(playing ? 'pauseTrack' : 'playTrack'));
  }

  function drawNames() {
    fill(head, editable('title'), el('div', { class: 'track-sub' }, editable('artist'), editable('genre')));
  }

  /** A name that turns into a field: Enter saves, Escape gives up. */
  function editable(name) {
    const value = track[name] ?? '';
    const label = t(`edit_${name}`);
    const text = el(name === 'title' ? 'h1' : 'span', { text: value });
    const button = el('button', {
      class: value ? 'edit' : 'link-button edit-empty', type: 'button', 'aria-label': t('editField', { field: label }), onclick: edit,
    }, value ? icon('edit') : t(`add_${name}`));
    const box = el('div', { class: `editable editable-${name}` }, value && text, button);

    function edit() {
      const input = el('input', { class: 'text-input', value, 'aria-label': label, maxlength: 200 });
      let ended = false;
      const end = async (save) => {
        if (ended) return;
        ended = true;
        const entered = input.value.trim();
        if (save && entered !== value && (entered || name !== 'title')) await store(name, entered);
        drawNames();
        head.querySelector(`.editable-${name} button`)?.focus();
      };
      input.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault();
          end(event.key === 'Enter');
        }
      });
      input.addEventListener('blur', () => end(true));
      fill(box, input);
      input.focus();
      input.select();
    }
    return box;
  }

  async function store(name, value) {
    try {
      track = await shell.api.patch(`/api/tracks/${track.id}`, { [name]: value });
      shell.toast(t('saved'));
      if (name === 'title') document.title = `${track.title} · ${shell.title}`;
    } catch (problem) {
      shell.toast(problem.field?.(name) || problem.message, { error: true });
    }
  }

  async function drawWave() {
    if (track.state === 'failed') {
      fill(wave, el('div', { class: 'wave-note failed-note', role: 'status' }, icon('alert'),
        el('div', {}, el('strong', { text: t('state_failed') }), el('p', { text: track.failure || t('failedUnknown') }),
          el('p', { class: 'muted', text: t('failedHint') }))));
      return;
    }
    if (underWay(track)) {
      fill(wave, el('div', { class: 'wave-note' }, el('progress', { class: 'bar', max: 100, 'aria-label': t('state_analysing') }),
        el('p', { role: 'status' }, t('state_analysing')), el('p', { class: 'muted', text: t('noPeaks') })));
      return;
    }
    try {
      const data = await shell.api.get(`/api/peaks/${track.id}`, { query: { format: 'wavesurfer', pixels: PIXELS }, signal });
      const box = el('div', { class: 'wave' });
      fill(wave, box);
      await shell.waveform(box, { peaks: data.peaks, duration: data.duration, item: playable(shell, track), signal, start });
    } catch (problem) {
      if (signal.aborted) return;
      // Nobody measures here, or not this track: it plays without a picture.
      wave.hidden = problem.status === 404;
      fill(wave, el('p', { class: 'wave-note muted', text: t('peaksFailed', { reason: problem.message }) }));
    }
  }

  async function drawPanels() {
    const views = shell.trackPanels().map(async (panel) => {
      try {
        return await panel.view(track, { ...context, reload });
      } catch (problem) {
        if (!signal.aborted) console.error(`Panel ${panel.id}:`, problem);
        return null;
      }
    });
    const drawn = (await Promise.all(views)).filter(Boolean);
    panels.hidden = drawn.length === 0;
    fill(panels, ...drawn);
  }

  function drawDetails() {
    const { format } = shell;
    const facts = [
      ['format', (track.format ?? '').toUpperCase()],
      ['length', track.durationSeconds && format.duration(track.durationSeconds)],
      ['sampleRate', track.sampleRate && `${format.number(track.sampleRate / 1000, track.sampleRate % 1000 ? 1 : 0)} kHz`],
      ['channels', channels(track.channels)],
      ['tempo', track.bpm && `${format.number(track.bpm, 1)} BPM`],
      ['key', track.key],
      ['size', format.bytes(track.sizeBytes)],
      ['added', format.dateTime(track.createdAt)],
    ].filter(([, value]) => value);
    fill(details, el('h2', { text: t('details') }),
      el('dl', { class: 'facts' }, facts.map(([name, value]) => el('div', {}, el('dt', { text: t(name) }), el('dd', { text: value })))),
      track.sha256 && el('details', { class: 'hash' }, el('summary', { text: t('sha256') }), el('code', { text: track.sha256 })));
  }

  function channels(count) {
    if (!count) return null;
    return { 1: t('mono'), 2: t('stereo') }[count] ?? String(count);
  }

  async function draw() {
    drawNames();
    drawPlay();
    drawDetails();
    await Promise.all([drawWave(), drawPanels()]);
  }

  function follow() {
    if (!underWay(track)) return;
    follower.follow(track.id, ({ track: newer, progress }) => {
      const bar = wave.querySelector('progress');
      const percent = percentOf(progress);
      if (bar && percent !== null) bar.value = percent;
      if (newer && newer.state !== track.state) {
        track = newer;
        draw();
      }
    }, signal);
  }

  /** Draws the track as it is now, and follows it when something is to come. */
  async function reload() {
    try {
      track = await shell.api.get(`/api/tracks/${track.id}`, { signal });
    } catch (problem) {
      if (!signal.aborted) shell.toast(problem.message, { error: true });
      return;
    }
    follow();
    await draw();
  }

  follow();
  shell.player.events.addEventListener('change', drawPlay, { signal });
  document.addEventListener('tracks:restored', () => !signal.aborted && reload(), { signal });
  const drawn = draw();
  // Panels and peaks may come later than the page; a failure in them is shown where it belongs.
  await Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, 150))]);
  return node;
}
