// Elements, words and the address.

const hasOwn = (map, key) => Object.prototype.hasOwnProperty.call(map, key);

// Control and bidirectional characters are shown, so that a name cannot disguise itself.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const shown = (text) => String(text).replace(unseen, (c) => `\\u{${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}}`);

/** An element; attributes by name, children as elements or texts. Data is never markup. */
function make(name, attributes = {}, ...children) {
  const element = name.startsWith('svg:')
    ? document.createElementNS('http://www.w3.org/2000/svg', name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat()) {
    if (child === undefined || child === null || child === '') continue;
    element.append(child instanceof Node ? child : shown(child));
  }
  return element;
}

const data = (text) => make('bdi', {}, text);

/** A text of a rule: with its language and direction where they are not those of the page around it. */
function spoken(text, tag) {
  if (tag === undefined || tag === facts.spoken[page.language]) return data(text);
  return make('bdi', { lang: tag, dir: facts.rightToLeft.includes(tag) ? 'rtl' : undefined }, text);
}

function sign(verdict) {
  return make('svg:svg', { class: `sign v-${verdict}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    make('svg:use', { href: `#sign-${verdict}` }));
}

const page = { language: facts.language, head: undefined };

const say = (key) => facts.texts[page.language][key];
const fill = (key, values) => say(key).replace(/\{(\w+)\}/g, (place, name) => (hasOwn(values, name) ? values[name] : place));
const number = (n) => {
  const text = String(n);
  return text.replace(/\B(?=(\d{3})+$)/g, facts.spoken[page.language] === 'en' ? ',' : '\u202f');
};
const count = (key, n) => {
  const single = n === 1 || (n === 0 && facts.spoken[page.language] === 'fr');
  return fill(single ? `${key}-one` : key, { n: number(n) });
};
const tagIn = (texts) => [...tagsFor(page.language), ...Object.keys(texts || {})].find((tag) => texts && texts[tag]);
const inLanguage = (texts) => (texts && texts[tagIn(texts)]) || '';
const spokenIn = (texts) => spoken(inLanguage(texts), tagIn(texts));
const named = (map, id) => (hasOwn(map, id) ? inLanguage(map[id]) || id : id);
const verdictLabel = (verdict) => inLanguage(page.head.labels[verdict]);
const severityLabel = (low, high) => (low === high
  ? say(`severity:${high}`)
  : `${say(`severity:${low}`)} ${say('to')} ${say(`severity:${high}`)}`);
const ruleTitle = (rule) => inLanguage(rule.title) || rule.rule;
const spokenTitle = (rule) => (tagIn(rule.title) ? spokenIn(rule.title) : data(rule.rule));

/** How the outcome of a condition looks. */
const lookOf = ({ type, value }) => ({ boolean: value ? 'is-true' : 'is-false', unknown: 'is-open' }[type] || 'is-value');
const isThat = (what, it) => fill('is', { a: what, b: it });

// What is looked at stands in the address, so that it can be kept, sent and gone back to.
const view = {
  read() {
    const text = window.location.hash.slice(1);
    return new URLSearchParams(text.includes('=') ? text : '');
  },
  write(entries, keep) {
    const text = new URLSearchParams(entries.filter(([, value]) => value !== '')).toString();
    const address = text === '' ? window.location.pathname + window.location.search : `#${text}`;
    try {
      window.history[keep ? 'pushState' : 'replaceState'](null, '', address);
    } catch {
      window.location.hash = text;
    }
  },
};

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
