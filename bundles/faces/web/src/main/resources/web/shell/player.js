/**
 * One audio element for the whole visit: it goes on playing while pages change.
 * @module shell/player
 */

/**
 * What can be played.
 *
 * @typedef {object} Playable
 * @property {string} id
 * @property {string} title
 * @property {string} artist may be empty
 * @property {string} href its page
 * @property {number|null} duration seconds, null until known
 * @property {() => Promise<{url: string, expiresAt: string}>} resolve a new address of its bytes
 */

/** An address this close to its end (milliseconds) is renewed before it is used. */
const NEARLY_OVER = 15000;

/** Failures without progress in between before the player gives up. */
const PATIENCE = 3;

/** Makes the player. It tells what happens as events `change` (item or state) and `time`. */
export function createPlayer() {
  const media = new Audio();
  media.preload = 'metadata';
  const events = new EventTarget();
  let queue = [];
  let index = -1;
  let expiresAt = 0;
  let failures = 0;
  let loading = null;
  let failure = null;
  let wanted = false;
  let pendingSeek = null;

  const current = () => queue[index] ?? null;
  const tell = (name) => events.dispatchEvent(new Event(name));

  /** Fetches an address and goes on at the position; one renewal at a time. */
  async function open(at) {
    const item = current();
    const mine = {};
    loading = mine;
    failure = null;
    pendingSeek = at > 0 ? at : null;
    tell('change');
    try {
      const signed = await item.resolve();
      if (loading !== mine) return;
      expiresAt = Date.parse(signed.expiresAt);
      media.src = signed.url;
      if (pendingSeek !== null) media.currentTime = pendingSeek;
      if (wanted) await start();
    } catch (problem) {
      if (loading === mine) fail(problem);
    } finally {
      if (loading === mine) loading = null;
      tell('change');
    }
  }

  async function start() {
    try {
      await media.play();
    } catch (problem) {
      // Another load or a pause overtook it; a media error arrives as an event of its own.
      if (problem.name === 'NotAllowedError') wanted = false;
    }
  }

  function fail(problem) {
    wanted = false;
    failure = problem;
    tell('change');
    events.dispatchEvent(new CustomEvent('failed', { detail: { item: current(), problem } }));
  }

  function forget() {
    media.pause();
    media.removeAttribute('src');
    media.load();
  }

  media.addEventListener('error', () => {
    if (!current() || !media.getAttribute('src')) return;
    if (++failures > PATIENCE) fail(media.error);
    else open(player.time);
  });
  media.addEventListener('seeked', () => (pendingSeek = null));
  // The system paused it: an unplugged headphone, another player.
  media.addEventListener('pause', () => {
    if (media.paused && !media.ended && !loading) wanted = false;
  });
  media.addEventListener('loadedmetadata', () => tell('change'));
  media.addEventListener('timeupdate', () => {
    if (!media.paused && media.currentTime > 0) failures = 0;
    tell('time');
  });
  for (const name of ['play', 'playing', 'pause', 'waiting', 'volumechange', 'durationchange']) {
    media.addEventListener(name, () => tell('change'));
  }
  media.addEventListener('ended', () => {
    if (index + 1 < queue.length) player.skip(1);
    else wanted = false;
    tell('change');
  });

  const player = {
    events,
    get item() {
      return current();
    },
    get playing() {
      return wanted && !media.ended;
    },
    get busy() {
      return loading !== null || (wanted && media.readyState < 3 && !media.ended);
    },
    get failure() {
      return failure;
    },
    /** Seconds. */
    get time() {
      return pendingSeek ?? media.currentTime;
    },
    /** Seconds; what the file says once it is open. */
    get duration() {
      return Number.isFinite(media.duration) && media.duration > 0 ? media.duration : current()?.duration ?? 0;
    },
    get volume() {
      return media.muted ? 0 : media.volume;
    },
    get canSkip() {
      return { back: index > 0, forward: index + 1 < queue.length };
    },
    /** @param {string} id */
    holds: (id) => current()?.id === id,
    /**
     * Plays one of a row of things.
     *
     * @param {Playable[]} items
     * @param {number} [at] which of them
     * @param {number} [from] seconds
     */
    play(items, at = 0, from = 0) {
      queue = items;
      index = at;
      failures = 0;
      wanted = true;
      forget();
      return open(from);
    },
    toggle() {
      if (!current()) return;
      wanted = !player.playing;
      if (!wanted) media.pause();
      else if (failure || !media.getAttribute('src')) open(player.time);
      else if (media.ended) player.seek(0);
      else if (Date.now() > expiresAt - NEARLY_OVER) open(player.time);
      else start();
      tell('change');
    },
    /** @param {number} seconds */
    seek(seconds) {
      if (!current()) return;
      const to = Math.min(Math.max(0, seconds), Math.max(0, player.duration - 0.05));
      if (loading) pendingSeek = to;
      else if (Date.now() > expiresAt - NEARLY_OVER) open(to);
      else {
        media.currentTime = to;
        if (wanted) start();
      }
      tell('time');
    },
    /** @param {number} by 1 or -1 */
    skip(by) {
      if (by < 0 && (player.time > 3 || index === 0)) player.seek(0);
      else if (queue[index + by]) player.play(queue, index + by);
    },
    /** @param {number} volume 0 to 1 */
    setVolume(volume) {
      media.muted = volume === 0;
      if (volume > 0) media.volume = volume;
    },
    toggleMute() {
      media.muted = !media.muted;
    },
    /**
     * Takes things out of the row (deleted ones); without an id everything.
     *
     * @param {string} [id]
     */
    drop(id) {
      if (id !== undefined && !player.holds(id)) {
        const playing = current();
        queue = queue.filter((item) => item.id !== id);
        index = queue.indexOf(playing);
      } else {
        loading = null;
        wanted = false;
        failure = null;
        queue = [];
        index = -1;
        pendingSeek = null;
        forget();
      }
      tell('change');
    },
  };
  return player;
}
