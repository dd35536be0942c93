// Small helps on top of pages that work without any of this: names and pictures of the files chosen, pictures
// pasted from the clipboard, what is typed kept when one looks away, characters left, and the error summary brought
// into view.
"use strict";

function readable(bytes) {
  const language = document.documentElement.lang;
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1 })} MB`;
}

// The server says the same; said here, nobody waits for an upload that will be refused.
function fault(file, all, limits) {
  if (!limits) return "";
  if (file.size > Number(limits.fileMax)) return limits.tooLarge;
  const together = all.reduce((sum, one) => sum + one.size, 0);
  return together > Number(limits.reportMax) ? limits.tooMuch : "";
}

function showPicked(input, list) {
  const around = input.closest("[data-files]");
  const files = Array.from(input.files);
  list.replaceChildren(...files.map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} (${readable(file.size)})`;
    const wrong = fault(file, files, around && around.dataset);
    if (wrong) {
      const said = document.createElement("span");
      said.className = "vaern-wrong";
      said.textContent = ` ${wrong}`;
      item.append(said);
    }
    return item;
  }));
}

function followFiles(list) {
  const input = document.getElementById(list.dataset.picked);
  if (!input) return;
  const hint = document.createElement("p");
  hint.className = "form-hint";
  hint.textContent = list.dataset.paste;
  if (input.multiple) input.before(hint);
  input.addEventListener("change", () => showPicked(input, list));
  document.addEventListener("paste", (event) => {
    const pasted = Array.from(event.clipboardData ? event.clipboardData.files : []);
    if (!pasted.length || !input.multiple) return;
    event.preventDefault();
    // A file input cannot be added to; it can be given a new list that holds the old files too.
    const all = new DataTransfer();
    for (const file of [...input.files, ...pasted]) all.items.add(file);
    input.files = all.files;
    showPicked(input, list);
  });
}

function followCharacters(line) {
  const text = document.getElementById(line.dataset.characters);
  const most = text ? text.maxLength : -1;
  if (most < 0) return;
  // Counted here instead of cut off: a pasted account must not lose its end in silence.
  text.removeAttribute("maxlength");
  const count = () => {
    const left = most - text.value.length;
    line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", Math.abs(left));
    line.classList.toggle("form-error-message", left < 0);
  };
  text.addEventListener("input", count);
  count();
}

// A phone may close the page while one looks for the post. Files are left out: they are kept when the step is sent.
function keepTyped(form) {
  let typed = false;
  form.addEventListener("input", (event) => { typed = typed || event.target.type !== "file"; });
  form.addEventListener("submit", () => { typed = false; });
  document.addEventListener("visibilitychange", async () => {
    if (!typed || document.visibilityState !== "hidden") return;
    typed = false;
    const body = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
    body.set("go", "keep");
    const answer = await fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => null);
    // The first time, this is what begins the draft: from now on the form belongs to it.
    if (answer && answer.status === 204) form.action = answer.headers.get("Location");
    else typed = true;
  });
}

document.querySelectorAll("form[data-keep]").forEach(keepTyped);
// The button is there only where the browser lets a page write to the clipboard; without it, the field can be marked.
function copies(button) {
  const from = document.getElementById(button.dataset.copy);
  if (!from || !navigator.clipboard) return;
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(from.value);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

document.querySelectorAll("[data-copy]").forEach(copies);
document.querySelectorAll("[data-picked]").forEach(followFiles);
document.querySelectorAll("[data-characters]").forEach(followCharacters);
const first = document.querySelector("[data-focus]");
if (first) first.focus();
