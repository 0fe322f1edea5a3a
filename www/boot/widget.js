// The page as a classic script. The build joins it with wasm-bindgen's glue to
// `zice-widget-<hash>.js`, and replaces the names in capitals
// (xtask/src/script.rs).
//
// The loader (www/loader.js) sets a function `zice` on the script element,
// which is called with what is exported here. Without that function the script
// belongs to a page of its own and starts it.

import { begin, drop, follow as draft } from "../../src/browser/draft.js";
import { provide } from "../../src/browser/engine.js";
import { download } from "../../src/browser/file.js";
import { recall } from "../../src/browser/look.js";
import * as engineGlue from "zice-engine-glue";
import init, { freeClosure, pressed, Widget } from "zice-glue";
import { AGAIN, explain, panel, SAVE } from "./failure.js";
import { heed } from "./host.js";
import { files, fromBytes, LoadError, startEngine, startPage } from "./load.js";
import { fit, keepKeys } from "./shadow.js";

// Known only while the script first runs. All files lie next to it, so the page
// works under any path.
const script = document.currentScript;
const base = script.src || location.href;

let wasm;
/** Starts the wasm, once for all pages of this script. */
function started() {
  if (!wasm) wasm = startPage(init, base);
  wasm.catch(() => { wasm = undefined; });
  return wasm;
}

let engine;
/**
 * Loads the engine, once for all pages too: what comes after the first screen
 * asks it. Resolves to the text of the dictionary, which both programs read.
 */
function engined() {
  if (!engine) engine = started().then(() => startEngine(engineGlue, base)).then((facts) => {
    provide(engineGlue);
    return facts;
  });
  engine.catch(() => { engine = undefined; });
  return engine;
}

let names;
/** Loads the names by which tables call the facts. Questions can do without. */
function named() {
  if (!names) names = files(base).then((source) => source.text("names.json"));
  names.catch(() => { names = undefined; });
  return names;
}

/**
 * The running pages, by the element they are shown in. Each has its `widget`,
 * and a function `told` to call when another widget takes its place.
 */
const pages = new Map();

/**
 * Handles a mouse button going down or up. A field left by a click waits until
 * the button is released.
 */
function press({ type }) {
  if (!pressed(type === "mousedown")) return;
  for (const { widget } of pages.values()) widget.released();
}

/**
 * Handles the browser's back and forward, for a page that has the document to
 * itself.
 */
function went() {
  for (const [mount, { widget }] of pages) if (mount.hasAttribute("data-page")) widget.went();
}

/** Listens to these events while there is a page. */
function follow() {
  const act = pages.size ? "addEventListener" : "removeEventListener";
  for (const name of ["mousedown", "mouseup"]) window[act](name, press, true);
  window[act]("popstate", went);
}

/**
 * Records the listeners added to `mount`; returns a function that removes them.
 * Yew never removes its own, and each holds a closure that keeps the element
 * and all it knows in memory.
 */
function noteListeners(mount) {
  const noted = [];
  mount.addEventListener = (...all) => {
    noted.push(all);
    Element.prototype.addEventListener.apply(mount, all);
  };
  return () => {
    for (const [name, listener, options] of noted) {
      mount.removeEventListener(name, listener, options);
      freeClosure(listener);
    }
  };
}

/** Tells everything that refers to `mount` that its page is gone. */
const gone = (mount) => mount.dispatchEvent(new Event("zice-gone"));

/** Evaluates this script again, which gives a wasm of its own. */
function again() {
  return new Promise((done, fail) => {
    const next = document.createElement("script");
    next.zice = done;
    next.onerror = () => fail(new LoadError("asset-missing", next.src));
    if (script.src) next.src = script.src;
    else next.textContent = script.textContent;
    document.head.appendChild(next).remove();
  });
}

/** Tells the host what went wrong; `words` is the code whose text to use. */
function tell(mount, { code, detail }, words = code) {
  mount.dispatchEvent(new CustomEvent("zice:error", {
    bubbles: true, composed: true, detail: { version: 1, code, text: `${explain(words)} ${detail}` },
  }));
}

/** Shows in place of the page why it stopped, and tells the host. */
function fail(mount, error, buttons) {
  const { code = "asset-corrupt", detail = error } = error;
  const box = panel(code, detail, buttons, mount.getAttribute("data-lang"));
  mount.hidden = true;
  // The host may have put something into the element for this case.
  if (mount.getRootNode().host) box.appendChild(document.createElement("slot"));
  mount.parentNode.insertBefore(box, mount);
  tell(mount, { code, detail });
  return box;
}

/** Gets the engine for a page and tells it so. The page goes on
 * without: it says what is missing where that is needed. Where only the names
 * are, it is told that they are wrong: questions can be answered without. */
async function complete(mount, widget) {
  /** @type {any} */
  let failure;
  const failed = (error) => {
    failure = error instanceof LoadError ? error : new LoadError("asset-corrupt", error);
    return "";
  };
  // The element may have been taken out before anything was asked for.
  if (!widget.__wbg_ptr) return;
  // What could not be had before is tried again.
  if (widget.waits() === undefined) widget.engine(undefined, "", "", "");
  // What it was given once it keeps.
  if (!widget.given) {
    const coming = named().catch(failed);
    const facts = await engined().catch(failed);
    const text = await coming;
    // Nothing can be asked of a page that was taken out meanwhile.
    if (!widget.__wbg_ptr) return;
    const wrong = widget.engine(Boolean(facts), facts, text, failure ? failure.detail : "");
    if (wrong && !failure) {
      failure = new LoadError("policies", wrong);
      names = undefined;
      if (/^facts/.test(wrong)) engine = undefined;
    }
    if (failure) {
      tell(mount, failure, "rest");
      throw failure;
    }
    widget.given = true;
  }
  await arrived(widget);
}

/**
 * Waits until the policies needed have arrived. Fails if one could not be
 * loaded.
 */
async function arrived(widget) {
  while (widget.__wbg_ptr && widget.waits()) await new Promise((done) => setTimeout(done, 20));
  if (widget.__wbg_ptr && widget.waits() === undefined) throw new LoadError("asset-missing", "policies");
}

/**
 * Ignores a loading error, which was already reported; throws anything else.
 */
function isTold(error) {
  if (!(error instanceof LoadError)) throw error;
}

/**
 * What went wrong, for whoever is told of it.
 * @param {any} error
 */
const reason = (error) => String(error.detail || error);

/**
 * Shows the page in `mount`, whose attributes configure it. `told` is called
 * with the widget, now and whenever the page is started again. `company` is the
 * text of a company file to open.
 */
async function start(mount, told, company) {
  if (!mount.hasAttribute("data-lang")) {
    const named = mount.closest("[lang]");
    mount.setAttribute("data-lang", named ? named.lang : "");
  }
  try {
    recall(mount);
    const [source] = await Promise.all([files(base), started()]);
    let missing;
    const text = (name, early) => source.text(name).catch((error) => {
      missing = error;
      // What a page that is shown needs; not what it only may need later.
      if (!early && pages.has(mount)) tell(mount, error, "rest");
      throw error.detail;
    });
    // A policy is read by the engine. That it can't be had is told elsewhere.
    const read = (name, early) => !/@/.test(name) ? text(name, early)
      : Promise.all([text(name, early), engined().catch((error) => { throw reason(error); })]).then(([policy]) => policy);
    const takeBack = noteListeners(mount);
    if (mount.classList.contains("zice-root")) {
      fit(mount);
      keepKeys(mount);
    }
    heed(mount);
    // What is opened goes before what the tab holds.
    begin(mount, !company);
    const widget = await Widget.start(mount, read).catch((error) => {
      const unknown = /^policies: /.test(error);
      throw missing || new LoadError(unknown ? "unknown-policy" : "policies", error);
    });
    // The widget answers only after it has been shown for the first time.
    while (!widget.company()) await new Promise((done) => setTimeout(done));
    pages.set(mount, { widget, told });
    follow();
    draft(mount, () => widget.draft());
    const destroy = widget.destroy.bind(widget);
    widget.destroy = () => {
      pages.delete(mount);
      follow();
      drop(mount);
      gone(mount);
      destroy();
      takeBack();
    };
    if (company) widget.open("", company);
    widget.heed = () => {
      heed(mount);
      widget.describe(mount);
    };
    widget.whole = () => complete(mount, widget);
    mount.addEventListener("click", ({ target }) => {
      if (!target.closest("[data-zice-rest]")) return;
      widget.engine(undefined, "", "", "");
      widget.whole().catch(isTold);
    });
    told(widget);
    widget.whole().catch(isTold);
  } catch (error) {
    drop(mount, true);
    // Some failures will be the same the next time, so trying again is not
    // offered.
    const hopeless = /^(unsupported|csp|unknown)/.test(error.code);
    const box = fail(mount, error, hopeless ? [] : [[AGAIN, () => {
      box.remove();
      mount.hidden = false;
      start(mount, told, company).catch(() => {});
    }]]);
    throw error;
  }
}

// Whether an error is a panic of our wasm. A panic ends in a trap, and none of
// the program runs after that. The answers are a snapshot that no longer
// changes and can still be read.
function isOurs(error) {
  if (!self.WebAssembly || !(error instanceof Error)) return false;
  const stack = String(error.stack);
  // What Rust says of a panic, or a trap without one.
  if (!/^panicked at /.test(error.message) && !(error instanceof WebAssembly.RuntimeError)) return false;
  const own = (script.src || "").split("/").pop();
  if (stack.includes(ZICE_WASM) || stack.includes(ZICE_PAGE_ENGINE) || (own && stack.includes(own))) return true;
  // Compiled from bytes it has no address; other frames may be cut off.
  return fromBytes() && !/\.wasm\b/.test(stack) && /wasm-function|wasm:\/\//.test(stack);
}

function stopped(error) {
  if (!isOurs(error)) return;
  for (const [mount, { widget, told }] of pages) {
    // A page that was taken out needs no message and has no place for one.
    if (!mount.parentNode) continue;
    let company = "";
    try {
      company = widget.company();
    } catch (lost) {
      // The panel tells that the answers are lost.
    }
    // What has stopped a page would stop the next one. The panel has it; where it does
    // not, the tab may.
    drop(mount, !company);
    const buttons = [[AGAIN, () => {
      // A new element leaves behind what the dead page listens to.
      const fresh = document.createElement("div");
      for (const { name, value } of Array.from(mount.attributes)) {
        // A strict content security policy refuses copied styles.
        if (name !== "hidden" && name !== "style") fresh.setAttribute(name, value);
      }
      mount.replaceWith(fresh);
      gone(mount);
      box.remove();
      again().then((next) => next.start(fresh, told, company)).catch(() => {});
    }]];
    if (company) buttons.unshift([SAVE, () => download("zice.zice.json", "application/json", company)]);
    const box = fail(mount, new LoadError(company ? "panic" : "lost", error), buttons);
  }
  pages.clear();
  follow();
}
addEventListener("error", ({ error }) => stopped(error));
addEventListener("unhandledrejection", ({ reason }) => stopped(reason));

const exported = { version: ZICE_VERSION, start };
if (script.zice) script.zice(exported);
else start(document.getElementById("zice-app"), () => {}).catch(() => {});
