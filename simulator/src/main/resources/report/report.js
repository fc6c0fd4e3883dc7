"use strict";
// The page's data, small helpers for the other scripts, and what needs no script of its own.

const data = JSON.parse(document.getElementById("data").textContent);

const STATUS = {
  SUCCEEDED: { mark: "✓", text: "Succeeded" },
  FAILED: { mark: "✕", text: "Failed" },
  TIMED_OUT: { mark: "⧖", text: "Timed out" },
  RUNNING: { mark: "…", text: "Running" },
  CAUGHT: { mark: "↷", text: "Caught error" },
};

function byId(id) {
  return document.getElementById(id);
}

/** An element; children are elements or text, never HTML. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function number(value) {
  return typeof value === "number" ? value.toLocaleString("en", { maximumFractionDigits: 3 }) : String(value);
}

function count(amount, one, many) {
  return number(amount) + " " + (amount === 1 ? one : many);
}

function seconds(millis) {
  return (millis / 1000).toFixed(3) + " s";
}

function statusBadge(status) {
  return element("span", { class: "status " + status.toLowerCase() },
    element("span", { class: "mark", "aria-hidden": "true" }, STATUS[status].mark), " " + STATUS[status].text);
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** The value behind a number of a run's pool: objects, arrays and long texts inside it are references, [number]. */
function pooled(run, entry) {
  const resolve = (inside) => (Array.isArray(inside) ? pooled(run, inside[0]) : inside);
  const value = run.values[entry];
  if (Array.isArray(value)) {
    return value.map(resolve);
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
  }
  return value;
}

function showAbout() {
  const run = data.runs[0];
  const names = data.runs.map((each) => each.name).join(" and ");
  byId("about").textContent = names + ": " + count(run.launches, "launch", "launches") + " on a pool of "
    + count(run.pool, "address", "addresses") + ", seed " + run.seed + ", in virtual time";
  document.title = "Launch simulation: " + names + ", " + number(run.launches) + " on " + number(run.pool);
  const broken = data.runs.flatMap((each) => each.result.violations.map((violation) => each.name + ": " + violation));
  byId("violations").hidden = broken.length === 0;
  byId("violations").textContent = "Broken invariants: " + broken.slice(0, 20).join("; ")
    + (broken.length > 20 ? "; and " + (broken.length - 20) + " more" : "");
}

/** A result's figures by name; those of an object have its name before theirs. */
function figures(result, before = "") {
  return Object.entries(result).flatMap(([name, value]) => {
    if (Array.isArray(value)) {
      return [[before + name, value.length]];
    }
    return value !== null && typeof value === "object" ? figures(value, before + name + ".") : [[before + name, value]];
  });
}

function showFigures() {
  const columns = data.runs.map((run) => new Map(figures(run.result)));
  const order = Object.keys(data.runs[0].result);
  const place = (name) => order.indexOf(name.split(".")[0]);
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((one, other) => place(one) - place(other));
  byId("figures").append(
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Name"),
      ...data.runs.map((run) => element("th", { scope: "col", class: "number" }, run.name)))),
    element("tbody", {}, ...names.map((name) => element("tr", {}, element("th", { scope: "row" }, ...breakable(words(name))),
      ...columns.map((column) => figureCell(name, column.get(name)))))));
}

/** A long name breaks after its dots and before its capitals, before it breaks anywhere else. */
function breakable(name) {
  return name.split(/(?<=\.)|(?<=[a-z])(?=[A-Z])/).flatMap((part) => [element("wbr"), part]);
}

/** The figures of a result in words; names of errors and APIs remain names. */
const WORDS = {
  launches: "Launches", continued: "Continued", abandoned: "Abandoned", lost: "Lost: the heartbeat ended",
  failedByError: "Failed executions", apiCalls: "API calls", conflicts: "Conflicts: the address was taken",
  throttled: "Throttled calls", transitions: "State transitions", secondsToLastContinue: "Seconds to the last CONTINUE",
  virtualSeconds: "Seconds to the end of the last execution",
  violations: "Broken invariants", strategy: "Strategy", abandonedByCause: "Abandoned, laid at the door of",
  lostByCause: "Lost, laid at the door of", abandonedByError: "Abandoned, by error", lambdaInvocations: "Lambda invocations",
  lambdaMillis: "Billed Lambda milliseconds", memoryMegabytes: "Memory of the functions in MB", gbSeconds: "Billed GB-seconds",
  dollars: "Dollars, without the free tier", throttledCalls: "Throttled", secondsToContinue: "Seconds to CONTINUE",
  median: "median", p99: "99th percentile",
};

function words(name) {
  const [first, ...rest] = name.split(/\.(.*)/s).filter((part) => part !== "");
  const member = rest.join(".");
  return (WORDS[first] ?? first) + (member === "" ? "" : ": " + (WORDS[member] ?? shortError(member)));
}

/** An amount of money is small, and never nothing because of that. */
function money(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function figureCell(name, value) {
  const missing = value === null || value === undefined;
  const text = () => (name === "dollars" || name === "gbSeconds" ? money(value) : number(value));
  return element("td", { class: "number", "data-figure": name, "data-value": missing ? "" : value }, missing ? "none" : text());
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Follows the system until the button is pressed; a page opened from a file may not be able to remember that. */
function followTheme(redraw) {
  const show = () => {
    byId("theme").setAttribute("aria-pressed", String(isDark()));
    byId("theme").textContent = isDark() ? "Light colours" : "Dark colours";
    redraw();
  };
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "dark" || kept === "light") {
      document.documentElement.dataset.theme = kept;
    }
  } catch (refused) { /* then it follows the system */ }
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", document.documentElement.dataset.theme);
    } catch (refused) { /* then it is not remembered */ }
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}

function start() {
  showAbout();
  showFigures();
  followTheme(drawCharts);
  startExecutions();
}
