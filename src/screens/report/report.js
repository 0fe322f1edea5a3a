// What the report does in the document alone: unfolding, going to what a
// number was worked out from, printing everything, and the report as a file.
// Here and not in Rust because each call of the browser's from there costs
// more bytes than all of this.

const all = (root, selector) => Array.from(root.querySelectorAll(selector));

/** Opens everything that `id` stands in, and moves the focus there. */
function show(target) {
  for (let at = target; at; at = at.parentElement) {
    if (at.localName === "details") at.open = true;
  }
  if (target) {
    const place = target.localName === "details" ? target.querySelector("summary") : target;
    place.focus();
    place.scrollIntoView();
  }
}

// A verdict is read out this long after the last change: a screen reader would
// say one for every key of a figure otherwise.
const CALM = 700;

/** Has the verdicts of a page read out when they have changed. What is there
 * when a screen opens is read by going through it. */
function tellChanges(mount) {
  const told = new WeakMap();
  const places = () => all(mount, ".zice-live > [role=status]");
  // The panel tells as many programmes, in the same order.
  const words = (place) => {
    const shown = all(mount, ".zice-panel .zice-told")[places().indexOf(place)];
    return shown ? Array.from(shown.children, (it) => it.textContent).join(", ") : "";
  };
  let waiting;
  const observer = new MutationObserver(() => {
    clearTimeout(waiting);
    for (const place of places()) {
      if (!told.has(place)) told.set(place, words(place));
    }
    waiting = setTimeout(() => {
      for (const place of places()) {
        if (told.get(place) !== words(place)) place.textContent = words(place);
        told.set(place, words(place));
      }
    }, CALM);
  });
  observer.observe(mount, { childList: true, subtree: true });
  mount.addEventListener("zice-gone", () => {
    observer.disconnect();
    clearTimeout(waiting);
  });
}

/** The elements that pages are shown in. */
const mounts = new Set();

/** Follows what is pressed in the page that `mount` shows. */
export function follow(mount) {
  mounts.add(mount);
  mount.addEventListener("zice-gone", () => mounts.delete(mount));
  tellChanges(mount);
  mount.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zice-show], [data-zice-do]");
    if (!button) return;
    const { ziceShow, ziceDo } = button.dataset;
    if (ziceShow) show(mount.querySelector(`#${CSS.escape(ziceShow)}`));
    else if (["print", "full", ...PARTS].includes(ziceDo)) printAlone(mount, ziceDo);
    else for (const one of all(mount, ".zice-report details")) one.open = ziceDo === "all";
  });
}

// What is folded on the screen is on paper all the same.
const folded = [];
addEventListener("beforeprint", () => {
  for (const mount of mounts) {
    if (!mount.isConnected) continue;
    for (const one of all(mount, ".zice-report details:not([open])")) {
      one.open = true;
      folded.push(one);
    }
  }
});
addEventListener("afterprint", () => {
  for (const one of folded.splice(0)) one.open = false;
});

/** Sets a property of an element's own style; answers with what undoes that. */
function styled({ style }, name, value) {
  const [before, priority] = [style.getPropertyValue(name), style.getPropertyPriority(name)];
  style.setProperty(name, value, "important");
  return () => style.setProperty(name, before, priority);
}

// What of a host's page would cut the report off or push it aside on paper.
const PLAIN = {
  display: "block", position: "static", float: "none", overflow: "visible", transform: "none",
  width: "auto", height: "auto", "max-width": "none", "max-height": "none", margin: "0", padding: "0", border: "0",
};

/** Rules about paper count only in the document itself; answers with what takes
 * them out again. */
function paper(root) {
  if (!root.host || !document.adoptedStyleSheets) return () => {};
  const rules = all(root, "link").map(({ sheet }) => Array.from(sheet.cssRules, ({ cssRules = [] }) => Array.from(cssRules)));
  const sheet = new CSSStyleSheet();
  // CSSRule.PAGE_RULE
  sheet.replaceSync(rules.flat(2).filter(({ type }) => type === 6).map(({ cssText }) => cssText).join(""));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => { document.adoptedStyleSheets = [...document.adoptedStyleSheets].filter((one) => one !== sheet); };
}

// What can be printed instead of the whole report.
const PARTS = ["summary", "papers"];

/** Prints, of a host's page nothing but the report, or a part of it. */
function printAlone(mount, what) {
  const undo = [paper(mount.getRootNode())];
  // Another one may have been asked for and never printed.
  for (const part of PARTS) mount.classList.toggle(`zice-print-${part}`, part === what);
  undo.push(() => mount.classList.remove(`zice-print-${what}`));
  let { host: at } = mount.getRootNode();
  for (; at && at !== document.documentElement; at = at.parentNode || at.host) {
    for (const one of at.parentNode.children) {
      if (one !== at && one.style && one.localName !== "head") undo.push(styled(one, "display", "none"));
    }
    for (const name of Object.keys(PLAIN)) undo.push(styled(at, name, PLAIN[name]));
  }
  addEventListener("afterprint", () => {
    for (const one of undo.reverse()) one();
  }, { once: true });
  print();
}

/** The page's own styles, without asking for them again. */
function styles(root) {
  const texts = all(root, "link, style").map(({ sheet }) => {
    try {
      return Array.from(sheet.cssRules, (rule) => rule.cssText).join("\n");
    } catch (error) {
      // Another site's, or not loaded: not ours either way.
      return "";
    }
  });
  return texts.filter((text) => text.includes(".zice-report")).join("\n");
}

/**
 * The report around what was pressed as one file that needs nothing else and runs nothing. Inside it
 * lies the company file, so that the page can open it again.
 */
export function whole(pressed, title, company) {
  const mount = pressed.closest("#zice-app");
  const article = mount.querySelector(".zice-report").cloneNode(true);
  for (const one of all(article, ".zice-screen-only")) one.remove();
  for (const one of all(article, "details")) one.setAttribute("open", "");
  for (const one of all(article, "[data-zice-question]")) one.replaceWith(...one.childNodes);
  for (const one of all(article, "[tabindex]")) one.removeAttribute("tabindex");
  for (const one of all(article, "input")) one.replaceWith(one.checked ? "☑ " : "☐ ");
  // A file of its own has its headings from the first level on.
  for (const one of all(article, "h1, h2, h3, h4, h5, h6")) {
    const heading = document.createElement(/h\d/.exec(one.className)[0]);
    for (const { name, value } of Array.from(one.attributes)) heading.setAttribute(name, value);
    heading.append(...one.childNodes);
    one.replaceWith(heading);
  }
  for (const one of all(article, "[data-zice-show]")) {
    const link = document.createElement("a");
    link.href = `#${encodeURIComponent(one.dataset.ziceShow)}`;
    link.className = one.className;
    link.append(...one.childNodes);
    one.replaceWith(link);
  }
  const { lang } = mount.closest("[lang]") || document.documentElement;
  const name = document.createElement("title");
  name.textContent = title;
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    name.outerHTML,
    `<style>${styles(mount.getRootNode())}</style>`,
    // No text of the company's can end the element.
    `<script type="application/json" id="zice-company">${company.replace(/</g, "\\u003c")}</script>`,
  ];
  return `<!DOCTYPE html><html lang="${lang}" class="zice-root zice-w45 zice-w60"><head>${head.join("\n")}</head>
<body><div id="zice-app"><div class="zice"><main>${article.outerHTML}</main></div></div></body></html>
`;
}
