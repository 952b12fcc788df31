// Everything that is known about one finding.

/** Stays on one line, as long as it may fit on one. */
const unbroken = (text) => (text.length <= 24 ? make('span', { class: 'nobr' }, text) : text);

function sourceOf(id) {
  const source = page.head.sources.find((known) => known.id === id);
  if (!source) return id;
  const parts = [named(facts.classes, source.class), source.date && unbroken(source.date), source.ref].filter((part) => part);
  return [id, ' (', parts.flatMap((part, i) => (i === 0 ? [part] : [', ', part])), ')'].flat();
}

/** Of several that say the same. */
const sourcesOf = (ids) => ids.split(', ').map((id, i) => [i === 0 ? '' : '; ', sourceOf(id)].flat()).flat();

/** A path may be broken, its last name and the line should not. */
function placeOf({ file, line }) {
  if (!file) return '';
  const name = file.lastIndexOf('/') + 1;
  return [file.slice(0, name), unbroken(`${file.slice(name)}:${line}`)];
}

function readingsTable(title, readings) {
  const head = ['html-fact', 'html-value', 'html-source', 'html-place'];
  return make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title },
    make('table', {}, make('caption', {}, title),
      make('thead', {}, make('tr', {}, head.map((key) => make('th', { scope: 'col' }, say(key))))),
      make('tbody', {}, readings.map((reading) => make('tr', {},
        make('th', { scope: 'row' }, named(facts.paths, reading.path) === reading.path ? '' : [make('b', {}, named(facts.paths, reading.path)), make('br')],
          make('code', {}, data(reading.fact))),
        make('td', {}, data(toldOf(reading.value))),
        make('td', {}, data(sourcesOf(reading.source))),
        make('td', {}, make('code', {}, data(placeOf(reading)))))))));
}

function conditionItem(condition) {
  const item = make('li', {});
  if (condition.element) {
    item.append(make('div', { class: 'element' }, fill(condition.possible ? 'for-possible' : 'for-element', { x: toldOf(condition.element) })));
  }
  const code = condition.name ? `${condition.name} = ${condition.text}` : condition.text;
  item.append(make('div', {}, make('span', { class: `outcome ${lookOf(condition.outcome)}` }, data(toldOf(condition.outcome))), make('code', { class: 'code' }, data(code))));
  if (condition.readings.length > 0) {
    item.append(make('ul', { class: 'reads' }, condition.readings.map((reading) => make('li', {},
      make('code', {}, data(reading.fact)), ' = ', make('b', {}, data(toldOf(reading.value))), ' ',
      make('span', { class: 'origin' }, data([reading.source, reading.source && reading.file ? ', ' : '', placeOf(reading)].flat()))))));
  }
  if (condition.more_readings) item.append(make('div', { class: 'element' }, count('and-more', condition.more_readings)));
  const below = [...condition.parts, ...condition.variables];
  if (below.length > 0) item.append(make('ul', {}, below.map(conditionItem)));
  if (condition.more_parts) item.append(make('div', { class: 'element' }, count('and-more', condition.more_parts)));
  return item;
}

function basisList(rule) {
  const standards = new Map();
  for (const { provision, relation } of rule.basis) {
    const known = facts.provisions[provision];
    if (!standards.has(known.standard)) standards.set(known.standard, []);
    const text = `${known.reference}${known.reference ? ': ' : ''}${inLanguage(known.title)}`;
    standards.get(known.standard).push(make('dd', {}, text, ' ', make('span', { class: 'relation' }, say(`relation-${relation}`) || relation)));
  }
  return make('dl', { class: 'basis' }, [...standards].map(([standard, entries]) => [make('dt', {}, standard), ...entries]).flat());
}

/** The reply and what speaks against it stand in the same size as the finding. */
function counterEvidence(finding) {
  const against = make('div', { class: 'against' });
  if (finding.against.length > 0) {
    against.append(make('p', {}, make('b', {}, say('against'))), make('ul', { class: 'reads' }, finding.against.map((reading) => make('li', {},
      make('code', {}, data(reading.fact)), ' = ', make('b', {}, data(toldOf(reading.value))), ' ',
      make('span', { class: 'origin' }, data(sourcesOf(reading.source)))))));
  }
  against.append(make('p', {}, say(finding.against.length > 0 || finding.sides ? 'html-counter-no-reply' : 'html-counter-none')));
  const change = finding.explanation ? finding.explanation.would_change : [];
  if (change.length > 0) {
    against.append(make('p', {}, make('b', {}, isThat(say('would-change'), '').trim())), make('ul', { class: 'reads' }, change.map((reading) => make('li', {},
      make('code', {}, data(reading.fact)), ' = ', make('b', {}, data(toldOf(reading.value))), ' ',
      make('span', { class: 'origin' }, data(sourceOf(reading.source)))))));
  }
  return against;
}

/** Those who disagree, in the same size. */
function sidesOf(sides) {
  if (sides.length === 0) return make('p', {}, say('sides-not-tried'));
  return make('div', { class: 'pair' }, sides.map((side) => make('div', { class: 'against' },
    make('p', {}, make('b', {}, fill('side', { x: verdictLabel(side.verdict) }))),
    make('ul', { class: 'reads' }, side.says.map((reading) => make('li', {},
      make('code', {}, data(reading.fact)), ' = ', make('b', {}, data(toldOf(reading.value))), ' ',
      make('span', { class: 'origin' }, data(sourcesOf(reading.source)))))))));
}

/** `whole`: below a row of the list, with the remedy; a card shows it already. */
function detailOf(finding, whole) {
  const heading = (key) => make('h4', {}, say(key));
  const rule = page.head.rules.find((known) => known.rule === finding.rule);
  const detail = make('div', { class: `detail s-${finding.severity.high}` });
  if (finding.error) detail.append(make('p', { class: 'nothing' }, make('b', {}, say('html-broken')), ' ', data(finding.error)));
  if (whole && rule.remedy) {
    const days = rule.remedy.days === null ? '' : make('span', { class: 'tag' }, count('days', rule.remedy.days));
    detail.append(make('p', { class: 'remedy' }, make('b', {}, say('remedy')), ' ', spokenIn(rule.remedy.text), ' ', days));
  }
  const rows = finding.match ? finding.match.rows : [];
  if (rows.length > 0) {
    const arrows = (path) => path.nodes.map(({ id }, i) => (i === 0 ? '' : path.edges[i - 1].to === id ? ' → ' : ' ← ') + id).join('');
    const chains = make('ul', {}, rows.map((row) => make('li', {}, data(row.paths.map(arrows).join(', ')))));
    if (finding.match.more > 0) chains.append(make('li', {}, count('and-more', finding.match.more)));
    detail.append(heading('html-path'), chains);
  }
  const drawn = diagram(finding);
  if (drawn) detail.append(heading('html-diagram'), drawn);
  if (finding.sides) detail.append(heading('sides'), sidesOf(finding.sides));
  if (finding.witness.length > 0) detail.append(readingsTable(say('rests-on'), finding.witness));
  if (finding.too_weak && finding.too_weak.length > 0) detail.append(readingsTable(say('too-weak'), finding.too_weak));
  detail.append(make('div', { class: 'pair' },
    make('div', {}, heading('html-counter'), counterEvidence(finding)),
    rule.basis.length > 0 ? make('div', {}, heading('basis'), basisList(rule)) : undefined));
  const { explanation } = finding;
  if (explanation) {
    const tree = make('ul', { class: 'tree' });
    for (const where of explanation.where || []) tree.append(conditionItem(where));
    if (explanation.condition) tree.append(conditionItem(explanation.condition));
    if (explanation.when) tree.append(make('li', {}, make('span', { class: 'element' }, say('when')), make('ul', {}, conditionItem(explanation.when))));
    // On paper the table above says what was read; this is for following the rule step by step.
    detail.append(make('div', { class: 'screen' }, heading('html-tree'), tree));
  } else {
    detail.append(make('p', { class: 'note' }, say('html-unexplained-one')));
  }
  detail.append(make('p', { class: 'meta' }, make('a', { href: `#rule-${rule.rule}-${page.language}`, onclick: follow }, say('html-rule')), ' ',
    make('code', {}, data(`${rule.rule} ${rule.version}`)), ' · ', say('html-rule-file'), ' ', make('code', {}, data(rule.file)),
    ' · ', say('html-subject'), ' ', make('code', {}, data(placeOf(finding.subject))), ' · ', make('code', {}, finding.id)));
  return detail;
}
