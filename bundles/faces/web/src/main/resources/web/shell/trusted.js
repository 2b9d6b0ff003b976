/**
 * The one Trusted Types policy of the pages. Only the waveform player writes markup: its own frame and
 * nothing. Everything else builds elements.
 * @module shell/trusted
 */

const HARMLESS = (html) =>
  html === '' || (/^\s*<style/.test(html) && !/<(?:script|iframe|object|embed|link|meta|base|form|img|svg|a)\b|\son\w+\s*=/i.test(html));

const rules = {
  createHTML(html) {
    if (!HARMLESS(html)) throw new TypeError('Markup is not written here');
    return html;
  },
};
const policy = globalThis.trustedTypes?.createPolicy('tonekeep', rules) ?? rules;

/**
 * Gives the kept waveform library its way to write markup: its assignments to `innerHTML` are renamed to
 * this property (see vendor/README.md), which goes through the policy.
 */
export function allowWaveformMarkup() {
  for (const prototype of [Element.prototype, ShadowRoot.prototype]) {
    if (Object.hasOwn(prototype, 'tonekeepHtml')) continue;
    Object.defineProperty(prototype, 'tonekeepHtml', {
      set(html) {
        this.innerHTML = policy.createHTML(html);
      },
    });
  }
}
