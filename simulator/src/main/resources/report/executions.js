// The list of executions. Only the rows in view are elements, so that thousands of executions scroll well.

const ROW = 48;
const SPARE_ROWS = 6;
const PAGE = 8;

const list = { all: [], shown: [], active: 0, chosen: null };

function startExecutions() {
  list.all = data.runs.flatMap((run) => run.executions.map((execution) => ({
    run,
    execution,
    text: [execution.instanceId, execution.token, execution.name, execution.error === NONE ? "" : run.values[execution.error]].join(" ").toLowerCase(),
  })));
  fillFilter();
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("filter").addEventListener("input", () => applyFilter());
  byId("search").addEventListener("keydown", searchKey);
  byId("list").addEventListener("keydown", listKey);
  byId("list").addEventListener("scroll", drawRows);
  new ResizeObserver(drawRows).observe(byId("list"));
  const wanted = decodeURIComponent(location.hash.slice(1));
  applyFilter();
  const linked = list.shown.findIndex((each) => wanted !== "" && (each.execution.instanceId === wanted || each.execution.name === wanted));
  if (list.shown.length > 0) {
    moveTo(Math.max(linked, 0));
    chooseExecution(list.shown[list.active]);
  } else {
    byId("execution").replaceChildren(element("p", { class: "muted" }, "No execution was recorded."));
  }
}

function fillFilter() {
  const options = (id, all, values, text = (each) => each) => byId(id).append(
    ...(all ? [element("option", { value: "" }, all)] : []),
    ...values.map((each) => element("option", { value: each }, text(each))));
  const visits = new Map();
  list.all.forEach(({ execution }) =>
    visits.set(execution.stateMachine, (visits.get(execution.stateMachine) ?? 0) + execution.visits.length));
  const withExecutions = data.runs.filter((run) => run.executions.length > 0);
  options("run", "All", withExecutions.map((run) => run.name));
  options("machine", "All", [...visits.keys()]);
  options("status", "All", [...new Set(list.all.map(({ execution }) => execution.status))], (each) => STATUS[each].text);
  byId("run-label").hidden = withExecutions.length < 2;
  // the state machine that does the work, rather than the one that starts it
  byId("machine").value = [...visits].sort((one, other) => other[1] - one[1]).map(([name]) => name)[0] ?? "";
}

function applyFilter() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const { value: machine } = byId("machine");
  const { value: status } = byId("status");
  const { value: run } = byId("run");
  list.shown = list.all.filter((each) => (run === "" || each.run.name === run)
    && (machine === "" || each.execution.stateMachine === machine)
    && (status === "" || each.execution.status === status)
    && words.every((word) => each.text.includes(word)));
  const leftOut = data.runs.reduce((sum, each) => sum + each.executionsLeftOut, 0);
  byId("count").textContent = number(list.shown.length) + " of " + count(list.all.length, "execution", "executions")
    + (leftOut > 0 ? "; the page does not carry " + number(leftOut) + " later ones" : "");
  moveTo(Math.max(list.shown.indexOf(list.chosen), 0));
}

function searchKey(event) {
  if (event.key === "ArrowDown") {
    event.preventDefault();
    byId("list").focus();
  } else if (event.key === "Enter" && list.shown.length > 0) {
    chooseExecution(list.shown[list.active]);
  }
}

function listKey(event) {
  const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE, PageDown: PAGE, Home: -list.shown.length, End: list.shown.length };
  if (event.key in steps) {
    event.preventDefault();
    moveTo(list.active + steps[event.key]);
  } else if ((event.key === "Enter" || event.key === " ") && list.shown.length > 0) {
    event.preventDefault();
    chooseExecution(list.shown[list.active]);
  }
}

function moveTo(index) {
  list.active = Math.min(Math.max(index, 0), Math.max(list.shown.length - 1, 0));
  const box = byId("list");
  box.style.height = Math.max(list.shown.length, 1) * ROW + 2 + "px"; // at most what the style sheet allows
  const top = list.active * ROW;
  if (top < box.scrollTop) {
    box.scrollTop = top;
  } else if (top + ROW > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + ROW - box.clientHeight;
  }
  drawRows();
}

function chooseExecution(chosen) {
  list.chosen = chosen;
  list.active = Math.max(list.shown.indexOf(chosen), 0);
  drawRows();
  showExecution(chosen.run, chosen.execution);
  byId("announcement").textContent = "Timeline of " + (chosen.execution.instanceId || chosen.execution.name) + ": "
    + STATUS[chosen.execution.status].text + ", " + count(chosen.execution.visits.length, "state", "states");
  history.replaceState(null, "", "#" + encodeURIComponent(chosen.execution.instanceId || chosen.execution.name));
}

function drawRows() {
  const box = byId("list");
  const first = Math.max(Math.floor(box.scrollTop / ROW) - SPARE_ROWS, 0);
  const last = Math.min(Math.ceil((box.scrollTop + box.clientHeight) / ROW) + SPARE_ROWS, list.shown.length);
  const spacer = element("div", { class: "spacer", style: "height:" + list.shown.length * ROW + "px", role: "presentation" });
  for (let index = first; index < last; index++) {
    spacer.append(row(list.shown[index], index));
  }
  box.replaceChildren(list.shown.length > 0 ? spacer
    : element("p", { class: "nothing" }, list.all.length > 0 ? "No execution matches." : "No execution was recorded."));
  if (list.shown.length > 0) {
    box.setAttribute("aria-activedescendant", "row-" + list.active);
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

function row(each, index) {
  const { execution, run } = each;
  const percent = (t) => (100 * Math.max(t, 0)) / Math.max(data.endMillis, 1);
  const end = execution.stopped === NONE ? data.endMillis : execution.stopped;
  const made = element("div", {
    id: "row-" + index,
    role: "option",
    class: "row" + (index === list.active ? " active" : "") + (each === list.chosen ? " chosen" : ""),
    style: "top:" + index * ROW + "px",
    "aria-selected": String(each === list.chosen),
    "aria-setsize": list.shown.length,
    "aria-posinset": index + 1,
  },
  element("span", { class: "id" }, execution.instanceId || execution.name),
  element("span", { class: "duration" }, seconds(end - execution.started)),
  element("span", { class: "what" }, statusBadge(execution.status),
    byId("machine").value === "" ? " " + execution.stateMachine : "",
    data.runs.length > 1 && byId("run").value === "" ? " " + run.name : "",
    execution.error === NONE ? "" : " " + shortError(run.values[execution.error])),
  element("span", { class: "when", "aria-hidden": "true" },
    element("span", { class: execution.status.toLowerCase(), style: "left:" + percent(execution.started) + "%;width:" + percent(end - execution.started) + "%" })));
  made.addEventListener("click", () => chooseExecution(each));
  return made;
}
