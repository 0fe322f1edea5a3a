// Firefox over WebDriver, by geckodriver: the driver that cdp.mjs has for
// Chromium. playwright wants a Firefox of its own making; this is the one that
// people have.
import { spawn } from "node:child_process";

// What the slowest machine does in it, in milliseconds; then it is an error.
const PATIENCE = 120_000;
// Where WebDriver keeps the keys that write nothing.
const KEYS = { Enter: "\uE007", Space: " ", ArrowDown: "\uE015", Tab: "\uE004" };
const CONTROL = "\uE009";

/** Starts geckodriver on a free port; answers with its address. */
async function start(geckodriver) {
  const child = spawn(geckodriver, ["--port=0", "--host=127.0.0.1"], { stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise((done) => child.on("exit", done).on("error", done));
  let said = "";
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  const port = new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`geckodriver does not listen: ${said}`)), PATIENCE);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        said += text;
        const found = said.match(/Listening on 127\.0\.0\.1:(\d+)/);
        if (found) done(found[1]);
      });
    }
    gone.then(() => {
      clearTimeout(late);
      fail(new Error(`geckodriver ended: ${said}`));
    });
  });
  try {
    return { address: `http://127.0.0.1:${await port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ask(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** Firefox with an empty page. */
export async function launch({ firefox, geckodriver }) {
  const { address, stop } = await start(geckodriver);
  let session;
  try {
    session = await ask("POST", `${address}/session`, {
      capabilities: { alwaysMatch: { browserName: "firefox", "moz:firefoxOptions": { binary: firefox, args: ["-headless"], prefs: { "intl.accept_languages": "zh-CN" } } } },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const at = `${address}/session/${session.sessionId}`;
  const send = (name, body) => ask("POST", `${at}/${name}`, body);
  const keys = (actions) => send("actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  const down = (value) => ({ type: "keyDown", value });
  const up = (value) => ({ type: "keyUp", value });
  const press = (key) => keys([down(key), up(key)]);
  return {
    version: async () => session.capabilities.browserVersion,
    goto: (url) => send("url", { url }),
    /** The value of an expression; of a promise, what it comes to. */
    evaluate: (expression) => send("execute/sync", { script: `return ${expression}`, args: [] }),
    type: (text) => keys([...text].flatMap((letter) => [down(letter), up(letter)])),
    press: (name) => press(KEYS[name]),
    selectAll: () => keys([down(CONTROL), down("a"), up("a"), up(CONTROL)]),
    async close() {
      // Ends the browser; without it geckodriver alone would go.
      await ask("DELETE", at).catch(() => {});
      await stop();
    },
  };
}
