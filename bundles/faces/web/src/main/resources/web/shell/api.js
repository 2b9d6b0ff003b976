/**
 * Talks to the REST surface and turns every failure into a {@link Problem}.
 * @module shell/api
 */

/** A refused or failed request (RFC 9457), with a message for people. */
export class Problem extends Error {
  /**
   * @param {{status: number, code?: string, title?: string, detail?: string,
   *     errors?: Array<{pointer: string, detail: string}>, retryAfter?: number, message: string}} of
   *     `status` 0 when no answer came; `retryAfter` in seconds
   */
  constructor(of) {
    super(of.message);
    this.name = 'Problem';
    this.status = of.status;
    this.code = of.code ?? '';
    this.title = of.title ?? '';
    this.detail = of.detail ?? '';
    this.errors = of.errors ?? [];
    this.retryAfter = of.retryAfter ?? 0;
  }

  /**
   * What is wrong with a field.
   *
   * @param {string} name top-level field of the request's body
   * @returns {string} empty when nothing is
   */
  field(name) {
    return this.errors.find((e) => e.pointer === `/${name}`)?.detail ?? '';
  }
}

/**
 * Reads a problem document, or makes one up from the status alone.
 *
 * @param {number} status of the answer
 * @param {string} text body of the answer
 * @param {number} retryAfter seconds, 0 when not said
 * @param {(key: string, values?: object) => string} t the shell's translator
 * @returns {Problem}
 */
export function problemOf(status, text, retryAfter, t) {
  let document = {};
  try {
    document = JSON.parse(text) ?? {};
  } catch {
    // A proxy may answer with a page of its own.
  }
  const code = String(document.type ?? '').replace('urn:tonekeep:problem:', '');
  let message = document.detail || document.title || t('unexpected', { status });
  if (status === 429 && retryAfter > 0) {
    message = retryAfter > 90 ? t('tooManyMinutes', { n: Math.ceil(retryAfter / 60) }) : t('tooMany', { n: retryAfter });
  }
  // Not our words: nothing is there yet behind the port. What is absent for good is said in a problem document.
  const now = status === 404 && !code ? 503 : status;
  return new Problem({ ...document, status: now, code, retryAfter, message });
}

/** Seconds of a `Retry-After` header, which may also be a date. */
export function retryAfterOf(header) {
  if (!header) return 0;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : 0;
}

/**
 * Makes the client.
 *
 * @param {{t: Function, onSignedOut: () => void}} with `onSignedOut` is called on 401 `sign-in-required`
 */
export function createApi({ t, onSignedOut }) {
  async function request(method, path, { body, query, signal, headers = {} } = {}) {
    const address = new URL(path, location.origin);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined && value !== null && value !== '') address.searchParams.set(name, value);
    }
    let answer;
    try {
      answer = await fetch(address, {
        method,
        signal,
        credentials: 'same-origin',
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (failure) {
      if (failure.name === 'AbortError') throw failure;
      throw new Problem({ status: 0, code: 'network', message: t('network') });
    }
    const text = await answer.text();
    if (!answer.ok) {
      const problem = problemOf(
        answer.status, text, retryAfterOf(answer.headers.get('Retry-After')), t);
      if (answer.status === 401 && problem.code === 'sign-in-required') onSignedOut();
      throw problem;
    }
    return text === '' ? null : JSON.parse(text);
  }
  return {
    request,
    /** @returns {Promise<*>} */
    get: (path, options) => request('GET', path, options),
    post: (path, body, options) => request('POST', path, { ...options, body }),
    patch: (path, body, options) => request('PATCH', path, { ...options, body }),
    delete: (path, options) => request('DELETE', path, options),
  };
}
