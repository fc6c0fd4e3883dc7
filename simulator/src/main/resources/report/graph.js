// The graph of an execution's state machine, laid out by dagre; the states and ways that the execution took are marked.

const NODE = { perLetter: 7.2, padding: 30, line: 15, lineFeed: 14, smallest: 0.7 };

function graph(run, execution, visits) {
  const machine = run.machines.find((each) => each.name === execution.stateMachine);
  if (!machine) {
    return null;
  }
  const entered = new Set(visits.map((visit) => visit.name));
  const taken = new Set(visits.slice(1).map((visit, index) => visits[index].name + "\n" + visit.name));
  const last = visits[visits.length - 1];
  const layout = layOut(machine);
  const svg = svgElement("svg", {
    viewBox: "-8 -8 " + (layout.graph().width + 16) + " " + (layout.graph().height + 16),
    style: "max-width:" + Math.round(layout.graph().width + 16) + "px;min-width:" + Math.round(NODE.smallest * layout.graph().width) + "px",
    role: "img",
    "aria-label": "State machine " + machine.name + "; entered: " + ([...entered].join(", ") || "none"),
  }, arrow("way"), arrow("taken"));
  const drawn = { ways: [], taken: [] };
  for (const edge of layout.edges()) {
    const isTaken = taken.has(edge.v + "\n" + edge.w);
    const points = layout.edge(edge).points.map(({ x, y }) => x.toFixed(1) + " " + y.toFixed(1));
    (isTaken ? drawn.taken : drawn.ways).push(svgElement("path", {
      class: isTaken ? "way taken" : "way", d: "M" + points.join("L"), "marker-end": "url(#arrow-" + (isTaken ? "taken" : "way") + ")" }));
  }
  svg.append(...drawn.ways, ...drawn.taken, ...layout.nodes().map((name) => node(layout.node(name), name, entered.has(name),
    last && last.name === name && execution.status !== "SUCCEEDED")));
  const drawing = element("div", { class: "drawing" }, svg);
  const from = visits.length > 0 ? layout.node(visits[0].name).x / layout.graph().width : 0;
  requestAnimationFrame(() => { drawing.scrollLeft = from * drawing.scrollWidth - drawing.clientWidth / 2; });
  return element("details", { class: "graph", open: true },
    element("summary", {}, "State machine: " + entered.size + " of " + count(machine.states.length, "state", "states") + " entered"), drawing);
}

function layOut(machine) {
  const layout = new dagre.graphlib.Graph().setGraph({ rankdir: "TB", nodesep: 10, ranksep: 26 }).setDefaultEdgeLabel(() => ({}));
  machine.states.forEach((state) => layout.setNode(state.name, {
    type: state.type, width: Math.max(...lines(state.name).map((line) => line.length)) * NODE.perLetter + NODE.padding,
    height: lines(state.name).length * NODE.line + 14 }));
  machine.states.forEach((state) => {
    state.next.forEach((next) => layout.setEdge(state.name, next));
    if (state.inside && state.start) {
      layout.setEdge(state.inside, state.name);
    }
  });
  dagre.layout(layout);
  return layout;
}

/** A long name has two lines, about as long as each other. */
function lines(name) {
  const words = name.split(/(?=[A-Z])/);
  if (name.length <= 12 || words.length < 2) {
    return [name];
  }
  const ways = words.slice(1).map((word, index) => [words.slice(0, index + 1).join(""), words.slice(index + 1).join("")]);
  const longest = (way) => Math.max(...way.map((line) => line.length));
  return ways.reduce((one, other) => (longest(other) < longest(one) ? other : one));
}

function node({ x, y, width, height, type }, name, isEntered, hasFailed) {
  return svgElement("g", { class: "node" + (isEntered ? " entered" : "") + (hasFailed ? " failed" : "") },
    svgElement("title", {}, type + (isEntered ? ", entered" : ", not entered") + (hasFailed ? "; the execution ended here" : "")),
    svgElement("rect", { x: (x - width / 2).toFixed(1), y: (y - height / 2).toFixed(1), width: width.toFixed(1), height, rx: type === "Choice" ? 15 : 4 }),
    svgElement("text", { "data-state": name }, ...lines(name).map((line, index, all) => svgElement("tspan",
      { x: x.toFixed(1), y: (y + 4.5 + (index - (all.length - 1) / 2) * NODE.lineFeed).toFixed(1) },
      (index > 0 ? "" : hasFailed ? "✕ " : isEntered ? "✓ " : "") + line))));
}

function arrow(kind) {
  return svgElement("marker", { id: "arrow-" + kind, class: "arrow " + kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
    svgElement("path", { d: "M0 0L8 4L0 8z" }));
}

function svgElement(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}
