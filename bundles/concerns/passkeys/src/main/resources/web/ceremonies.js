/**
 * The browser's part of WebAuthn, between the JSON of the server and the buffers of the browser.
 * Written out, since not every browser has `parseCreationOptionsFromJSON` and `toJSON` yet.
 * @module passkeys/ceremonies
 */

/** @param {string} text base64url */
function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
}

/** @param {ArrayBuffer | null | undefined} buffer */
function text(buffer) {
  if (!buffer) return null;
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Null when the person gave up: browsers say so, and a time-out, with the same error. */
async function unlessGivenUp(work) {
  try {
    return await work();
  } catch (failure) {
    if (failure.name === 'NotAllowedError' || failure.name === 'AbortError') return null;
    throw failure;
  }
}

/**
 * Lets the device make a passkey.
 *
 * @param {object} options of the server
 * @returns {Promise<object | null>} the credential as JSON
 */
export function makePasskey(options) {
  return unlessGivenUp(async () => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: options.excludeCredentials.map((known) => ({ ...known, id: bytes(known.id) })),
      },
    });
    return made && {
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports?.() ?? [],
      },
    };
  });
}

/**
 * Lets the device prove that it has a passkey of this site.
 *
 * @param {object} options of the server
 * @returns {Promise<object | null>} the credential as JSON
 */
export function usePasskey(options) {
  return unlessGivenUp(async () => {
    const used = await navigator.credentials.get({
      publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: [] },
    });
    return used && {
      id: used.id, rawId: text(used.rawId), type: used.type,
      response: {
        clientDataJSON: text(used.response.clientDataJSON),
        authenticatorData: text(used.response.authenticatorData),
        signature: text(used.response.signature),
        userHandle: text(used.response.userHandle),
      },
    };
  });
}
