// Small helps on top of pages that work without any of this: names and pictures of the files chosen, pictures
// pasted from the clipboard, characters left, and the error summary brought into view.
"use strict";

function showPicked(input, list) {
  list.replaceChildren(...Array.from(input.files, (file) => {
    const item = document.createElement("li");
    item.textContent = file.name;
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

document.querySelectorAll("[data-picked]").forEach(followFiles);
document.querySelectorAll("[data-characters]").forEach(followCharacters);
const first = document.querySelector("[data-focus]");
if (first) first.focus();
