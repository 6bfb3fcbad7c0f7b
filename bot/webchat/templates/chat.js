// Replies without a new page; everything also works without this.
(() => {
  "use strict";
  const log = document.getElementById("log"), ask = document.getElementById("ask"), box = ask.elements.text;
  const words = document.body.dataset, framed = window.parent !== window;
  const EVERY = 15000, PATIENCE = 400, KEPT = 40;
  // A browser may refuse to keep anything in another site's frame.
  const store = {
    get(key) { try { return sessionStorage.getItem(key) || ""; } catch { return ""; } },
    set(key, value) { try { if (value) sessionStorage.setItem(key, value); else sessionStorage.removeItem(key); return true; } catch { return false; } },
  };
  let token = store.get("token"), busy = false, looking = false, awaits = true;

  async function post(address, fields) {
    const headers = { "Chat-Page": "1" };
    if (token) headers["Chat-Token"] = token;
    const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(fields) });
    const held = answer.headers.get("Chat-Token");
    if (held !== null) { token = held; store.set("token", held); }
    awaits = answer.headers.get("Chat-Awaits") === "1";
    return answer;
  }

  function keep() {
    let kept = [...log.children].filter((one) => !one.matches(".typing")).slice(-KEPT);
    // Pictures may be more than there is room for.
    while (kept.length && !store.set("log", kept.map((one) => one.outerHTML).join(""))) kept = kept.slice(Math.ceil(kept.length / 2));
  }

  function article(name, text) {
    const made = document.createElement("article");
    made.className = name;
    made.textContent = text;
    log.append(made);
    return made;
  }

  function ours(text) {
    const made = article("you", text), label = document.createElement("span");
    label.className = "hidden";
    label.textContent = words.you;
    made.prepend(label);
    bottom();
  }

  function bottom() { window.scrollTo(0, document.documentElement.scrollHeight); }

  function put(html, place) {
    const held = document.createElement("template");
    held.innerHTML = html;
    const found = [...held.content.children];
    if (place && found[0] && !("beside" in found[0].dataset)) {
      place.replaceWith(...found);
      found[0].focus({ preventScroll: true });
      found[0].scrollIntoView({ block: "nearest" });
    } else if (found.length) {
      log.append(...found);
      // A picture has its height only once it is read.
      Promise.allSettled([...log.querySelectorAll("article:last-child img")].map((one) => one.decode())).then(() => {
        if (found[0].offsetHeight > window.innerHeight / 2) found[0].scrollIntoView({ block: "start" }); else bottom();
      });
    }
    keep();
    return found;
  }

  async function say(fields, place) {
    busy = true;
    log.setAttribute("aria-busy", "true");
    const waiting = setTimeout(() => {
      const dots = article("bot typing", "");
      dots.setAttribute("aria-hidden", "true");
      dots.append(...[0, 1, 2].map(() => document.createElement("i")));
      bottom();
    }, PATIENCE);
    let html = "", fault = false, forgotten = false;
    try {
      const answer = await post(ask.action, fields);
      html = await answer.text();
      forgotten = answer.headers.has("Chat-Forgotten");
      fault = !answer.ok && answer.status !== 429;
    } catch { fault = true; }
    clearTimeout(waiting);
    log.querySelectorAll(".typing").forEach((one) => one.remove());
    log.removeAttribute("aria-busy");
    busy = false;
    if (fault) { article("bot", words.offline); bottom(); return false; }
    if (forgotten) { log.replaceChildren(); store.set("log", ""); }
    put(html, place);
    return true;
  }

  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.target, button = event.submitter, fields = new FormData(form);
    if (button && button.name) fields.set(button.name, button.value);
    const text = (fields.get("text") || "").trim();
    if (form === ask) {
      if (!text) return;
      ours(text);
      box.value = "";
      grow();
      if (!await say(fields)) { box.value = box.value || text; grow(); }
    } else if (text) {
      const details = form.querySelector("details");
      if (details) details.open = false;
      ours(button.textContent);
      await say(fields);
    } else {
      await say(fields, form.closest("article"));
    }
  });

  // Enter sends; not the one that ends the choice of a Chinese character.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); ask.requestSubmit(); }
  });
  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }
  box.addEventListener("input", grow);

  // What staff replied, while somebody looks at the page and waits.
  async function look(shown = []) {
    if (looking || busy || (document.hidden && !shown.length)) return;
    looking = true;
    try {
      const answer = await post(words.news, shown.map((one) => ["shown", one]));
      const html = answer.status === 200 ? await answer.text() : "";
      if (!answer.ok) awaits = true;
      looking = false;
      if (html) {
        const found = put(html).map((one) => one.dataset.shown);
        if (framed) parent.postMessage("investbot:news", "*");
        await look(found);
      }
    } catch { awaits = true; }
    looking = false;
  }
  setInterval(() => { if (awaits) look(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (awaits) look(); });

  if (framed) {
    const close = document.getElementById("close"), leave = () => parent.postMessage("investbot:close", "*");
    close.hidden = false;
    close.addEventListener("click", leave);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) leave(); });
    window.addEventListener("message", (event) => { if (event.source === parent && event.data === "investbot:open") box.focus(); });
  }
  const before = store.get("log");
  if (before) { log.innerHTML = before; bottom(); }
  look();
})();
