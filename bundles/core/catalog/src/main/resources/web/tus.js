/**
 * Sends a file so that it can be gone on with: tus 1.0.0 at /api/uploads.
 * @module tracks/tus
 */

const VERSION = { 'Tus-Resumable': '1.0.0' };
const BODY = 'application/offset+octet-stream';

/** No answer came. */
const NETWORK = { status: 0, message: '', retryAfter: 0 };

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** What tells the file from others, besides its length: a song that was mixed again may be as long as before. */
function metadataOf(file, title) {
  const words = { filename: file.name, filetype: file.type, title, modified: String(file.lastModified) };
  return Object.entries(words).map(([name, value]) => (value ? `${name} ${base64(value)}` : name)).join(',');
}

/**
 * Makes a sender.
 *
 * @param {{problemOf: Function}} of `problemOf` the shell's
 */
export function createTus({ problemOf }) {
  async function ask(method, address, headers, signal) {
    let answer;
    try {
      answer = await fetch(address, {
        method, signal, credentials: 'same-origin', headers: { Accept: 'application/json', ...VERSION, ...headers },
      });
    } catch (failure) {
      throw failure.name === 'AbortError' ? failure : NETWORK;
    }
    if (!answer.ok) throw problemOf(answer.status, await answer.text(), answer.headers.get('Retry-After'));
    return answer;
  }

  /** An upload of the same file that was begun before, on this page or another. */
  async function find(file, metadata, signal) {
    const answer = await ask('GET', '/api/uploads?limit=200', {}, signal);
    const { items } = await answer.json();
    for (const item of items) {
      if (item.fileName !== file.name || item.length !== file.size || item.track) continue;
      const place = `/api/uploads/${item.id}`;
      const seen = await ask('HEAD', place, {}, signal);
      if (seen.headers.get('Upload-Metadata') === metadata) return place;
    }
    return null;
  }

  /**
   * Begins an upload, or finds the one to go on with.
   *
   * @param {{file: File, title: string, key: string}} upload
   * @returns {Promise<string>} its address
   */
  async function begin({ file, title, key }, signal) {
    const metadata = metadataOf(file, title);
    const before = await find(file, metadata, signal);
    if (before) return before;
    const headers = { 'Upload-Length': String(file.size), 'Upload-Metadata': metadata, 'Idempotency-Key': key };
    return (await ask('POST', '/api/uploads', headers, signal)).headers.get('Location');
  }

  /**
   * Sends what is missing.
   *
   * @param {string} place what {@link begin} gave
   * @param {File} file
   * @param {{onProgress: (sent: number) => void, onSent: () => void}} tell
   * @returns {Promise<string>} the track's id
   */
  async function goOn(place, file, tell, signal) {
    const stands = await ask('HEAD', place, {}, signal);
    const offset = Number(stands.headers.get('Upload-Offset'));
    const track = stands.headers.get('Upload-Track');
    if (track) return track;
    tell.onProgress(offset);
    return patch(place, file.slice(offset), offset, tell, signal);
  }

  /** By XMLHttpRequest, for fetch tells no progress. */
  function patch(place, rest, offset, tell, signal) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      const abort = () => request.abort();
      request.open('PATCH', place);
      Object.entries({ ...VERSION, 'Content-Type': BODY, 'Upload-Offset': String(offset), Accept: 'application/json' })
        .forEach(([name, value]) => request.setRequestHeader(name, value));
      request.upload.addEventListener('progress', (event) => tell.onProgress(offset + event.loaded));
      request.upload.addEventListener('load', () => tell.onSent());
      request.addEventListener('load', () => {
        const track = request.getResponseHeader('Upload-Track');
        if (request.status === 204 && track) done(track);
        else failed(problemOf(request.status, request.responseText, request.getResponseHeader('Retry-After')));
      });
      request.addEventListener('error', () => failed(NETWORK));
      request.addEventListener('abort', () => failed(new DOMException('Aborted', 'AbortError')));
      request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
      signal.addEventListener('abort', abort);
      if (signal.aborted) failed(new DOMException('Aborted', 'AbortError'));
      else request.send(rest);
    });
  }

  return {
    begin,
    goOn,
    /** Throws away what is there of an upload; what cannot be told is forgotten by itself after a while. */
    drop: (place) => ask('DELETE', place, {}).catch(() => {}),
    /** The finished track. */
    track: async (id, signal) => (await ask('GET', `/api/tracks/${id}`, {}, signal)).json(),
  };
}
