/**
 * The loudness panel on the page of a track, and the way on when its analysis failed.
 * @module analysis
 */
import messages from './messages.js';

/** What streaming services play at, in LUFS; and the highest true peak that survives lossy encoding, in dBTP. */
const STREAMING = -14;
const SAFE_PEAK = -1;
/** Ends of the drawn scale, in LUFS. */
const SCALE = { from: -36, to: 0 };
/** Closer than this (LU) nobody hears a difference. */
const EVEN = 0.5;

/**
 * Registers the panel with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  const t = shell.translator(messages);
  await shell.addStyles(new URL('./analysis.css', import.meta.url).href);
  shell.addTrackPanel({ id: 'loudness', order: 10, view: (track, context) => panel(shell, t, track, context) });
}

async function panel(shell, t, track, { signal, reload }) {
  const { el } = shell.ui;
  if (track.state === 'failed') return again(shell, t, track, reload);
  // Before it is measured nobody knows whether this site measures loudness at all.
  if (track.state !== 'ready') return null;
  let analysis;
  try {
    analysis = await shell.api.get(`/api/analysis/${track.id}`, { signal });
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
  return analysis.loudnessMeasured ? card(el, t, ...measured(shell, t, analysis.loudness)) : null;
}

/**
 * A way on for a track that could not be analysed.
 */
function again(shell, t, track, reload) {
  const { el } = shell.ui;
  const button = el('button', { class: 'button', type: 'button', onclick: run }, t('again'));

  async function run() {
    button.disabled = true;
    try {
      await shell.api.post(`/api/analysis/${track.id}`);
    } catch (problem) {
      if (problem.status !== 409) {
        shell.toast(problem.message, { error: true });
        button.disabled = false;
        return;
      }
      // Somebody was quicker, in another window perhaps.
    }
    await reload();
  }
  return el('section', { class: 'card' }, el('h2', { text: t('analysis') }), el('p', { class: 'muted', text: t('againHint') }), button);
}

function card(el, t, ...children) {
  return el('section', { class: 'card loudness' }, el('h2', { text: t('loudness') }), ...children);
}

/**
 * A measured value in words; a silent track has none.
 */
function words(shell, t, unit, value) {
  if (value === null || value === undefined) return '–';
  return t(unit, { value: shell.format.number(value, 1).replace('-', '−') });
}

function measured(shell, t, loudness) {
  const { el } = shell.ui;
  const { integratedLufs: integrated, truePeakDbtp: peak, rangeLu: range } = loudness;
  if (integrated === null || integrated === undefined) {
    return [el('p', { class: 'muted', text: t('silent') })];
  }
  return [
    el('p', { class: 'loudness-main' }, el('strong', { text: words(shell, t, 'lufs', integrated) }),
      el('span', { class: 'muted', text: t('integrated') })),
    scale(el, t, integrated),
    el('p', { class: 'muted small-text', text: compared(shell, t, integrated) }),
    el('dl', { class: 'loudness-facts' },
      fact(el, t('truePeak'), words(shell, t, 'dbtp', peak), peakNote(t, peak)),
      range !== null && range !== undefined && fact(el, t('range'), words(shell, t, 'lu', range))),
  ];
}

function fact(el, name, value, note) {
  return el('div', {}, el('dt', { text: name }), el('dd', {}, el('strong', { text: value }),
    note && el('span', { class: `peak ${note.kind}`, text: note.text })));
}

function peakNote(t, peak) {
  if (peak === null || peak === undefined) return null;
  if (peak > 0) return { kind: 'bad', text: t('peakOver') };
  return peak > SAFE_PEAK ? { kind: 'close', text: t('peakClose') } : { kind: 'fine', text: t('peakFine') };
}

function compared(shell, t, integrated) {
  const delta = integrated - STREAMING;
  if (Math.abs(delta) <= EVEN) return t('even');
  return t(delta > 0 ? 'louder' : 'quieter', { delta: shell.format.number(Math.abs(delta), 1) });
}

/** A scale with a mark where the track is and one where streaming services play. */
function scale(el, t, integrated) {
  const place = (value) => `${(100 * (Math.min(SCALE.to, Math.max(SCALE.from, value)) - SCALE.from)) / (SCALE.to - SCALE.from)}%`;
  const mark = el('span', { class: 'scale-mark' });
  const fill = el('span', { class: 'scale-fill' });
  const reference = el('span', { class: 'scale-reference' }, el('span', { text: t('reference') }));
  // Set through the object model: the page allows no inline styles in markup.
  mark.style.left = place(integrated);
  fill.style.width = place(integrated);
  reference.style.left = place(STREAMING);
  return el('div', { class: 'scale', role: 'img', 'aria-label': t('scale') }, fill, reference, mark);
}
