// The plots. A run has one colour and one kind of line in all of them, a way for a call to end one colour and pattern.

const LINES = [{ colour: "run-1", dash: [] }, { colour: "run-2", dash: [8, 4] }];

/** From the bottom of a bar to its top. */
const ENDINGS = [
  { name: "answered", text: "answered", colour: "answered", pattern: "plain" },
  { name: "conflicts", text: "conflict: the address was taken", colour: "conflict", pattern: "dots" },
  { name: "failed", text: "failed otherwise", colour: "failed-call", pattern: "grid" },
  { name: "throttled", text: "throttled", colour: "throttled", pattern: "stripes" },
];

/** Launches, calls and tokens come in whole numbers, so an axis is never marked in parts of one. */
const WHOLE = [1, 10, 100, 1000, 10000, 100000].flatMap((unit) => [unit, 2 * unit, 5 * unit]);

let charts = [];

/** Draws them all anew: the colours of a canvas do not follow the theme by themselves. */
function drawCharts() {
  charts.forEach((chart) => chart.destroy());
  charts = [];
  byId("launched").replaceChildren();
  byId("apis").replaceChildren();
  drawEndings();
  drawLaunched(byId("launched"));
  for (const api of new Set(data.runs.flatMap((run) => run.apis.map((each) => each.name)))) {
    drawApi(api);
  }
}

function marks(interval) {
  return Array.from({ length: Math.floor(data.endMillis / interval) + 2 }, (none, mark) => (mark * interval) / 1000);
}

function drawLaunched(parent) {
  const times = marks(data.tokenMillis);
  const limits = uniqueLimits().map((limit) => ({
    label: "limit" + (limit.rate
      ? ": min(" + number(limit.most) + ", " + number(limit.rate.tokens) + " + " + number(limit.rate.perSecond) + " t)"
      : ": " + number(limit.most)),
    colour: "limit",
    dash: [2, 3],
    values: times.map((t) => Math.min(limit.most, limit.rate ? Math.floor(limit.rate.tokens + limit.rate.perSecond * t) : limit.most)),
  }));
  const runs = data.runs.map((run, index) => ({ label: run.name, ...LINES[index], values: countUntil(run.continued, times) }));
  drawLines(parent, "Launched over time", times, [...limits, ...runs], { height: besideTheFigures(), stepped: true });
}

/** As high as the figures where both stand side by side, so that nothing is left blank, but no higher than a screen. */
function besideTheFigures() {
  const wide = matchMedia("(min-width: 1001px)").matches;
  return wide ? Math.min(720, Math.max(380, byId("figures").offsetHeight - 70)) : 320;
}

/** Runs compared on equal terms have one limit between them. */
function uniqueLimits() {
  return [...new Map(data.runs.map((run) => [JSON.stringify(run.limit), run.limit])).values()];
}

function countUntil(instants, times) {
  let reached = 0;
  return times.map((t) => {
    while (reached < instants.length && instants[reached] <= t * 1000) {
      reached++;
    }
    return reached;
  });
}

function drawApi(api) {
  const figures = element("div", { class: "plots" });
  byId("apis").append(element("h3", {}, api), figures);
  const runs = data.runs.map((run, index) => ({ run, index, calls: run.apis.find((each) => each.name === api) }))
    .filter((each) => each.calls);
  const limited = runs.filter((each) => each.calls.tokensLeft);
  if (limited.length > 0) {
    const times = marks(data.tokenMillis);
    const rate = limited[0].calls.rate;
    const cell = element("figure", {}, element("figcaption", {},
      "Tokens left (" + number(rate.tokens) + ", then " + number(rate.perSecond) + " a second)"));
    figures.append(cell);
    drawLines(cell, api + ", tokens left", times, limited.map(({ run, index, calls }) => (
      { label: run.name, ...LINES[index], values: calls.tokensLeft })), { height: 170, top: rate.tokens });
  }
  const highest = Math.max(...runs.flatMap(({ calls }) => stacked(calls)[ENDINGS.length - 1]), 1);
  for (const { run, calls } of runs) {
    const cell = element("figure", {}, element("figcaption", {},
      (data.runs.length > 1 ? run.name + ": calls" : "Calls") + " in each " + number(data.callMillis / 1000) + " s"));
    figures.append(cell);
    drawBars(cell, run.name + ", " + api + ", calls", calls, highest);
  }
}

function drawLines(parent, title, times, lines, { height, stepped = false, top = null }) {
  const legend = lines.length > 1 || stepped
    ? element("ul", { class: "legend" }, ...lines.map((line) => element("li", {}, lineSwatch(line), line.label)))
    : null;
  if (legend) {
    parent.append(legend);
  }
  const series = lines.map((line) => ({
    label: line.label,
    stroke: colour(line.colour),
    width: 2,
    dash: line.dash,
    points: { show: false },
    paths: stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
  }));
  const read = (index) => lines.map((line) => line.label.split(":")[0] + " " + number(line.values[index])).join(", ");
  const highest = top ?? Math.max(...lines.flatMap((line) => line.values), 1);
  draw(parent, title, [times, ...lines.map((line) => line.values)], series, { height, highest, read });
}

function drawBars(parent, title, calls, highest) {
  const times = marks(data.callMillis).slice(0, calls.answered.length);
  const sums = stacked(calls);
  // the whole bar first, in the pattern of its top part; each lower part is drawn over it
  const parts = ENDINGS.map((ending, index) => ({ ending, values: sums[index] })).reverse();
  const series = parts.map(({ ending }) => ({
    label: ending.text,
    fill: (plot) => pattern(plot.ctx, ending),
    width: 0,
    points: { show: false },
    paths: uPlot.paths.bars({ size: [0.9, 40], align: 1 }),
  }));
  const read = (index) => ENDINGS.map((ending) => number(calls[ending.name][index]) + " " + ending.text.split(":")[0]).join(", ");
  draw(parent, title, [times, ...parts.map((part) => part.values)], series, { height: 170, highest, read });
}

function stacked(calls) {
  const sums = [];
  let below = calls.answered.map(() => 0);
  for (const { name } of ENDINGS) {
    below = below.map((sum, index) => sum + calls[name][index]);
    sums.push(below);
  }
  return sums;
}

function draw(parent, title, values, series, { height, highest, read }) {
  const holder = element("div", { class: "plot", tabindex: "0", role: "img", "aria-label": title + ". Left and right arrow keys read its values." });
  const readout = element("p", { class: "readout", "aria-live": "polite" }, "\u00a0");
  parent.append(holder, readout);
  const axis = { stroke: colour("muted"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 }, font: "12px system-ui, sans-serif" };
  const chart = new uPlot({
    width: holder.clientWidth || 600,
    height,
    legend: { show: false },
    cursor: { sync: { key: "time" }, y: false, points: { size: 7 } },
    scales: { x: { time: false, range: (plot, from, to) => [from, Math.max(to, from + 0.001)] }, y: { range: [0, highest * 1.05] } },
    axes: [
      { ...axis, size: 32, space: 70, values: (plot, splits) => splits.map((t) => number(t) + " s") },
      { ...axis, size: 54, incrs: WHOLE, values: (plot, splits) => splits.map(number) },
    ],
    series: [{}, ...series],
    hooks: {
      setCursor: [(plot) => {
        const index = plot.cursor.idx;
        readout.textContent = index === null || index === undefined ? "\u00a0" : number(values[0][index]) + " s: " + read(index);
      }],
    },
  }, values, holder);
  holder.addEventListener("keydown", (event) => readByKey(event, chart, values[0]));
  const observer = new ResizeObserver(() => chart.setSize({ width: holder.clientWidth, height }));
  observer.observe(holder);
  charts.push({ destroy: () => { observer.disconnect(); chart.destroy(); } });
}

function readByKey(event, chart, times) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -times.length, End: times.length };
  if (event.key in steps) {
    event.preventDefault();
    const index = Math.min(Math.max((chart.cursor.idx ?? -1) + steps[event.key], 0), times.length - 1);
    chart.setCursor({ left: chart.valToPos(times[index], "x"), top: 1 });
  }
}

function drawEndings() {
  byId("endings").replaceChildren(...ENDINGS.map((ending) => {
    const canvas = element("canvas", { width: 28, height: 16, "aria-hidden": "true" });
    const context = canvas.getContext("2d");
    context.fillStyle = pattern(context, ending);
    context.fillRect(0, 0, 28, 16);
    return element("li", {}, canvas, ending.text);
  }));
}

function lineSwatch(line) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 34 10");
  svg.setAttribute("aria-hidden", "true");
  const stroke = document.createElementNS("http://www.w3.org/2000/svg", "path");
  stroke.setAttribute("d", "M0 5H34");
  stroke.setAttribute("stroke", colour(line.colour));
  stroke.setAttribute("stroke-width", "2.5");
  stroke.setAttribute("stroke-dasharray", line.dash.join(" "));
  svg.append(stroke);
  return svg;
}

/** Tells parts of a bar apart without their colour. */
function pattern(context, ending) {
  const ink = colour(ending.colour);
  if (ending.pattern === "plain") {
    return ink;
  }
  const tile = element("canvas", { width: 8, height: 8 });
  const brush = tile.getContext("2d");
  brush.fillStyle = colour("card");
  brush.fillRect(0, 0, 8, 8);
  brush.globalAlpha = 0.45;
  brush.fillStyle = ink;
  brush.fillRect(0, 0, 8, 8);
  brush.globalAlpha = 1;
  brush.strokeStyle = ink;
  brush.lineWidth = 2;
  brush.beginPath();
  if (ending.pattern === "stripes") {
    [[-2, 2, 2, -2], [-2, 10, 10, -2], [6, 10, 10, 6]].forEach(([x, y, toX, toY]) => {
      brush.moveTo(x, y);
      brush.lineTo(toX, toY);
    });
    brush.stroke();
  } else if (ending.pattern === "grid") {
    brush.strokeRect(0, 0, 8, 8);
  } else {
    brush.arc(4, 4, 2, 0, 2 * Math.PI);
    brush.fill();
  }
  return context.createPattern(tile, "repeat");
}
