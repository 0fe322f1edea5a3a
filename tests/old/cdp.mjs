// A Chromium of any age over its raw debugging protocol: playwright speaks
// only today's. Nothing here asks for more than Chromium 64 knows.
//
// `launch` answers with a driver; webdriver.mjs has the same one for Firefox,
// and flow.mjs is what they drive.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The npm packages of the tests are installed beside those.
const { WebSocket } = createRequire(new URL("../browser/", import.meta.url))("ws");

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--use-gl=swiftshader", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,800", "--lang=zh-CN", "--remote-debugging-port=0"];

// What the protocol wants to know of a key that is not a letter.
const KEYS = {
  Enter: { code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
  Space: { key: " ", code: "Space", windowsVirtualKeyCode: 32, text: " " },
  ArrowDown: { code: "ArrowDown", windowsVirtualKeyCode: 40 },
  Tab: { code: "Tab", windowsVirtualKeyCode: 9 },
};
const CONTROL = 2;
// What the slowest machine does in it, in milliseconds; then it is an error.
const PATIENCE = 120_000;
// Keys whose number is not their letter's.
const NUMBERS = { ".": 190, "-": 189 };

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Starts the program; answers with its address for debugging. */
async function start(path, folder) {
  const child = spawn(path, [...FLAGS, `--user-data-dir=${folder}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const gone = new Promise((done) => child.on("exit", done).on("error", done));
  // With all of its group: a child that it was just about to start would stay.
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  };
  // Also where the tests end before the test does.
  process.once("exit", kill);
  let said = "";
  const address = await new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`no debugging port: ${said}`)), PATIENCE);
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
      const found = said.match(/^DevTools listening on ws:\/\/([^/\s]+)\//m);
      if (found) done(found[1]);
    });
    gone.then(() => {
      clearTimeout(late);
      fail(new Error(`the browser ended: ${said}`));
    });
  }).catch((error) => {
    kill();
    throw error;
  });
  return {
    address,
    async stop() {
      process.off("exit", kill);
      kill();
      await gone;
    },
  };
}

/** Where the one page is spoken to. The port is there a little sooner than it. */
async function pageAddress(address) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(20)) {
    const pages = await (await fetch(`http://${address}/json`)).json();
    const page = pages.find((one) => one.type === "page");
    if (page) return page.webSocketDebuggerUrl;
  }
  throw new Error("the browser shows no page");
}

/** A connection to the one page: `send` for commands, `on` for events. */
async function connect(address) {
  const socket = new WebSocket(await pageAddress(address), { perMessageDeflate: false });
  await new Promise((done, fail) => socket.once("open", done).once("error", fail));
  const waiting = new Map();
  const listeners = new Map();
  socket.on("message", (text) => {
    const { id, method, params, result, error } = JSON.parse(text);
    if (!id) return listeners.get(method)?.(params);
    const { name, late, done, fail } = waiting.get(id);
    clearTimeout(late);
    waiting.delete(id);
    if (error) fail(new Error(`${name}: ${error.message}`));
    else done(result);
  });
  socket.on("close", () => {
    for (const { name, late, fail } of waiting.values()) {
      clearTimeout(late);
      fail(new Error(`${name}: the page is gone`));
    }
  });
  let last = 0;
  return {
    send: (name, params = {}) => new Promise((done, fail) => {
      last += 1;
      const late = setTimeout(() => fail(new Error(`${name}: no answer`)), PATIENCE);
      waiting.set(last, { name, late, done, fail });
      socket.send(JSON.stringify({ id: last, method: name, params }));
    }),
    on: (name, listener) => listeners.set(name, listener),
    close: () => socket.close(),
  };
}

/** What an uncaught error or a call of the console says. */
const inWords = (it) => it.exception?.description || it.exception?.value || it.text;
const argument = (it) => it.description ?? String(it.value);

/** A browser with an empty page. */
export async function launch(path) {
  const folder = await mkdtemp(join(tmpdir(), "zice-chromium-"));
  const leave = () => rm(folder, { recursive: true, force: true });
  let browser;
  try {
    browser = await start(path, folder);
    return await drive(browser, leave);
  } catch (error) {
    // Left running it would keep the tests from ending.
    await browser?.stop();
    await leave();
    throw error;
  }
}

async function drive(browser, leave) {
  const { send, on, close } = await connect(browser.address);
  const complaints = [];
  const requests = [];
  on("Runtime.consoleAPICalled", ({ type, args }) => ["error", "warning", "assert"].includes(type) && complaints.push(args.map(argument).join(" ")));
  on("Runtime.exceptionThrown", ({ exceptionDetails }) => complaints.push(inWords(exceptionDetails)));
  on("Log.entryAdded", ({ entry }) => ["error", "warning"].includes(entry.level) && complaints.push(`${entry.text} ${entry.url ?? ""}`));
  on("Network.requestWillBeSent", ({ request }) => requests.push(request.url));
  for (const domain of ["Runtime", "Log", "Network"]) await send(`${domain}.enable`);

  /** The value of an expression; of a promise, what it comes to. */
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(`in the page: ${inWords(exceptionDetails)}`);
    return result.value;
  };

  const stroke = async ({ modifiers = 0, ...key }) => {
    // Without a text it is a key that writes nothing.
    await send("Input.dispatchKeyEvent", { type: key.text ? "keyDown" : "rawKeyDown", modifiers, ...key });
    await send("Input.dispatchKeyEvent", { type: "keyUp", modifiers, ...key, text: undefined });
  };

  return {
    /** What the page and the browser complained of. */
    complaints,
    /** The address of everything the page asked for. */
    requests: async () => requests,
    version: async () => (await (await fetch(`http://${browser.address}/json/version`)).json()).Browser,
    async goto(url) {
      const { errorText } = await send("Page.navigate", { url });
      if (errorText) throw new Error(`${url}: ${errorText}`);
      // The event of the empty page's own load may still be on its way, so the
      // document is asked. While one goes and the other comes it can't answer.
      const there = () => evaluate(`location.href === ${JSON.stringify(url)} && document.readyState === "complete"`).catch(() => false);
      for (const end = Date.now() + PATIENCE; !await there(); await pause(20)) {
        if (Date.now() > end) throw new Error(`${url}: never loaded`);
      }
    },
    evaluate,
    /** Types into what has the focus. */
    async type(text) {
      for (const letter of text) {
        if (/[\w.-]/.test(letter)) await stroke({ key: letter, text: letter, unmodifiedText: letter, windowsVirtualKeyCode: NUMBERS[letter] ?? letter.toUpperCase().charCodeAt(0) });
        // No key of a keyboard has it: as an input method hands it over.
        else await send("Input.dispatchKeyEvent", { type: "char", text: letter });
      }
    },
    press: (name) => stroke({ key: name, ...KEYS[name] }),
    selectAll: () => stroke({ key: "a", code: "KeyA", windowsVirtualKeyCode: 65, modifiers: CONTROL }),
    async close() {
      close();
      await browser.stop();
      await leave();
    },
  };
}
