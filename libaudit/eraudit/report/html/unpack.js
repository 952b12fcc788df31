// The report out of its blocks (detail/payload.hpp says the same from the other side).

const facts = JSON.parse(document.getElementById('facts').textContent);

async function block(name) {
  const bytes = Uint8Array.from(atob(document.getElementById(name).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}

const blocks = new Map();
function once(name) {
  if (!blocks.has(name)) blocks.set(name, block(name));
  return blocks.get(name);
}

const findingsPerPart = 250;
const inRows = new Set(['id', 'rule', 'indicator', 'verdict', 'severity', 'message']);
const { languages } = facts; // of messages

/** Values whose words are not the same in all languages, and what they say in that of the page. */
const told = { values: [], numbers: new Map(), texts: [] };

async function learnValues(language) {
  const [values, texts] = await Promise.all([once('values'), once(`told-${language}`)]);
  if (told.values !== values) {
    told.values = values;
    told.numbers = new Map(values.map((value, number) => [value, number]));
  }
  told.texts = texts;
}

/** What a fact said, or a condition came to, in the words that the report was written with. */
const toldOf = (value) => (told.numbers.has(value) ? told.texts[told.numbers.get(value)] : value.value);

/** One packed value. `seen`: the lists and maps of this finding, in the order in which they begin. */
function unpacked(value, words, keys, seen) {
  if (typeof value === 'number') return words[value];
  if (!Array.isArray(value)) return value;
  const [mark] = value;
  if (mark === -3) return value[1];
  if (mark === -2) return seen[value[1]];
  if (mark === -4) return told.values[value[1]];
  const made = mark === -1 ? [] : Object.create(null);
  if (value.length > 1) seen.push(made);
  for (let i = 1; i < value.length; i += 1) {
    made[mark === -1 ? i - 1 : keys[mark][i - 1]] = unpacked(value[i], words, keys, seen);
  }
  return made;
}

/** Finding `index` as it stands in the report, members in its order. */
async function findingAt(index) {
  const [rows, { words, keys }, part] = await Promise.all([
    once('rows'), once('words'), once(`part-${Math.floor(index / findingsPerPart)}`)]);
  const texts = await Promise.all(languages.map((language) => once(`text-${language}`)));
  const packed = part[index % findingsPerPart];
  const finding = Object.create(null);
  const seen = [];
  let next = 0;
  for (const key of keys[rows.keys[index]]) {
    if (key === 'id') finding.id = `f_${rows.id[index]}`;
    else if (key === 'rule') finding.rule = rows.rules[rows.rule[index]];
    else if (key === 'indicator') finding.indicator = rows.indicators[rows.indicator[index]];
    else if (key === 'verdict') finding.verdict = rows.verdict[index];
    else if (key === 'severity') finding.severity = { low: rows.low[index], high: rows.high[index] };
    else if (key === 'message') {
      finding.message = {};
      languages.forEach((language, i) => {
        if (texts[i][index] !== null) finding.message[language] = texts[i][index];
      });
    } else if (key === 'subject') {
      const value = packed[next];
      next += 1;
      const subject = { kind: rows.kinds[rows.kind[index]], id: rows.subject[index] };
      keys[value[0]].filter((name) => name !== 'kind' && name !== 'id').forEach((name, i) => {
        subject[name] = unpacked(value[i + 1], words, keys, seen);
      });
      finding.subject = subject;
    } else {
      finding[key] = unpacked(packed[next], words, keys, seen);
      next += 1;
    }
  }
  return finding;
}

/** Tags in which to look for a text: the language, what is broader, English, then any. */
function tagsFor(language) {
  const tags = [];
  for (let tag = language; tag; tag = tag.includes('-') ? tag.slice(0, tag.lastIndexOf('-')) : '') tags.push(tag);
  return [...tags, 'en'];
}

/** The messages of all findings as that language has them, and in which language each of them is. */
async function messagesIn(language) {
  const texts = new Array(facts.findings);
  const tags = new Array(facts.findings);
  let left = facts.findings;
  for (const tag of new Set([...tagsFor(language), ...languages])) {
    if (left === 0) break;
    if (!languages.includes(tag)) continue;
    (await once(`text-${tag}`)).forEach((text, i) => {
      if (text === null || texts[i] !== undefined) return;
      texts[i] = text;
      tags[i] = tag;
      left -= 1;
    });
  }
  return { texts, tags };
}

/** report.json, byte for byte. */
async function reportText() {
  const report = { ...await once('head') };
  report.findings = [];
  for (let i = 0; i < facts.findings; i += 1) report.findings.push(await findingAt(i));
  return `${JSON.stringify(report, null, 2)}\n`;
}
