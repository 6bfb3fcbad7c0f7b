// The chat on a bureau's own site: <script src=".../widget.js" async></script>, with data-lang="en" if need be.
(() => {
  "use strict";
  const LABELS = {{ labels|tojson }}, COLOURS = {{ colours|tojson }};
  const me = document.currentScript, base = me.src.replace(/\/widget\.js.*$/, ""), origin = new URL(me.src).origin;
  const tag = me.dataset.lang || document.documentElement.lang || navigator.language || "zh";
  const words = LABELS[/^zh-(hant|tw|hk|mo)/i.test(tag) ? "zh-Hant" : /^zh/i.test(tag) ? "zh-Hans" : "en"];
  const STYLE = `
    :host { all: initial; }
    button { position: fixed; right: 20px; bottom: 20px; z-index: 2147483647; display: grid; place-items: center; width: 60px; height: 60px; padding: 0;
      border: 0; border-radius: 50%; background: ${COLOURS.brand}; color: ${COLOURS.on}; box-shadow: 0 4px 16px #0005; cursor: pointer; }
    button:focus-visible { outline: 3px solid ${COLOURS.brand}; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    button.news::after { content: ""; position: absolute; top: 0; right: 0; width: 14px; height: 14px; border: 2px solid #fff; border-radius: 50%; background: #c62828; }
    svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    iframe { position: fixed; right: 20px; bottom: 92px; z-index: 2147483647; width: 400px; height: min(680px, calc(100dvh - 112px)); border: 0; border-radius: 16px;
      background: Canvas; box-shadow: 0 8px 40px #0006; color-scheme: light dark; }
    [hidden] { display: none; }
    @media (max-width: 480px) { iframe { inset: 0; width: 100%; height: 100dvh; border-radius: 0; } [aria-expanded=true] { visibility: hidden; } }
    @media print { * { display: none; } }`;
  const OPEN = "M21 12a8 8 0 0 1-8 8H4l2-3.5A8 8 0 1 1 21 12zM9 12h.01M13 12h.01M17 12h.01", CLOSE = "M6 9l6 6 6-6";

  function begin() {
    const host = document.createElement("div"), root = host.attachShadow({ mode: "open" });
    const button = document.createElement("button"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    let frame = null;
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
    }
    button.type = "button";
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.append(path);
    button.append(svg);
    root.append(button);

    function show(open) {
      if (open && !frame) {
        frame = document.createElement("iframe");
        frame.title = words.open;
        frame.src = `${base || "/"}?lang=${encodeURIComponent(tag)}`;
        frame.addEventListener("load", () => { if (!frame.hidden) enter(); });
        root.append(frame);
      }
      if (frame) frame.hidden = !open;
      button.setAttribute("aria-expanded", open);
      button.setAttribute("aria-label", open ? words.close : words.open);
      button.title = open ? words.close : words.open;
      path.setAttribute("d", open ? CLOSE : OPEN);
      if (open) { button.classList.remove("news"); enter(); }
    }
    function enter() {
      frame.focus();
      frame.contentWindow.postMessage("investbot:open", origin);
    }
    function leave() { show(false); button.focus(); }

    show(false);
    button.addEventListener("click", () => { if (frame && !frame.hidden) leave(); else show(true); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && frame && !frame.hidden) leave(); });
    window.addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
      if (event.data === "investbot:close") leave();
      if (event.data === "investbot:news" && frame.hidden) {
        button.classList.add("news");
        button.setAttribute("aria-label", `${words.open} (${words.news})`);
      }
    });
    document.body.append(host);
  }
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
