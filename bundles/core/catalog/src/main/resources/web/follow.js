/**
 * Follows tracks that are being analysed: two by server-sent events, the others by asking now and then,
 * so that the connections of a browser are never used up.
 * @module tracks/follow
 */

const STREAMS = 2;
/** Milliseconds between questions. */
const PAUSE = 2000;
/** Job states after which nothing comes. */
const ENDED = new Set(['done', 'failed', 'cancelled']);

/**
 * Whether something is still to come.
 *
 * @param {{state: string}} track
 */
export const underWay = (track) => track.state === 'uploaded' || track.state === 'analysing';

/**
 * Makes the follower.
 *
 * @param {{get: Function}} api the shell's
 */
export function createFollower(api) {
  /** @type {Map<string, {listeners: Set<Function>, stream: EventSource|null, timer: number, last: object|null}>} */
  const followed = new Map();
  let streams = 0;

  function tell(id, state) {
    const one = followed.get(id);
    if (!one) return;
    one.last = state;
    one.listeners.forEach((listener) => listener(state));
  }

  function closeStream(one) {
    if (!one.stream) return;
    one.stream.close();
    one.stream = null;
    streams--;
  }

  function end(id) {
    const one = followed.get(id);
    if (!one) return;
    clearTimeout(one.timer);
    closeStream(one);
    followed.delete(id);
  }

  async function ask(id) {
    const one = followed.get(id);
    if (!one || one.stream) return;
    clearTimeout(one.timer);
    try {
      const track = await api.get(`/api/tracks/${id}`);
      if (!followed.has(id)) return;
      if (!underWay(track)) {
        tell(id, { track, progress: null });
        end(id);
        return;
      }
      const answer = await api.get('/api/jobs', { query: { subject: id } });
      if (followed.get(id) !== one || one.stream) return;
      const job = (answer.items ?? answer).find((j) => !ENDED.has(j.state));
      tell(id, { track, progress: job?.progress ?? null });
      if (job && streams < STREAMS) {
        listen(id, one, job);
        return;
      }
    } catch (problem) {
      if (problem.status === 401 || problem.status === 404) {
        end(id);
        return;
      }
      // Anything else may pass: a restart, a lost connection.
    }
    if (followed.get(id) === one) one.timer = setTimeout(() => ask(id), PAUSE);
  }

  function listen(id, one, job) {
    const stream = new EventSource(`/api/jobs/${job.id}/events`);
    one.stream = stream;
    streams++;
    const back = (wait) => {
      if (one.stream !== stream) return;
      closeStream(one);
      one.timer = setTimeout(() => ask(id), wait);
    };
    stream.addEventListener('progress', (event) =>
      tell(id, { track: one.last?.track ?? null, progress: JSON.parse(event.data) }));
    stream.addEventListener('done', () => back(0));
    // An event of the server; a broken connection is 'error'.
    stream.addEventListener('failed', () => back(0));
    stream.addEventListener('error', () => back(PAUSE));
  }

  return {
    /**
     * Follows a track until it is ready or failed.
     *
     * @param {string} id of the track
     * @param {(state: {track: object|null, progress: {done: number, total: number, stage: string}|null}) => void} listener
     * @param {AbortSignal} [signal] ends it
     */
    follow(id, listener, signal) {
      let one = followed.get(id);
      const known = Boolean(one);
      if (!one) {
        one = { listeners: new Set(), stream: null, timer: 0, last: null };
        followed.set(id, one);
      }
      one.listeners.add(listener);
      if (one.last) listener(one.last);
      signal?.addEventListener('abort', () => {
        one.listeners.delete(listener);
        if (one.listeners.size === 0 && followed.get(id) === one) end(id);
      });
      if (!known) ask(id);
    },
    /** Stops following everything. */
    clear() {
      [...followed.keys()].forEach(end);
    },
  };
}

/**
 * A progress in per cent.
 *
 * @param {{done: number, total: number}|null} progress
 * @returns {number|null} null when unknown
 */
export function percentOf(progress) {
  return progress && progress.total > 0 ? Math.min(100, Math.floor((100 * progress.done) / progress.total)) : null;
}
