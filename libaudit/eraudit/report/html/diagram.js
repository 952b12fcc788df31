// What a finding rests on, as a drawing: who is named in the facts that were read, and the links between them.

/** `charged(himal, np-24, service-fee).amount` of path `charged.amount`: kind, both ends, attribute; or nothing. */
function linkOf(reading) {
  const kind = reading.path.slice(0, reading.path.indexOf('.'));
  if (!hasOwn(facts.edges, kind) || !reading.fact.startsWith(`${kind}(`)) return undefined;
  const end = reading.fact.lastIndexOf(').');
  const parts = reading.fact.slice(kind.length + 1, end).split(', ');
  // Ids may hold commas: what cannot be told apart is not drawn.
  if (end < 0 || parts.length !== 2 + facts.edges[kind].key) return undefined;
  return { kind, from: parts[0], to: parts[1], name: reading.fact.slice(0, end + 1) };
}

/** `np-24.base_wage` of path `Cohort.base_wage`: kind and id. */
function nodeOf(reading) {
  const dot = reading.fact.lastIndexOf('.');
  const kind = reading.path.slice(0, reading.path.indexOf('.'));
  if (dot < 0 || !hasOwn(facts.kinds, kind)) return undefined;
  return { kind, id: reading.fact.slice(0, dot) };
}

function* conditionsIn(condition) {
  if (!condition) return;
  yield condition;
  for (const part of condition.parts) yield* conditionsIn(part);
  for (const variable of condition.variables) yield* conditionsIn(variable);
}

/** Nodes by id with their facts, and links. */
function networkOf(finding) {
  const nodes = new Map();
  const links = new Map();
  const only = (kinds) => (kinds.length === 1 ? kinds[0] : undefined);
  const node = (id, kind) => {
    if (!nodes.has(id)) nodes.set(id, { id, kind: kind || '', facts: [] });
    if (kind && !nodes.get(id).kind) nodes.get(id).kind = kind;
    return nodes.get(id);
  };
  node(finding.subject.id, finding.subject.kind);
  // The chain that a pattern found comes first: it is what the finding is about.
  for (const path of finding.match && finding.match.rows.length > 0 ? finding.match.rows[0].paths : []) {
    for (const { id, kind } of path.nodes) node(id, kind);
    for (const { edge, from, to } of path.edges) {
      const name = `${edge} ${from} ${to}`;
      if (!links.has(name)) links.set(name, { kind: edge, from, to, name, facts: [] });
    }
  }
  for (const reading of finding.witness) {
    const link = linkOf(reading);
    if (link) {
      node(link.from, only(facts.edges[link.kind].from));
      node(link.to, only(facts.edges[link.kind].to));
      const walked = `${link.kind} ${link.from} ${link.to}`;
      const name = links.has(walked) && (links.get(walked).of || link.name) === link.name ? walked : link.name;
      if (!links.has(name)) links.set(name, { ...link, facts: [] });
      links.get(name).of = link.name;
      links.get(name).facts.push(reading);
      continue;
    }
    const owner = nodeOf(reading);
    if (owner && !hasOwn(facts.lists, reading.path)) node(owner.id, owner.kind).facts.push(reading);
    else if (owner) node(owner.id, owner.kind);
  }
  // A list of one node, read together with attributes of others of the kind that it leads to.
  const explanation = finding.explanation || {};
  for (const condition of [...conditionsIn(explanation.when), ...conditionsIn(explanation.condition)]) {
    for (const list of condition.readings.filter((reading) => hasOwn(facts.lists, reading.path))) {
      const owner = nodeOf(list);
      const { edge, out, kinds } = facts.lists[list.path];
      if (!owner) continue;
      for (const reading of condition.readings) {
        const other = nodeOf(reading);
        if (!other || hasOwn(facts.lists, reading.path) || !kinds.includes(other.kind) || other.id === owner.id) continue;
        const [from, to] = out ? [owner.id, other.id] : [other.id, owner.id];
        const name = `${edge} ${from} ${to}`;
        const drawn = [...links.values()].some((link) => link.kind === edge && link.from === from && link.to === to);
        if (!drawn) links.set(name, { kind: edge, from, to, name, facts: [], list: true });
      }
    }
  }
  return { nodes, links: [...links.values()].filter((link) => nodes.has(link.from) && nodes.has(link.to)) };
}

const drawing = { width: 216, gap: 306, pill: 236, line: 17, most: 12, factsShown: 4 };

function cut(text, length) {
  const points = [...shown(text)];
  return points.length <= length ? points.join('') : `${points.slice(0, length - 1).join('')}…`;
}

/** Columns by distance from the subject, which stands at the left; rows in the order of appearance. */
function placed(network, subject) {
  const distance = new Map([[subject, 0]]);
  const parent = new Map();
  for (const queue = [subject]; queue.length > 0;) {
    const id = queue.shift();
    for (const link of network.links) {
      if (link.from !== id && link.to !== id) continue;
      const other = link.from === id ? link.to : link.from;
      if (distance.has(other)) continue;
      distance.set(other, distance.get(id) + 1);
      parent.set(other, id);
      queue.push(other);
    }
  }
  const columns = [];
  for (const node of network.nodes.values()) {
    const column = distance.has(node.id) ? distance.get(node.id) : 1;
    (columns[column] = columns[column] || []).push(node);
    node.linked = distance.has(node.id);
    node.column = column;
    node.lines = node.facts.slice(0, drawing.factsShown)
      .map((reading) => isThat(named(facts.paths, reading.path), toldOf(reading.value)));
    if (node.facts.length > drawing.factsShown) node.lines.push(fill('html-more-facts', { n: node.facts.length - drawing.factsShown }));
    node.height = (node.kind ? 42 : 30) + node.lines.length * drawing.line + (node.lines.length ? 6 : 0);
  }
  for (const link of network.links) {
    link.lines = link.facts.slice(0, 3).map((reading) => isThat(named(facts.paths, reading.path), toldOf(reading.value)));
    link.height = 22 + link.lines.length * 15;
  }
  let height = 0;
  columns.forEach((column) => {
    let y = 8;
    for (const node of column) {
      const wires = network.links.filter((link) => link.from === node.id || link.to === node.id)
        .filter((link) => node.column > 0 && Math.min(network.nodes.get(link.from).column, network.nodes.get(link.to).column) < node.column);
      const needed = wires.reduce((sum, link) => sum + link.height + 10, 0);
      const slot = Math.max(node.height, needed);
      node.x = 8 + node.column * (drawing.width + drawing.gap);
      node.y = y + (slot - node.height) / 2;
      let at = y + (slot - needed) / 2 + 5;
      for (const link of wires) {
        link.y = at + link.height / 2;
        at += link.height + 10;
      }
      y += slot + 16;
    }
    height = Math.max(height, y - 8);
  });
  // The subject stands in the middle of what it is linked to.
  if (columns.length > 1 && columns[0].length === 1) {
    columns[0][0].y = Math.max(8, (height - columns[0][0].height) / 2);
  }
  return { width: 16 + columns.length * drawing.width + (columns.length - 1) * drawing.gap, height: height + 8 };
}

function drawNode(node, subject) {
  const group = make('svg:g', {}, make('svg:title', {}, `${named(facts.kinds, node.kind)} ${node.id}`));
  const text = (line, y, look) => make('svg:text', { x: node.x + 12, y: node.y + y, class: look }, line);
  group.append(make('svg:rect', { x: node.x, y: node.y, width: drawing.width, height: node.height, rx: 4, class: node.id === subject ? 'box subject' : 'box' }));
  if (node.kind) group.append(text(cut(named(facts.kinds, node.kind), 34), 17, 'kind'));
  const top = node.kind ? 33 : 20;
  group.append(text(cut(node.id, 25), top, 'id'));
  node.lines.forEach((line, i) => group.append(text(cut(line, 34), top + 20 + i * drawing.line, 'fact')));
  return group;
}

function drawLink(link, nodes) {
  const from = nodes.get(link.from);
  const to = nodes.get(link.to);
  const group = make('svg:g', {}, make('svg:title', {}, link.list ? `${link.from} – ${link.to}` : link.name));
  const [left, right] = from.column <= to.column ? [from, to] : [to, from];
  const start = [left.x + drawing.width, left.y + left.height / 2];
  const end = [left === right || left.column === right.column ? right.x + drawing.width : right.x, right.y + right.height / 2];
  const middle = start[0] + drawing.gap / 2;
  const y = link.y === undefined ? (start[1] + end[1]) / 2 : link.y;
  const { pill } = drawing;
  const half = pill / 2;
  const ways = left === from
    ? [`M${start[0]} ${start[1]}C${start[0] + 26} ${start[1]} ${middle - half - 26} ${y} ${middle - half} ${y}`,
      `M${middle + half} ${y}C${middle + half + 20} ${y} ${end[0] - 26} ${end[1]} ${end[0] - 2} ${end[1]}`]
    : [`M${end[0]} ${end[1]}C${end[0] - 26} ${end[1]} ${middle + half + 20} ${y} ${middle + half} ${y}`,
      `M${middle - half} ${y}C${middle - half - 20} ${y} ${start[0] + 26} ${start[1]} ${start[0] + 2} ${start[1]}`];
  const look = link.list ? 'wire list' : 'wire';
  group.append(make('svg:path', { d: ways[0], class: look }), make('svg:path', { d: ways[1], class: look, 'marker-end': 'url(#arrow)' }));
  group.append(make('svg:rect', { x: middle - half, y: y - link.height / 2, width: pill, height: link.height, rx: 4, class: 'pill' }));
  const text = (line, at, look2) => make('svg:text', { x: middle, y: at, 'text-anchor': 'middle', class: look2 }, line);
  const verb = hasOwn(facts.edges, link.kind) ? inLanguage(facts.edges[link.kind].label) || link.kind : link.kind;
  group.append(text(cut(verb, 28), y - link.height / 2 + 15, 'verb'));
  link.lines.forEach((line, i) => group.append(text(cut(line, 36), y - link.height / 2 + 30 + i * 15, 'fact')));
  return group;
}

/** The drawing, or nothing if there is nothing to be seen in it. */
function diagram(finding) {
  const network = networkOf(finding);
  if (network.links.length === 0) return undefined;
  // Beyond this a drawing hides more than it shows; the table below has everything.
  const kept = [...network.nodes.keys()].slice(0, drawing.most);
  network.nodes = new Map([...network.nodes].filter(([id]) => kept.includes(id)));
  network.links = network.links.filter((link) => network.nodes.has(link.from) && network.nodes.has(link.to));
  if (network.links.length === 0) return undefined;
  const { width, height } = placed(network, finding.subject.id);
  const spoken = network.links.map((link) => `${link.from} – ${hasOwn(facts.edges, link.kind) ? inLanguage(facts.edges[link.kind].label) : link.kind} – ${link.to}`);
  const drawn = make('svg:svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': isThat(say('html-diagram'), spoken.reduce((a, b) => fill('also', { a, b }))) });
  for (const link of network.links) drawn.append(drawLink(link, network.nodes));
  for (const node of network.nodes.values()) drawn.append(drawNode(node, finding.subject.id));
  return make('div', { class: 'diagram', tabindex: '0', role: 'group', 'aria-label': say('html-diagram') }, drawn);
}
