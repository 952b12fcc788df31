// All findings: filter, search, groups. Rows come as they are wanted.

const batch = 50;
const severities = ['none', 'low', 'medium', 'high', 'critical'];
const choices = { q: '', v: '', s: '', k: '', r: '', t: '', g: 'urgency', open: '' };
const list = { rows: undefined, texts: undefined, tags: undefined, plain: undefined, root: undefined, results: undefined, output: undefined, matches: [] };

const plainText = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const ruleAt = (index) => list.rules[list.rows.rule[index]];
const standardsOf = (rule) => [...new Set(rule.basis.map(({ provision }) => facts.provisions[provision].standard))];
const isGrave = (index) => list.rows.verdict[index] === 'fail' && severities.indexOf(list.rows.high[index]) >= 3;

/** What is searched in, one text a finding; made when first needed. */
function searchable(index) {
  if (list.plain[index] === undefined) {
    const rule = ruleAt(index);
    list.plain[index] = plainText([list.rows.subject[index], ruleTitle(rule), rule.rule, list.texts[index] || '',
      named(facts.indicators, rule.indicator)].join('\n'));
  }
  return list.plain[index];
}

function matching() {
  const wanted = choices.v === '' ? undefined : new Set(choices.v.split(','));
  const least = severities.indexOf(choices.s);
  const kind = list.rows.kinds.indexOf(choices.k);
  const words = plainText(choices.q).split(/\s+/).filter((word) => word);
  const rules = list.rules.map((rule) => (choices.r === '' || rule.rule === choices.r) && (choices.t === '' || standardsOf(rule).includes(choices.t)));
  const found = [];
  for (let i = 0; i < facts.findings; i += 1) {
    if (wanted && !wanted.has(list.rows.verdict[i])) continue;
    if (choices.s !== '' && severities.indexOf(list.rows.high[i]) < least) continue;
    if (choices.k !== '' && list.rows.kind[i] !== kind) continue;
    if (!rules[list.rows.rule[i]]) continue;
    if (words.length > 0 && !words.every((word) => searchable(i).includes(word))) continue;
    found.push(i);
  }
  return found;
}

const groupings = {
  urgency: { key: 'html-by-urgency', of: (i) => [isGrave(i) ? 'html-grave' : { fail: 'html-certain', suspect: 'html-suspected', conflict: 'html-disputed', error: 'html-broken-rules' }[list.rows.verdict[i]]], name: say },
  indicator: { key: 'html-by-indicator', of: (i) => [ruleAt(i).indicator], name: (id) => named(facts.indicators, id) },
  rule: { key: 'html-by-rule', of: (i) => [list.rows.rule[i]], name: (index) => spokenTitle(list.rules[index]) },
  subject: { key: 'html-by-subject', of: (i) => [list.rows.subject[i]], name: (id) => id },
  kind: { key: 'html-by-kind', of: (i) => [list.rows.kinds[list.rows.kind[i]]], name: (id) => named(facts.kinds, id) },
  severity: { key: 'html-by-severity', of: (i) => [list.rows.high[i]], name: (id) => say(`severity:${id}`) },
  standard: { key: 'html-by-standard', of: (i) => standardsOf(ruleAt(i)), name: (id) => id },
};

/** Of a finding that is not settled: what comes before its message. */
const leadOf = (verdict) => (verdict === 'suspect' || verdict === 'conflict' ? `${say(`lead-${verdict}`)} ` : '');

function row(index) {
  const { rows } = list;
  const rule = ruleAt(index);
  const id = `f_${rows.id[index]}`;
  const isError = rows.verdict[index] === 'error';
  const button = make('button', { type: 'button', 'aria-expanded': 'false', onclick: () => toggle(item, index, true) },
    sign(rows.verdict[index]), make('span', { class: 'hidden' }, `${verdictLabel(rows.verdict[index])}: `),
    make('span', {}, spokenTitle(rule)), make('span', { class: 'subject' }, data(rows.subject[index])),
    make('span', { class: `tag severity s-${rows.high[index]}` }, severityLabel(rows.low[index], rows.high[index])));
  const item = make('li', { class: `row s-${rows.high[index]}`, id }, make('h3', {}, button),
    make('p', {}, isError ? say('html-broken') : [leadOf(rows.verdict[index]), spoken(list.texts[index] || '', list.tags[index])]));
  return item;
}

async function toggle(item, index, remember) {
  const button = item.querySelector('button');
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  item.classList.toggle('is-open', !isOpen);
  if (remember) {
    choices.open = isOpen ? '' : item.id;
    remembered();
  }
  if (isOpen) {
    item.querySelector('.detail').remove();
    return;
  }
  const detail = detailOf(await findingAt(index), true);
  if (button.getAttribute('aria-expanded') === 'true' && !item.querySelector('.detail')) item.append(detail);
}

/** The next rows of a group, and a button for more. */
function grow(target, members, from) {
  target.append(...members.slice(from, from + batch).map(row));
  const left = members.length - from - batch;
  if (left <= 0) return;
  const more = make('button', { type: 'button', class: 'next', onclick: () => {
    more.parentElement.remove();
    grow(target, members, from + batch);
    target.children[from + batch].querySelector('button').focus();
  } }, fill('html-show-more', { n: number(Math.min(batch, left)), all: number(left) }));
  target.append(make('li', {}, more));
}

function groupElement(name, members, isOpen) {
  const rows = make('ol', { class: 'rows' });
  const group = make('details', { class: 'group', open: isOpen },
    make('summary', {}, name, ' ', make('b', {}, number(members.length))), rows);
  const begin = () => {
    if (group.open && rows.children.length === 0) grow(rows, members, 0);
  };
  group.addEventListener('toggle', begin);
  group.begin = begin;
  begin();
  return group;
}

function showResults() {
  list.matches = matching();
  const grouping = groupings[choices.g] || groupings.urgency;
  const groups = new Map();
  for (const index of list.matches) {
    for (const key of grouping.of(index)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(index);
    }
  }
  const ordered = choices.g === 'urgency' || choices.g === 'severity' ? [...groups] : [...groups].sort((a, b) => b[1].length - a[1].length);
  let open = 0;
  list.results.replaceChildren(...ordered.map(([key, members]) => {
    const isOpen = open < batch && ordered.length < 200;
    if (isOpen) open += Math.min(batch, members.length);
    return groupElement(grouping.name(key), members, isOpen);
  }));
  if (list.matches.length === 0) list.results.append(make('p', { class: 'empty' }, say('html-no-match')));
  list.output.textContent = count('html-result', list.matches.length);
}

function remembered(keep) {
  const entries = Object.entries(choices).map(([key, value]) => [key, key === 'g' && value === 'urgency' ? '' : value]);
  if (page.language !== facts.language) entries.push(['lang', page.language]);
  view.write(entries, keep);
}

function choose(key, value) {
  choices[key] = value;
  choices.open = '';
  remembered();
  showResults();
}

function select(key, label, empty, options) {
  return make('label', {}, make('span', {}, label),
    make('select', { onchange: (event) => choose(key, event.target.value) },
      empty === undefined ? undefined : make('option', { value: '' }, empty),
      options.map(([value, text]) => make('option', { value, selected: value === choices[key] }, text))));
}

function controls() {
  const counts = new Map();
  for (const verdict of list.rows.verdict) counts.set(verdict, (counts.get(verdict) || 0) + 1);
  let waiting;
  const search = make('input', { type: 'search', value: choices.q, placeholder: say('html-search-hint'), oninput: () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => choose('q', search.value.trim()), 120);
  } });
  const wanted = new Set(choices.v.split(',').filter((code) => code));
  const chips = make('fieldset', { class: 'chips' }, make('legend', {}, say('html-verdict')),
    [...counts].map(([verdict, n]) => make('label', {}, make('input', { type: 'checkbox', value: verdict, checked: wanted.has(verdict), onchange: () => {
      choose('v', [...chips.querySelectorAll(':checked')].map((box) => box.value).join(','));
    } }), sign(verdict), `${verdictLabel(verdict)} `, make('span', {}, number(n)))));
  const used = list.rules.filter((rule) => list.rows.rules.includes(rule.rule));
  const byName = (a, b) => a[1].localeCompare(b[1], page.language);
  return make('div', { class: 'controls', role: 'search', 'aria-label': say('html-filter') },
    make('label', {}, make('span', {}, say('html-search')), search),
    select('s', say('html-severity-least'), say('html-any-severity'), severities.slice(1).reverse().map((code) => [code, say(`severity:${code}`)])),
    select('r', say('html-rule'), say('html-any-rule'), used.map((rule) => [rule.rule, ruleTitle(rule)]).sort(byName)),
    select('t', say('html-standard'), say('html-any-standard'), [...new Set(used.flatMap(standardsOf))].map((name) => [name, name]).sort(byName)),
    select('k', say('html-kind'), say('html-any-kind'), list.rows.kinds.map((kind) => [kind, named(facts.kinds, kind)]).sort(byName)),
    select('g', say('html-group-by'), undefined, Object.entries(groupings).map(([code, { key }]) => [code, say(key)])),
    chips);
}

/** A cell that a spreadsheet does not take for a formula. */
function cell(text) {
  const safe = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function saveList() {
  const { rows } = list;
  const lines = [[say('html-verdict'), say('severity'), say('html-rule'), say('html-kind'), say('html-subject'), say('html-message'), 'id']];
  for (const i of list.matches) {
    lines.push([verdictLabel(rows.verdict[i]), severityLabel(rows.low[i], rows.high[i]), ruleTitle(ruleAt(i)), named(facts.kinds, rows.kinds[rows.kind[i]]),
      rows.subject[i], list.texts[i] || '', `f_${rows.id[i]}`]);
  }
  save('findings.csv', 'text/csv', `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`);
}

function actions() {
  list.output = make('output', { 'aria-live': 'polite' });
  return make('div', { class: 'actions' }, list.output,
    make('button', { type: 'button', onclick: () => {
      for (const key of Object.keys(choices)) choices[key] = key === 'g' ? choices.g : '';
      remembered();
      showList();
    } }, say('html-clear')),
    make('button', { type: 'button', onclick: saveList }, say('html-save-csv')),
    facts.whole ? make('button', { type: 'button', onclick: async () => save('report.json', 'application/json', await reportText()) }, say('html-save-report')) : undefined,
    make('button', { type: 'button', onclick: () => window.print() }, say('html-print')));
}

/** Arrows, Home and End move between rows; Escape closes one. */
function onKey(event) {
  const item = event.target.closest('.row');
  if (!item) return;
  const button = item.querySelector('button');
  if (event.key === 'Escape' && item.classList.contains('is-open')) {
    button.click();
    button.focus();
    return;
  }
  if (event.target !== button) return;
  const buttons = [...list.results.querySelectorAll('.group[open] .row > h3 > button')];
  const at = buttons.indexOf(button);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || !buttons[to]) return;
  event.preventDefault();
  buttons[to].focus();
}

function showList() {
  list.root.replaceChildren();
  if (facts.findings === 0) return;
  list.results = make('div', { class: 'findings', onkeydown: onKey });
  list.root.append(controls(), actions(), make('p', { class: 'keys' }, say('html-keys')), list.results);
  showResults();
}

/** Opens a finding that the address names, whatever group it is in. */
async function showOpen() {
  if (choices.open === '') return;
  const index = list.rows.id.indexOf(choices.open.slice(2));
  if (index < 0) return;
  if (!list.matches.includes(index)) {
    for (const key of ['q', 'v', 's', 'k', 'r', 't']) choices[key] = '';
    showList();
  }
  for (const group of list.results.querySelectorAll('.group')) {
    group.open = true;
    group.begin();
    for (let more = group.querySelector('.next'); more && !document.getElementById(choices.open); more = group.querySelector('.next')) more.click();
    const item = document.getElementById(choices.open);
    if (!item) continue;
    await toggle(item, index, false);
    item.scrollIntoView({ block: 'start' });
    item.querySelector('button').focus();
    return;
  }
}
