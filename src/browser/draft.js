// The drafts of the checks in the document: what was filled in, in the storage of
// this tab, so that a reload loses nothing, nor a tab that the system drops. Where
// the browser stores nothing there is none, and the page goes on without.

/** What the name of a draft begins with. Other versions have names of their own. */
const VERSION = "zice.draft/1 ";
/** A draft is written this long after a change, in milliseconds. */
const SOON = 300;

/**
 * The checks whose drafts are written, by their elements: the `name` of the draft,
 * the `host` that the page sees, whether the draft is to be taken up (`fresh`), what
 * gives its `text`, and the `timer` that will write it.
 */
const checks = new Map();

/** What is done with the storage; nothing where the browser does not let us. */
function attempt(act) {
  try {
    return act(window.sessionStorage);
  } catch (refused) {
    return "";
  }
}

/** Whether the host wants no drafts. */
const off = (mount) => mount.getAttribute("data-draft") === "off";

/**
 * Which page this is: its address, and where in the window its frame stands, since
 * all frames of a site share the storage of their tab.
 */
function place() {
  let told = location.pathname + location.search;
  // Eight frames in one another are enough, also where a host gave `parent` away.
  for (let at = /** @type {Window} */ (window), depth = 0; at !== at.parent && depth < 8; at = at.parent, depth++) {
    for (let position = 0; position < at.parent.length; position++) {
      if (at.parent[position] === at) told += ` ${position} `;
    }
    try {
      told += at.parent.location.pathname + at.parent.location.search;
    } catch (foreign) {
      told += "?";
    }
  }
  return told;
}

/**
 * The name of a check's draft: by the page and the element's id, or its place among
 * its like. Empty where another check in the page has that name, or nobody knows.
 */
function nameOf(host) {
  let name = "";
  try {
    const order = Array.from(document.querySelectorAll(host.localName)).indexOf(host);
    name = `${VERSION}${place()} ${host.id ? `#${host.id}` : order}`;
  } catch (strange) {
    return "";
  }
  for (const [mount, check] of checks) {
    if (check.name !== name) continue;
    if (check.host !== host) return "";
    // A page that is on its way out.
    drop(mount, true);
  }
  return name;
}

/** Writes the draft of a check as it is now. */
function write(mount) {
  const check = checks.get(mount);
  clearTimeout(check.timer);
  check.timer = 0;
  if (!check.text || !check.name) return;
  let text;
  try {
    text = off(mount) ? "" : check.text();
  } catch (stopped) {
    return;
  }
  // One that can't be written must leave no older one behind.
  attempt((storage) => storage.removeItem(check.name));
  if (text) attempt((storage) => storage.setItem(check.name, text));
}

/** Writes all: a tab that goes out of sight may be dropped without another word. */
function writeAll() {
  checks.forEach((_, mount) => write(mount));
}

/** @param {"addEventListener" | "removeEventListener"} act */
function listen(act) {
  window[act]("pagehide", writeAll);
  document[act]("visibilitychange", writeAll);
}

/** Begins the draft of the check in `mount`; one that is there is taken up if it is `fresh`. */
export function begin(mount, fresh) {
  const host = mount.getRootNode().host || mount;
  const name = nameOf(host);
  if (!checks.size) listen("addEventListener");
  checks.set(mount, { name, host, fresh, text: null, timer: 0 });
}

/** The draft that the check in `mount` begins with; empty without one. */
export function drafted(mount) {
  const check = checks.get(mount);
  if (!check || !check.fresh || !check.name || off(mount)) return "";
  return attempt((storage) => storage.getItem(check.name)) || "";
}

/** From now on `text` gives the draft of the check in `mount`. */
export function follow(mount, text) {
  const check = checks.get(mount);
  if (check) check.text = text;
}

/** Something has changed in the check in `mount`: its draft is written soon. */
export function redraft(mount) {
  const check = checks.get(mount);
  if (check && !check.timer) check.timer = setTimeout(write, SOON, mount);
}

/** Ends the draft of the check in `mount`, and takes it out unless it `stays`. */
export function drop(mount, stays) {
  const check = checks.get(mount);
  if (!check) return;
  clearTimeout(check.timer);
  checks.delete(mount);
  if (!stays && check.name) attempt((storage) => storage.removeItem(check.name));
  if (!checks.size) listen("removeEventListener");
}
