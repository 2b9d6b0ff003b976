/**
 * The queue of uploads: two at a time, each with progress, pause, cancel and retry. It outlives pages. Where the site
 * takes uploads in parts, one that is broken off goes on by itself, also after the page was left, when the same file
 * is chosen again.
 * @module tracks/upload
 */
import { createTus } from './tus.js';

/** Uploads at the same time; a browser has six connections to a host, and the pages need some. */
const AT_ONCE = 2;

/** Seconds to wait before the next try, while nothing comes through; about three minutes in all. */
const PATIENCE = [1, 2, 4, 8, 15, 30, 30, 30, 30, 30];

/**
 * @typedef {object} Upload
 * @property {number} id
 * @property {File} file
 * @property {string} title
 * @property {'queued'|'sending'|'waiting'|'paused'|'finishing'|'following'|'ready'|'failed'|'error'|'cancelled'} state
 *     `waiting`: for the connection to come back; `failed`: the bytes are kept but the analysis failed; `error`: the
 *     upload itself failed
 * @property {string|null} place address of what is there of it
 * @property {number} sent bytes
 * @property {{status: number, message: string, retryAfter: number}|null} problem of `error`
 * @property {object|null} track once the server has it
 */

/** A title for people from a file's name. */
export function titleOf(name) {
  const title = name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
  return (title || name).slice(0, 200);
}

function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/**
 * Makes the queue.
 *
 * @param {{send?: () => XMLHttpRequest, problemOf: Function}} of `problemOf` the shell's
 */
export function createUploads({ problemOf }) {
  /** @type {Upload[]} */
  let all = [];
  let serial = 0;
  const requests = new Map();
  const tus = createTus({ problemOf });
  /** Until the site says that it takes uploads only as a whole. */
  let inParts = true;
  const events = new EventTarget();

  const tell = (upload) => events.dispatchEvent(new CustomEvent('change', { detail: upload }));
  const set = (upload, changes) => {
    Object.assign(upload, changes);
    tell(upload);
  };
  const isBusy = ({ state }) => state === 'sending' || state === 'waiting' || state === 'finishing';
  const busy = () => all.filter(isBusy).length;

  function pump() {
    while (busy() < AT_ONCE) {
      const next = all.find((u) => u.state === 'queued');
      if (!next) return;
      if (inParts) sendParts(next);
      else send(next);
    }
  }

  /** Worth another try by itself: nothing came through, the server starts, or another request is not over. */
  const passes = ({ status }) => [0, 408, 409, 423].includes(status) || (status >= 500 && status !== 507);

  async function sendParts(upload) {
    const stop = new AbortController();
    requests.set(upload.id, stop);
    set(upload, { state: 'sending', problem: null });
    let tries = 0;
    const tell = {
      onProgress: (sent) => {
        if (sent > upload.sent) tries = 0;
        if (!stop.signal.aborted) set(upload, { state: 'sending', sent });
      },
      onSent: () => {
        if (!stop.signal.aborted) set(upload, { state: 'finishing', sent: upload.file.size });
      },
    };
    let changes = null;
    while (!changes && !stop.signal.aborted) {
      try {
        upload.place ??= await tus.begin(upload, stop.signal);
        const id = await tus.goOn(upload.place, upload.file, tell, stop.signal);
        changes = { state: 'following', track: await tus.track(id, stop.signal), place: null };
      } catch (failure) {
        if (stop.signal.aborted) break;
        if (failure.code === 'feature-off') {
          inParts = false;
          requests.delete(upload.id);
          send(upload);
          return;
        }
        if (failure.status === undefined) throw failure;
        if (failure.status === 404) upload.place = null; // its time was over
        if ((passes(failure) || (failure.status === 404 && tries === 0)) && tries < PATIENCE.length) {
          set(upload, { state: 'waiting' });
          await pauseFor(PATIENCE[tries++], stop.signal);
        } else {
          if (failure.status < 500 && failure.status >= 400) upload.key = randomKey();
          changes = { state: 'error', problem: failure };
        }
      }
    }
    if (requests.get(upload.id) === stop) requests.delete(upload.id);
    if (changes && !stop.signal.aborted) {
      set(upload, changes);
      if (changes.track) events.dispatchEvent(new CustomEvent('uploaded', { detail: upload }));
    }
    pump();
  }

  /** Also over when the connection is back, or the upload is stopped. */
  function pauseFor(seconds, signal) {
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        removeEventListener('online', end);
        signal.removeEventListener('abort', end);
        done();
      };
      const timer = setTimeout(end, seconds * 1000);
      addEventListener('online', end);
      signal.addEventListener('abort', end);
    });
  }

  /** As a whole, for sites that take no parts. */
  function send(upload) {
    const request = new XMLHttpRequest();
    requests.set(upload.id, request);
    request.open('POST', `/api/tracks?title=${encodeURIComponent(upload.title)}`);
    request.setRequestHeader('Content-Type', upload.file.type || 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Idempotency-Key', upload.key);
    request.upload.addEventListener('progress', (event) => {
      if (upload.state === 'sending') set(upload, { sent: event.loaded });
    });
    request.upload.addEventListener('load', () => {
      if (upload.state === 'sending') set(upload, { state: 'finishing', sent: upload.file.size });
    });
    const end = (changes) => {
      requests.delete(upload.id);
      if (upload.state === 'sending' || upload.state === 'finishing') set(upload, changes);
      pump();
    };
    const arrived = (text) => {
      end({ state: 'following', track: JSON.parse(text) });
      events.dispatchEvent(new CustomEvent('uploaded', { detail: upload }));
    };
    // A new key only where it is sure that nothing was made under this one, or that it is gone again: an upload
    // whose answer was lost or is still to come must not become a second track.
    const refused = (problem, again) => {
      if (again) upload.key = randomKey();
      end({ state: 'error', problem });
    };
    request.addEventListener('load', async () => {
      if (request.status !== 201 && request.status !== 200) {
        const problem = problemOf(request.status, request.responseText, request.getResponseHeader('Retry-After'));
        refused(problem, request.status >= 400 && request.status < 500 && problem.code !== 'in-progress');
        return;
      }
      const location = request.getResponseHeader('Location');
      if (request.getResponseHeader('Idempotency-Replayed') !== 'true' || !location) {
        arrived(request.responseText);
        return;
      }
      // It was here already, and only the answer was lost; a repeated answer has no body.
      try {
        const answer = await fetch(location, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
        const text = await answer.text();
        if (answer.ok) arrived(text);
        else refused(problemOf(answer.status, text, answer.headers.get('Retry-After')), answer.status === 404);
      } catch {
        end({ state: 'error', problem: { status: 0, message: '', retryAfter: 0 } });
      }
    });
    request.addEventListener('error', () => end({ state: 'error', problem: { status: 0, message: '', retryAfter: 0 } }));
    request.addEventListener('abort', () => end({ state: 'cancelled' }));
    set(upload, { state: 'sending', sent: 0, problem: null });
    request.send(upload.file);
  }

  return {
    events,
    /** @returns {readonly Upload[]} */
    get all() {
      return all;
    },
    /** Whether leaving the site would break something. */
    get active() {
      return all.some((u) => u.state === 'queued' || isBusy(u));
    },
    /** @param {Iterable<File>} files */
    add(files) {
      for (const file of files) {
        const upload = {
          id: ++serial, file, title: titleOf(file.name), key: randomKey(), sent: 0, track: null, place: null,
          state: file.size === 0 ? 'error' : 'queued',
          problem: file.size === 0 ? { status: -1, message: '', retryAfter: 0 } : null,
        };
        all = [...all, upload];
        tell(upload);
      }
      pump();
    },
    /** @param {Upload} upload one that waits or runs */
    cancel(upload) {
      requests.get(upload.id)?.abort();
      if (upload.place) tus.drop(upload.place);
      upload.key = randomKey();
      if (upload.state !== 'cancelled') set(upload, { state: 'cancelled', place: null });
      pump();
    },
    /** Whether it can be paused: what is sent is kept. */
    pausable: (upload) => inParts && (upload.state === 'sending' || upload.state === 'waiting'),
    /** @param {Upload} upload one that is pausable */
    pause(upload) {
      requests.get(upload.id)?.abort();
      set(upload, { state: 'paused' });
      pump();
    },
    /** @param {Upload} upload one that is paused */
    resume(upload) {
      set(upload, { state: 'queued' });
      pump();
    },
    /** @param {Upload} upload one that ended without success */
    retry(upload) {
      set(upload, { state: 'queued', sent: upload.place ? upload.sent : 0, problem: null });
      pump();
    },
    /** Takes one that has ended off the list. */
    remove(upload) {
      all = all.filter((u) => u !== upload);
      tell(upload);
    },
    /** Says how the analysis of an uploaded track went on. */
    follow(upload, changes) {
      if (all.includes(upload)) set(upload, changes);
    },
    /** Stops and forgets everything: somebody signs out. */
    clear() {
      const mine = all;
      all = [];
      mine.forEach((upload) => {
        upload.state = 'cancelled';
        requests.get(upload.id)?.abort();
      });
      events.dispatchEvent(new CustomEvent('change', { detail: null }));
    },
  };
}
