// What is shown in place of the page when it can't run. It is in both
// languages, since the reader's language is not known if nothing was loaded.

const TEXTS = {
  "unsupported-browser": [
    "此浏览器不支持 WebAssembly，无法运行自测。请换用 Chrome / Edge 86 以上版本，或切换到“极速模式”。",
    "This browser has no WebAssembly, which the self-check needs. Please use Chrome or Edge 86 or newer.",
  ],
  "csp-blocked": [
    "本网站的安全策略（CSP）禁止运行 WebAssembly。请网站管理员在 script-src 中加入 'wasm-unsafe-eval'（Chromium 97 以前的浏览器不认识这一项，可改用 frame.html 嵌入）。",
    "This site's content security policy forbids WebAssembly. Its administrator needs to add 'wasm-unsafe-eval' to script-src (browsers before Chromium 97 do not know it: embed frame.html there).",
  ],
  "asset-missing": [
    "程序或规则文件未能载入。请检查网络后重试。",
    "The program or the policy files could not be loaded. Check the network and try again.",
  ],
  "asset-corrupt": [
    "程序未能启动，文件可能不完整。请刷新页面，或联系网站管理员。",
    "The program did not start; a file may be incomplete. Reload the page or tell the site's administrator.",
  ],
  // Only for the event to the host; the page has its own words for this.
  rest: [
    "填写、查看报告和粘贴表格所需的程序未能载入，企业文件仍可打开和保存。请检查网络后重试。",
    "What questions, the report and pasting tables need could not be loaded; company files can still be opened and saved. Check the network and try again.",
  ],
  policies: [
    "规则文件不能使用。请联系网站管理员。",
    "A policy file can't be used. Tell the site's administrator.",
  ],
  "unknown-policy": [
    "嵌入代码中写的项目不存在。请联系网站管理员。",
    "The embed code names a programme that is not there. Tell the site's administrator.",
  ],
  panic: [
    "程序出现错误，已经停止。您填写的内容还在：可以先保存企业文件，再重新启动接着填。",
    "The program has stopped because of an error. Your answers are still there: save the company file first, then start again and go on.",
  ],
  lost: [
    "程序出现错误，已经停止，填写的内容没能取回。请重新启动。",
    "The program has stopped because of an error, and the answers could not be recovered. Please start again.",
  ],
};

/** Labels of the buttons, in both languages. */
export const SAVE = ["保存企业文件", "Save the company file"];
export const AGAIN = ["重新启动", "Start again"];

/** The text for the host, on one line. */
export const explain = (code) => (TEXTS[code] || TEXTS["asset-corrupt"]).join(" ");

/**
 * Makes an element that explains `code`, beginning with the reader's `lang`.
 * `detail` is for support; `buttons` are pairs of label and action.
 */
export function panel(code, detail, buttons, lang) {
  const make = (name, parent, text) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    return parent ? parent.appendChild(element) : element;
  };
  const box = make("div");
  box.className = "zice-root zice-fallback";
  box.setAttribute("role", "alert");
  box.setAttribute("data-zice-failure", code);
  const [zh, en] = TEXTS[code] || TEXTS["asset-corrupt"];
  const said = [["zh-CN", zh], ["en", en]];
  if (/^en/i.test(lang)) said.reverse();
  for (const [tag, text] of said) make("p", box, text).lang = tag;
  for (const [words, act] of buttons) {
    const button = make("button", box, words.join(" / "));
    button.type = "button";
    button.className = "zice-button";
    button.onclick = act;
  }
  make("code", make("p", box), String(detail));
  return box;
}
