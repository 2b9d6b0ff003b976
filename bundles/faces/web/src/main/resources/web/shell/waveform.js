/**
 * Draws a waveform with wavesurfer.js. It only draws and reports where somebody points; the shell's
 * player makes the sound.
 * @module shell/waveform
 */
import { el } from './dom.js';
import { STEP } from './playerbar.js';
import { allowWaveformMarkup } from './trusted.js';

/** What a colour of the style sheet is at the moment, in a form that a canvas takes. */
function colour(name) {
  const probe = el('span', { class: `colour-${name}` });
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const colours = () => ({
  waveColor: colour('wave'),
  progressColor: colour('accent'),
  cursorColor: colour('accent'),
});

/**
 * Draws peaks and keeps them in step with the player.
 *
 * @param {HTMLElement} container
 * @param {{peaks: number[][], duration: number, item: import('./player.js').Playable, player: object,
 *     t: Function, formats: object, signal: AbortSignal, start?: (at: number) => void}} of `peaks` one array per
 *     channel, -1 to 1; `start` is called with a position when the item is not the one that plays
 */
export async function drawWaveform(container, of) {
  const { player, item, duration, t, formats, signal } = of;
  allowWaveformMarkup();
  const { default: WaveSurfer } = await import('./vendor/wavesurfer.esm.js');
  if (signal.aborted) return;
  const wave = WaveSurfer.create({
    container,
    peaks: of.peaks,
    duration,
    height: 'auto',
    barWidth: 2,
    barGap: 1.5,
    barRadius: 2,
    cursorWidth: 1,
    dragToSeek: true,
    hideScrollbar: true,
    cspNonce: document.getElementById('shell-style').nonce,
    ...colours(),
  });

  const goTo = (seconds) => {
    if (player.holds(item.id)) player.seek(seconds);
    else of.start?.(Math.max(0, Math.min(seconds, duration)));
  };
  const here = () => (player.holds(item.id) ? player.time : 0);
  const draw = () => {
    const at = here();
    wave.setTime(at);
    container.setAttribute('aria-valuenow', at.toFixed(1));
    container.setAttribute('aria-valuetext',
      t('seekValue', { at: formats.duration(at), total: formats.duration(duration) }));
  };
  const recolour = () => wave.setOptions(colours());

  container.tabIndex = 0;
  container.setAttribute('role', 'slider');
  container.setAttribute('aria-label', t('waveform'));
  container.setAttribute('aria-valuemin', '0');
  container.setAttribute('aria-valuemax', duration.toFixed(1));
  container.addEventListener('keydown', (event) => {
    const steps = { ArrowRight: STEP, ArrowUp: STEP, ArrowLeft: -STEP, ArrowDown: -STEP, PageUp: 30, PageDown: -30 };
    if (event.key in steps) goTo(here() + steps[event.key]);
    else if (event.key === 'Home') goTo(0);
    else if (event.key === 'End') goTo(duration - 1);
    else if (event.key === ' ') player.holds(item.id) ? player.toggle() : goTo(0);
    else return;
    event.preventDefault();
  }, { signal });
  wave.on('interaction', goTo);
  player.events.addEventListener('time', draw, { signal });
  player.events.addEventListener('change', draw, { signal });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', recolour, { signal });
  document.addEventListener('tonekeep:theme', recolour, { signal });
  signal.addEventListener('abort', () => wave.destroy());
  draw();
}
