/**
 * The queue of uploads: two at a time, each with progress, cancel and retry. It outlives pages.
 * @module tracks/upload
 */

/** Uploads at the same time; a browser has six connections to a host, and the pages need some. */
const AT_ONCE = 2;

/**
 * @typedef {object} Upload
 * @property {number} id
 * @property {File} file
 * @property {string} title
 * @property {'queued'|'sending'|'finishing'|'following'|'ready'|'failed'|'error'|'cancelled'} state `failed`: the
 *     bytes are kept but the analysis failed; `error`: the upload itself failed
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
  const events = new EventTarget();

  const tell = (upload) => events.dispatchEvent(new CustomEvent('change', { detail: upload }));
  const set = (upload, changes) => {
    Object.assign(upload, changes);
    tell(upload);
  };
  const busy = () => all.filter((u) => u.state === 'sending' || u.state === 'finishing').length;

  function pump() {
    while (busy() < AT_ONCE) {
      const next = all.find((u) => u.state === 'queued');
      if (!next) return;
      send(next);
    }
  }

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
      return all.some((u) => u.state === 'queued' || u.state === 'sending' || u.state === 'finishing');
    },
    /** @param {Iterable<File>} files */
    add(files) {
      for (const file of files) {
        const upload = {
          id: ++serial, file, title: titleOf(file.name), key: randomKey(), sent: 0, track: null,
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
      const request = requests.get(upload.id);
      if (request) request.abort();
      else if (upload.state === 'queued') set(upload, { state: 'cancelled' });
    },
    /** @param {Upload} upload one that ended without success */
    retry(upload) {
      set(upload, { state: 'queued', sent: 0, problem: null });
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
