// Begins, and follows what the reader does with the page as a whole.

/** A link within the page: the address keeps what is looked at. */
function follow(event) {
  const link = event.currentTarget;
  const target = document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)));
  if (!target) return;
  event.preventDefault();
  if (link.dataset.show) {
    for (const key of Object.keys(choices)) choices[key] = key === 'g' ? 'urgency' : '';
    for (const [key, value] of new URLSearchParams(link.dataset.show)) choices[key] = value;
    remembered(true);
    showList();
  }
  target.scrollIntoView();
  for (const pointed of document.querySelectorAll('.pointed')) pointed.classList.remove('pointed');
  target.classList.add('pointed');
  const focused = target.querySelector('h2') || target;
  if (!focused.hasAttribute('tabindex')) focused.setAttribute('tabindex', '-1');
  focused.focus({ preventScroll: true });
}

/** What lies behind "why", when it is opened. */
async function fillCard(card) {
  const why = card.querySelector('.why');
  if (card.dataset.filled) return;
  card.dataset.filled = 'yes';
  const index = list.rows.id.indexOf(card.dataset.finding.slice(2));
  if (index < 0) return;
  why.replaceChildren(why.querySelector('summary'), detailOf(await findingAt(index), false));
}

async function useLanguage(language) {
  page.language = language;
  document.documentElement.lang = facts.spoken[language];
  document.title = `${say('html-title')}, ${page.head.run.as_of}`;
  document.getElementById(`language-${language}`).checked = true;
  const [messages] = await Promise.all([messagesIn(language), learnValues(facts.spoken[language])]);
  Object.assign(list, messages);
  list.plain = new Array(facts.findings);
  list.root = document.querySelector(`[data-explorer=${language}]`);
  for (const other of document.querySelectorAll('[data-explorer]')) other.replaceChildren();
  showList();
  fillCards();
}

function readAddress() {
  const wanted = view.read();
  for (const key of Object.keys(choices)) choices[key] = wanted.get(key) || (key === 'g' ? 'urgency' : '');
  const language = wanted.get('lang');
  return hasOwn(facts.spoken, language) ? language : undefined;
}

const shownCards = () => [...document.querySelectorAll(`#edition-${page.language} .card`)];

/** Paper has no buttons: the gravest are printed with all that is known about them, and every table of where it comes from. */
let openedForPrint = [];
function openForPrint() {
  const all = document.querySelectorAll(`#edition-${page.language} .why, #origin-${page.language} details`);
  openedForPrint = [...all].filter((part) => !part.open);
  for (const part of openedForPrint) part.open = true;
}
function closeAfterPrint() {
  for (const part of openedForPrint) part.open = false;
  openedForPrint = [];
}

/** When there is nothing else to do, so that they are there when they are wanted, and for paper. */
function fillCards() {
  setTimeout(async () => {
    for (const card of shownCards()) await fillCard(card);
    document.documentElement.classList.add('filled');
  }, 0);
}

async function begin() {
  if (typeof DecompressionStream === 'undefined') throw new Error('DecompressionStream');
  const [head, rows] = await Promise.all([once('head'), once('rows')]);
  page.head = head;
  list.rows = rows;
  const rules = new Map(head.rules.map((rule) => [rule.rule, rule]));
  list.rules = rows.rules.map((id) => rules.get(id));
  await useLanguage(readAddress() || facts.language);
  document.documentElement.classList.add('scripted');
  performance.mark('usable');
  for (const plain of document.querySelectorAll('.plain')) plain.remove();
  await showOpen();
  for (const radio of document.querySelectorAll('.languages input')) {
    radio.addEventListener('change', async () => {
      choices.open = '';
      await useLanguage(radio.value);
      remembered(true);
    });
  }
  for (const link of document.querySelectorAll('main a[href^="#"]')) link.addEventListener('click', follow);
  for (const card of document.querySelectorAll('.card')) {
    card.querySelector('.why').addEventListener('toggle', () => fillCard(card));
  }
  const again = async () => {
    await useLanguage(readAddress() || facts.language);
    await showOpen();
  };
  window.addEventListener('popstate', again);
  window.addEventListener('beforeprint', openForPrint);
  window.addEventListener('afterprint', closeAfterPrint);
}

begin().catch((error) => {
  // What stands there without scripts stays.
  document.documentElement.classList.remove('scripted');
  for (const place of document.querySelectorAll('[data-explorer]')) {
    place.replaceChildren(make('p', { class: 'nothing' }, facts.texts[place.dataset.explorer]['html-not-readable'], ` (${error.message})`));
  }
});
