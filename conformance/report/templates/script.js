"use strict";
const form = document.querySelector(".filters");
const causes = [...document.querySelectorAll(".cause")];
const details = [...document.querySelectorAll(".finding > details, .others")];

function chosen() {
  const data = new FormData(form);
  return { levels: data.getAll("level"), known: data.get("known"), operation: data.get("operation") };
}

function filter() {
  const { levels, known, operation } = chosen();
  let shown = 0;
  for (const group of document.querySelectorAll(".group")) {
    let first = true;
    for (const cause of group.querySelectorAll(".cause")) {
      const { level, known: state } = cause.dataset;
      const fits = levels.includes(level) && (!known || known === state) && (!operation || operation === group.dataset.operation);
      cause.hidden = !fits;
      cause.classList.toggle("first", fits && first);
      first = first && !fits;
      shown += fits;
    }
    group.hidden = first;
  }
  form.querySelector("output").textContent = `${shown} of ${causes.length} shown`;
  document.querySelector("#nothing").hidden = shown > 0;
}

function follow() {
  let target = null;
  try {
    target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return;
  }
  if (!target) return;
  if (target.closest("[hidden]")) {
    form.reset();
    filter();
  }
  const others = target.closest(".others");
  if (others) others.open = true;
  const folded = target.matches("details") ? target : target.querySelector(":scope > details");
  if (!folded) return;
  folded.open = true;
  folded.querySelector("summary").focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

async function copy(button) {
  const code = button.parentElement.querySelector("code");
  const label = button.firstChild;
  try {
    await navigator.clipboard.writeText(code.textContent);
    label.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    label.textContent = "Selected";
  }
  setTimeout(() => { label.textContent = "Copy"; }, 2000);
}

function unfold(button) {
  const open = button.textContent === "Open all";
  for (const one of details) one.open = open && !one.closest("[hidden]");
  button.textContent = open ? "Close all" : "Open all";
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("#unfold").addEventListener("click", (event) => unfold(event.currentTarget));
  form.reset();
  filter();
}
for (const button of document.querySelectorAll(".copy")) button.hidden = false;
document.addEventListener("click", (event) => {
  const button = event.target.closest(".copy");
  if (button) copy(button);
  if (event.target.closest(`a[href="${CSS.escape(location.hash)}"]`)) follow();
});
addEventListener("hashchange", follow);
addEventListener("load", () => requestAnimationFrame(follow));
