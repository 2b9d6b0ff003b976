/**
 * Messages and formats in the tenant's language, as far as there is a catalogue of it.
 * @module shell/i18n
 */

/** The language of catalogues that everything has. */
const FALLBACK = 'en';

/**
 * The catalogue's language for a locale: `pt-BR`, then `pt`, then English.
 *
 * @param {Object<string, object>} catalogues messages by language
 * @param {string} locale BCP 47 tag
 * @returns {string}
 */
export function languageOf(catalogues, locale) {
  return [locale, locale.split('-')[0]].find((tag) => tag in catalogues) ?? FALLBACK;
}

/**
 * A function from message key to text. A message is text with `{name}` placeholders, or an object of
 * plural forms (`one`, `other` …) chosen by the value `n`.
 *
 * @param {Object<string, Object<string, string|object>>} catalogues messages by language
 * @param {string} locale BCP 47 tag
 * @returns {(key: string, values?: Object<string, *>) => string}
 */
export function translator(catalogues, locale) {
  const language = languageOf(catalogues, locale);
  const plurals = new Intl.PluralRules(language);
  return (key, values = {}) => {
    let message = catalogues[language][key] ?? catalogues[FALLBACK][key] ?? key;
    if (typeof message === 'object') message = message[plurals.select(values.n)] ?? message.other;
    return message.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
  };
}

/**
 * Formats for people.
 *
 * @param {string} language BCP 47 tag
 */
export function formats(language) {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const number = (value, digits = 0) =>
    new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  return {
    number,
    /** @param {string} iso instant */
    date: (iso) => day.format(new Date(iso)),
    /** @param {string} iso instant */
    dateTime: (iso) => moment.format(new Date(iso)),
    /** @param {string} iso instant; what is older than a week is given as a date */
    ago(iso) {
      const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
      const units = [['day', 86400], ['hour', 3600], ['minute', 60]];
      if (Math.abs(seconds) > 7 * 86400) return day.format(new Date(iso));
      for (const [unit, length] of units) {
        if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
      }
      return relative.format(0, 'second');
    },
    /** @param {number|null|undefined} seconds to `3:07` or `1:02:33` */
    duration(seconds) {
      if (!Number.isFinite(seconds)) return '–';
      const whole = Math.max(0, Math.floor(seconds));
      const two = (n) => String(n).padStart(2, '0');
      const hours = Math.floor(whole / 3600);
      const minutes = Math.floor(whole / 60) % 60;
      return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
    },
    /** @param {number} count of bytes, to decimal units as file managers show them */
    bytes(count) {
      const units = ['B', 'kB', 'MB', 'GB', 'TB'];
      let value = count;
      let unit = 0;
      while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
      }
      return `${number(value, unit > 0 && value < 100 ? 1 : 0)} ${units[unit]}`;
    },
  };
}
