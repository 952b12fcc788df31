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

/** The outcome of a condition in words; values stay as they are. */
function outcomeOf(outcome) {
  if (outcome === 'true') return { text: say('html-true'), look: 'is-true' };
  if (outcome === 'false') return { text: say('html-false'), look: 'is-false' };
  if (outcome === 'not known') return { text: say('html-not-known'), look: 'is-open' };
  return { text: outcome, look: 'is-value' };
}
const isThat = (what, it) => fill('is', { a: what, b: it });

/** One of the words that the report has about a list, `2 edges`, `1 more possible`, `may be more`. */
function listWord(word) {
  const told = /^(\d+|no) (nodes?|edges?|more possible)$/.exec(word);
  if (told && told[1] === 'no') return say('value-none');
  if (told) return count({ n: 'nodes', e: 'edges', m: 'value-more-possible' }[told[2][0]], Number(told[1]));
  return { 'may be more': say('value-may-be-more'), 'that is all': say('value-all') }[word] || word;
}

/** `1200 to 1500 MYR`, `at least 1200 MYR`. */
function amountText(text) {
  const bound = /^at (least|most) (.*)$/.exec(text);
  if (bound) return fill(`value-at-${bound[1]}`, { x: amountText(bound[2]) });
  const inWords = text.replace(' to ', ` ${say('to')} `);
  return facts.spoken[page.language] === 'en' ? inWords : inWords.replace(/(\d)\.(\d)/g, '$1,$2');
}

/** What a reading says, in the language of the page: the report has it in English. Free texts stay as they are. */
function valueOf({ path, value }) {
  if (value === 'not known') return say('html-not-known');
  if (value === 'does not exist') return say('value-absent');
  if (hasOwn(facts.lists, path)) return value.split(', ').map(listWord).join(', ');
  const disagreement = 'sources disagree: ';
  if (value.startsWith(disagreement)) return isThat(verdictLabel('conflict'), value.slice(disagreement.length));
  if (hasOwn(facts.values, path)) return value.split(', ').map((code) => named(facts.values[path], code)).join(', ');
  if (!facts.amounts.includes(path)) return value;
  if (value === 'true' || value === 'false') return say(`value-${value}`);
  return amountText(value);
}

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
