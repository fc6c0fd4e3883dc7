// The timeline of one execution: its states as bars over virtual time, and what went into and out of each.

const NONE = -1;

/** An execution's visits of states, as objects instead of arrays. */
function visitsOf(run, execution) {
  return execution.visits.map(([state, entered, exited, input, output, assigned, attempts]) => {
    const visit = {
      ...run.states[state], entered, input, output, assigned,
      left: exited !== NONE,
      exited: exited !== NONE ? exited : Math.max(execution.stopped, entered),
      attempts: attempts.map(([scheduled, ended, parameters, result, error, cause, retryDelay]) =>
        ({ scheduled, ended, parameters, result, error, cause, retryDelay })),
    };
    return { ...visit, status: statusOf(visit, execution), retries: Math.max(visit.attempts.length - 1, 0) };
  });
}

function statusOf(visit, execution) {
  const last = visit.attempts[visit.attempts.length - 1];
  if (visit.left) {
    return last && last.error !== NONE ? "CAUGHT" : "SUCCEEDED";
  }
  return visit.type === "Succeed" && execution.status === "SUCCEEDED" ? "SUCCEEDED" : execution.status;
}

function showExecution(run, execution) {
  const visits = visitsOf(run, execution);
  const details = element("div", { id: "state", tabindex: "-1" });
  const rows = [
    { label: "Execution", open: () => showWhole(run, execution, details) },
    ...visits.map((visit) => ({ label: visit.name, open: () => showVisit(run, execution, visit, details) })),
  ];
  byId("execution").replaceChildren(
    ...[heading(execution), facts(run, execution, visits), timelineTable(execution, visits, rows), details,
      graph(run, execution, visits)].filter((each) => each !== null));
  choose(rows, 0, false);
}

function heading(execution) {
  return element("h3", { id: "execution-title" }, execution.instanceId || execution.name, " ", statusBadge(execution.status));
}

function facts(run, execution, visits) {
  const transitions = visits.length + visits.reduce((sum, visit) => sum + visit.retries, 0);
  const pairs = [
    ["State machine", execution.stateMachine],
    ["Execution", execution.name],
    ["Lifecycle action token", execution.token || "none"],
    ["Started", seconds(execution.started) + " after the first event"],
    ["Duration", execution.stopped === NONE ? "still running" : seconds(execution.stopped - execution.started)],
    ["State transitions", number(transitions)],
  ];
  if (execution.error !== NONE) {
    pairs.push(["Error", shortError(pooled(run, execution.error))]);
  }
  return element("dl", { class: "facts" }, ...pairs.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

function timelineTable(execution, visits, rows) {
  const last = visits[visits.length - 1];
  const from = execution.started;
  const to = Math.max(execution.stopped, last ? last.exited : from, from + 1);
  const scale = { from, to, percent: (t) => (100 * (t - from)) / (to - from) };
  const body = element("tbody", {},
    stateRow(rows, 0, "Execution", "", execution.status, from, to, 0, [bar(scale, from, to, "whole", "")]),
    ...visits.map((visit, index) => stateRow(rows, index + 1, visit.name, visit.type, visit.status,
      visit.entered, visit.exited, visit.retries, bars(scale, visit))));
  body.addEventListener("keydown", (event) => moveInTimeline(event, rows));
  return element("div", { class: "scroll" }, element("table", { class: "timeline", "aria-label": "States over virtual time" },
    element("thead", {}, element("tr", {}, ...["State", "Type", "Status", "Duration"].map((title) =>
      element("th", { scope: "col", class: title === "Duration" ? "number" : title === "Type" ? "type" : null }, title)),
      element("th", { scope: "col", class: "track" }, "Since the start", axis(scale)))), body));
}

/** A few round times, drawn where they are. */
function axis({ from, to, percent }) {
  const span = (to - from) / 1000;
  const step = [1, 2, 5, 10].map((part) => part * 10 ** Math.floor(Math.log10(span / 4))).find((part) => span / part <= 5);
  const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (none, index) => index * step);
  return element("div", { class: "axis", "aria-hidden": "true" }, ...ticks.map((t) =>
    element("span", { style: "left:" + percent(from + t * 1000) + "%" }, number(t) + " s")));
}

function stateRow(rows, index, name, type, status, from, to, retries, drawn) {
  const button = element("button", { type: "button", class: "state", tabindex: "-1", "aria-expanded": "false", "aria-controls": "state" }, ...breakable(name));
  const row = element("tr", {},
    element("th", { scope: "row" }, button, retries > 0 ? element("span", { class: "retries" }, "↻ " + count(retries, "retry", "retries")) : null),
    element("td", { class: "type" }, type),
    element("td", {}, statusBadge(status)),
    element("td", { class: "number" }, seconds(to - from)),
    element("td", { class: "track" }, element("div", { class: "bars" }, ...drawn)));
  row.addEventListener("click", () => choose(rows, index, true));
  rows[index].button = button;
  rows[index].row = row;
  return row;
}

function bars(scale, visit) {
  if (visit.attempts.length === 0) {
    return visit.type === "Wait" || visit.exited - visit.entered > 0
      ? [bar(scale, visit.entered, visit.exited, "waiting", visit.type + " for " + seconds(visit.exited - visit.entered))]
      : [element("span", { class: "instant", style: "left:" + scale.percent(visit.entered) + "%", title: visit.type }, "◆")];
  }
  return visit.attempts.flatMap((attempt, index) => {
    const end = attempt.ended === NONE ? visit.exited : attempt.ended;
    const failed = attempt.error !== NONE || attempt.ended === NONE;
    const next = visit.attempts[index + 1];
    const title = "Attempt " + (index + 1) + (failed ? " failed" : " succeeded") + ", " + seconds(end - attempt.scheduled);
    return [
      next ? bar(scale, end, next.scheduled, "delay", "Retried after " + seconds(next.scheduled - end)) : null,
      bar(scale, attempt.scheduled, end, failed ? "attempt failed" : "attempt", title),
      index > 0 ? element("span", { class: "retry", style: "left:" + scale.percent(attempt.scheduled) + "%", title: "Retry " + index }) : null,
    ].filter((each) => each !== null);
  });
}

function bar(scale, from, to, kind, title) {
  return element("span", { class: "bar " + kind, title, style: "left:" + scale.percent(from) + "%;width:" + (scale.percent(to) - scale.percent(from)) + "%" });
}

function choose(rows, index, focus) {
  rows.forEach((row, each) => {
    row.row.classList.toggle("chosen", each === index);
    row.button.setAttribute("aria-expanded", String(each === index));
    row.button.tabIndex = each === index ? 0 : -1;
  });
  rows[index].open();
  if (focus) {
    rows[index].button.focus();
  }
}

function moveInTimeline(event, rows) {
  const at = rows.findIndex((row) => row.button === document.activeElement);
  const steps = { ArrowUp: -1, ArrowDown: 1, Home: -rows.length, End: rows.length };
  if (at >= 0 && event.key in steps) {
    event.preventDefault();
    choose(rows, Math.min(Math.max(at + steps[event.key], 0), rows.length - 1), true);
  }
}

function showWhole(run, execution, parent) {
  parent.replaceChildren(
    element("h4", {}, "Execution"),
    failure(run, execution),
    element("div", { class: "values" }, value(run, "Input", execution.input), value(run, "Output", execution.output)));
}

function showVisit(run, execution, visit, parent) {
  const last = visit.attempts[visit.attempts.length - 1];
  parent.replaceChildren(...[
    element("h4", {}, visit.name + ", entered " + seconds(visit.entered - execution.started) + " after the start"),
    visit.attempts.length > 0 ? attempts(run, execution, visit) : null,
    !visit.left && visit.attempts.length === 0 ? failure(run, execution) : null,
    element("div", { class: "values" },
      value(run, "State input", visit.input), value(run, "State output", visit.output),
      last ? value(run, "Task parameters", last.parameters) : null, last ? value(run, "Task result", last.result) : null,
      visit.assigned !== NONE ? value(run, "Assigned variables", visit.assigned) : null),
  ].filter((each) => each !== null));
}

function failure(run, { error, cause }) {
  return error === NONE ? "" : element("p", { class: "failure" },
    element("strong", {}, "✕ " + pooled(run, error)), cause === NONE ? "" : ": " + readable(pooled(run, cause)));
}

function attempts(run, execution, visit) {
  return element("table", { class: "attempts" },
    element("thead", {}, element("tr", {}, ...["Attempt", "After the start", "Took", "Result", "Next attempt after"].map((title) =>
      element("th", { scope: "col" }, title)))),
    element("tbody", {}, ...visit.attempts.map((attempt, index) => element("tr", {},
      element("td", { class: "number" }, String(index + 1)),
      element("td", { class: "number" }, seconds(attempt.scheduled - execution.started)),
      element("td", { class: "number" }, attempt.ended === NONE ? "" : seconds(attempt.ended - attempt.scheduled)),
      element("td", {}, attemptResult(run, attempt)),
      element("td", { class: "number" }, attempt.retryDelay === NONE ? "" : seconds(attempt.retryDelay))))));
}

function attemptResult(run, attempt) {
  if (attempt.error === NONE) {
    return attempt.ended === NONE ? "Stopped with the execution" : "✓ Succeeded";
  }
  const summary = "✕ " + shortError(pooled(run, attempt.error));
  return attempt.cause === NONE ? summary : element("details", {}, element("summary", {}, summary),
    element("p", {}, pooled(run, attempt.error)), element("pre", {}, readable(pooled(run, attempt.cause))));
}

function value(run, title, entry) {
  return element("section", {}, element("h5", {}, title),
    element("pre", { tabindex: "0", "aria-label": title }, entry === NONE ? "none" : JSON.stringify(pooled(run, entry), null, 2)));
}

/** A Java exception's name without its package. */
function shortError(error) {
  return String(error).replace(/^.*\.(?=[A-Z]\w*Exception$)/, "");
}

/** The cause of a Lambda function's error is a JSON text. */
function readable(cause) {
  try {
    return JSON.stringify(JSON.parse(cause), null, 2);
  } catch (plain) {
    return cause;
  }
}
