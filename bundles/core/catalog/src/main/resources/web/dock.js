/**
 * The panel of uploads above the page, and the page as a place to drop files.
 * @module tracks/dock
 */
import { percentOf } from './follow.js';

/** Milliseconds that a finished upload stays on the list. */
const LINGER = 8000;

const ENDINGS = '.wav,.aif,.aiff,.flac,.mp3,.m4a,.mp4,.aac,.ogg,.oga,.opus';

/** Words for a failed upload. */
function explain(t, problem) {
  // Whose room is used up, and by how much, is said by the server.
  if (problem.code === 'quota-exceeded') return t('error_other', { detail: problem.detail });
  const words = { '-1': 'error_empty', 0: 'error_network', 401: 'error_401', 413: 'error_413', 415: 'error_415', 429: 'error_429', 507: 'error_507' };
  return t(words[problem.status] ?? 'error_other', { detail: problem.detail || problem.message, seconds: problem.retryAfter || 10 });
}

/**
 * Makes the panel, the drop target and the file picker.
 *
 * @param {{shell: object, t: Function, uploads: object, follower: object}} of
 */
export function createDock({ shell, t, uploads, follower }) {
  const { el, fill, icon } = shell.ui;
  const picker = el('input', {
    type: 'file', multiple: true, accept: `audio/*,${ENDINGS}`, class: 'visually-hidden', tabindex: -1,
    'aria-hidden': 'true',
    onchange: () => {
      uploads.add(picker.files);
      picker.value = '';
    },
  });
  const heading = el('h2', { class: 'dock-title' });
  const close = el('button', {
    class: 'icon-button small', type: 'button', 'aria-label': t('close'),
    onclick: () => uploads.all.filter(ended).forEach(uploads.remove),
  }, icon('close'));
  const list = el('ul', { class: 'uploads' });
  const live = el('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  const panel = el('section', { class: 'upload-panel', 'aria-label': t('uploads') },
    el('div', { class: 'dock-head' }, heading, close), list);
  panel.hidden = true;
  const rows = new Map();

  function draw(upload) {
    for (const [id, row] of rows) {
      if (!uploads.all.some((u) => u.id === id)) {
        row.node.remove();
        rows.delete(id);
      }
    }
    if (upload && uploads.all.includes(upload)) {
      let row = rows.get(upload.id);
      if (!row) {
        row = createRow(upload);
        rows.set(upload.id, row);
        list.append(row.node);
      }
      row.draw();
    }
    summarise();
  }

  function summarise() {
    panel.hidden = uploads.all.length === 0;
    const open = uploads.all.filter((u) => !ended(u) && u.state !== 'following').length;
    const bad = uploads.all.filter((u) => u.state === 'error' || u.state === 'failed').length;
    if (open) heading.textContent = t('uploading', { n: open });
    else heading.textContent = bad ? t('uploadsSome', { n: bad }) : t('uploadsDone');
    close.disabled = !uploads.all.some(ended);
  }

  function createRow(upload) {
    const { name } = upload.file;
    const state = el('p', { class: 'upload-state' });
    const bar = el('progress', { class: 'bar', max: 100, value: 0, 'aria-label': name });
    const tools = el('div', { class: 'upload-tools' });
    const node = el('li', { class: 'upload' },
      el('div', { class: 'upload-what' }, el('p', { class: 'upload-name', text: name, title: name }), state, bar), tools);
    const button = (kind, label, run) =>
      el('button', { class: 'icon-button small', type: 'button', 'aria-label': t(label, { name }), onclick: run }, icon(kind));
    let drawn = '';

    function drawState() {
      const { percent, words } = describe(upload);
      state.textContent = words;
      bar.hidden = ended(upload);
      if (percent === null) bar.removeAttribute('value');
      else bar.value = percent;
      if (drawn === upload.state) return;
      drawn = upload.state;
      node.dataset.state = upload.state;
      fill(tools, toolsOf(upload, button));
      announce(upload);
      if (upload.state === 'ready') setTimeout(() => uploads.remove(upload), LINGER);
    }
    return { node, draw: drawState };
  }

  function toolsOf(upload, button) {
    switch (upload.state) {
      case 'queued': case 'sending': case 'waiting': case 'finishing':
        return [
          uploads.pausable(upload) && button('pause', 'pauseUpload', () => uploads.pause(upload)),
          button('close', 'cancelUpload', () => uploads.cancel(upload)),
        ];
      case 'paused':
        return [
          button('play', 'resumeUpload', () => uploads.resume(upload)),
          button('close', 'cancelUpload', () => uploads.cancel(upload)),
        ];
      case 'error': case 'cancelled':
        return [
          worthRetrying(upload) && button('retry', 'retryUpload', () => uploads.retry(upload)),
          button('close', 'removeUpload', () => uploads.remove(upload)),
        ];
      case 'failed':
        return [button('close', 'removeUpload', () => uploads.remove(upload))];
      default:
        return [el('a', { class: 'link-button', href: `/tracks/${upload.track.id}`, text: t('open') })];
    }
  }

  function describe(upload) {
    const share = upload.file.size ? (100 * upload.sent) / upload.file.size : 0;
    switch (upload.state) {
      case 'queued': return { percent: 0, words: t('queued') };
      case 'sending': return {
        percent: share,
        words: t('sending', { sent: shell.format.bytes(upload.sent), size: shell.format.bytes(upload.file.size) }),
      };
      case 'waiting': return { percent: share, words: t('waiting') };
      case 'paused': return { percent: share, words: t('paused', { sent: shell.format.bytes(upload.sent) }) };
      case 'finishing': return { percent: null, words: t('finishing') };
      case 'following': {
        const percent = percentOf(upload.progress);
        return { percent, words: percent === null ? t('state_uploaded') : t('analysingPercent', { percent }) };
      }
      case 'ready': return { percent: 100, words: t('ready') };
      case 'failed': return { percent: 0, words: upload.track.failure || t('failedUnknown') };
      case 'error': return { percent: 0, words: explain(t, upload.problem) };
      default: return { percent: 0, words: t('cancelled') };
    }
  }

  function announce(upload) {
    const { name } = upload.file;
    if (upload.state === 'following') live.textContent = t('announceUploaded', { name });
    else if (upload.state === 'ready') live.textContent = t('announceReady', { name });
    else if (upload.state === 'error' || upload.state === 'failed') {
      live.textContent = t('announceFailed', { name, reason: describe(upload).words });
    }
  }

  uploads.events.addEventListener('change', (event) => draw(event.detail));
  uploads.events.addEventListener('uploaded', (event) => {
    const upload = event.detail;
    const settle = (track) => {
      if (track.state === 'ready' || track.state === 'failed') uploads.follow(upload, { state: track.state, track });
    };
    settle(upload.track);
    if (upload.state === 'following') {
      follower.follow(upload.track.id, ({ track, progress }) => {
        uploads.follow(upload, { progress });
        if (track) settle(track);
      });
    }
  });

  return {
    node: el('div', {}, panel, live),
    picker,
    overlay: dropTarget({ shell, t, uploads }),
    choose: () => picker.click(),
  };
}

/** A file that was refused for what it is will be refused again. */
const worthRetrying = ({ problem }) =>
  !problem || [0, 401, 408, 409, 429].includes(problem.status) || problem.status >= 500;

const ended = (upload) => ['ready', 'failed', 'error', 'cancelled'].includes(upload.state);

/** The whole page takes files while somebody is signed in. */
function dropTarget({ shell, t, uploads }) {
  const { el, icon } = shell.ui;
  const overlay = el('div', { class: 'drop-overlay', 'aria-hidden': 'true' },
    el('div', { class: 'drop-box' }, icon('upload'), el('strong', { text: t('dropHere') }), el('span', { text: t('dropHint') })));
  overlay.hidden = true;
  let depth = 0;
  const files = (event) => shell.session.account && [...(event.dataTransfer?.types ?? [])].includes('Files');
  addEventListener('dragenter', (event) => {
    if (!files(event)) return;
    depth++;
    overlay.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (files(event) && --depth <= 0) hide();
  });
  addEventListener('dragover', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  addEventListener('drop', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    hide();
    uploads.add(event.dataTransfer.files);
  });
  function hide() {
    depth = 0;
    overlay.hidden = true;
  }
  return overlay;
}
