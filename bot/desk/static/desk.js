// Small conveniences; every page also works without them.
document.querySelectorAll("[data-all]").forEach(function (all) {
  var form = all.closest("form");
  all.addEventListener("change", function () {
    form.querySelectorAll('input[name="' + all.dataset.all + '"]').forEach(function (one) { one.checked = all.checked; });
  });
});
document.querySelectorAll("[data-sure]").forEach(function (form) {
  form.addEventListener("submit", function (event) {
    if (!window.confirm(form.dataset.sure)) { event.preventDefault(); }
  });
});
document.querySelectorAll("[data-copy]").forEach(function (button) {
  button.addEventListener("click", function () {
    var field = document.getElementById(button.dataset.copy);
    field.select();
    if (navigator.clipboard) { navigator.clipboard.writeText(field.value); } else { document.execCommand("copy"); }
    button.textContent = button.dataset.done;
  });
});
// How far an announcement is, while messages go out; the page as it then is comes at the end.
document.querySelectorAll("[data-progress][data-active]").forEach(function (box) {
  var bar = box.querySelector("progress");
  function show(found) {
    if (!found.active || !bar) { location.reload(); return; }
    box.querySelectorAll("[data-count]").forEach(function (one) {
      var value = found[one.dataset.count];
      one.textContent = typeof value === "number" ? value.toLocaleString("en") : value;
    });
    bar.max = found.all;
    bar.value = found.done;
    setTimeout(look, 2000);
  }
  function look() {
    fetch(box.dataset.progress).then(function (answer) {
      if (answer.redirected || !answer.ok) { location.reload(); return; }
      answer.json().then(show);
    }).catch(function () { setTimeout(look, 2000); });
  }
  setTimeout(look, 2000);
});
// The picture that goes with an announcement, as soon as one is chosen.
document.querySelectorAll("[data-pictures]").forEach(function (choice) {
  var box = choice.form.querySelector(".drawn");
  var picture = box.querySelector("img"), none = box.querySelector("span");
  picture.addEventListener("load", function () { picture.hidden = false; none.hidden = true; });
  picture.addEventListener("error", function () { picture.hidden = true; none.hidden = false; });
  choice.addEventListener("change", function () {
    box.hidden = !choice.value;
    if (choice.value) { picture.src = choice.dataset.pictures + choice.value; }
  });
});
// The whole of a draft's evidence, where others begin or end within it.
function seek() {
  var name = location.hash.replace(/^#(e-)?/, "");
  document.querySelectorAll(".paper mark").forEach(function (mark) {
    var drafts = mark.parentElement.dataset.drafts.split(" ");
    mark.classList.toggle("sought", drafts.indexOf(name) >= 0);
  });
}
window.addEventListener("hashchange", seek);
seek();
