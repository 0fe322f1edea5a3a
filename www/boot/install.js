// Makes app.html work offline after the first visit. It keeps the program's own
// files for that, and no answers.

const WORDS = {
  ready: "新版本已经下载好。更新会重新载入本页，请先保存企业文件。 / A new version is ready. Updating reloads the page: save the company file first.",
  update: "现在更新 / Update now",
  later: "以后再说 / Later",
};

/** Offers a new version that is waiting. It is never forced on anybody. */
function offer(worker) {
  const bar = document.createElement("div");
  bar.className = "zice-fallback zice-update";
  bar.setAttribute("role", "status");
  bar.appendChild(document.createElement("p")).textContent = WORDS.ready;
  const button = (words, act) => {
    const made = bar.appendChild(document.createElement("button"));
    made.type = "button";
    made.className = "zice-button";
    made.textContent = words;
    made.onclick = act;
  };
  button(WORDS.update, () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("update");
  });
  button(WORDS.later, () => bar.remove());
  document.body.insertBefore(bar, document.body.firstChild);
}

if (navigator.serviceWorker && isSecureContext) {
  navigator.serviceWorker.register("sw.js").then((registration) => {
    if (registration.waiting) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => {
        // The very first service worker replaces nothing.
        if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
      });
    });
  }).catch((error) => console.warn(error));
}
