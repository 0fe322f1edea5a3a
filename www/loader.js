// zice.js: what a host page loads. ECMAScript 5 and ASCII after the build, so
// that the oldest browser and a page in any encoding can read it and say
// something readable.
//
//   <script src="zice.js" defer></script>
//   <zice-check policies="tech-sme"></zice-check>
//
// It defines the element; the page itself (www/boot/widget.js) is fetched when
// an element comes near to where it can be seen, or is used.
(function () {
  "use strict";
  var NAME = "zice-check";
  var own = document.currentScript;
  var base = own && own.src;
  var OLD = "\u6b64\u6d4f\u89c8\u5668\u7248\u672c\u8fc7\u4f4e\uff0c\u65e0\u6cd5\u8fd0\u884c\u81ea\u6d4b\u3002\u8bf7\u6362\u7528 Chrome / Edge 86 \u4ee5\u4e0a\u7248\u672c\uff0c\u6216\u5207\u6362\u5230\u201c\u6781\u901f\u6a21\u5f0f\u201d\u3002 This browser is too old for the self-check. Please use Chrome or Edge 86 or newer.";
  var MISSING = "\u7a0b\u5e8f\u6587\u4ef6\u672a\u80fd\u8f7d\u5165\uff0c\u8bf7\u68c0\u67e5\u7f51\u7edc\u540e\u5237\u65b0\u9875\u9762\u3002 The program could not be loaded: check the network and reload.";
  var LOADING = "\u6b63\u5728\u8f7d\u5165\u7533\u62a5\u81ea\u6d4b\u2026\u2026 Loading the self-check\u2026";
  var BEGIN = "\u5f00\u59cb\u7533\u62a5\u81ea\u6d4b / Start the self-check";

  if (!base) return;
  if (!window.customElements || !window.Promise || !Element.prototype.attachShadow) {
    document.addEventListener("DOMContentLoaded", function () {
      var all = document.getElementsByTagName(NAME);
      for (var at = 0; at < all.length; at++) {
        all[at].appendChild(document.createElement("p")).appendChild(document.createTextNode(OLD));
      }
    });
    return;
  }
  var defined = customElements.get(NAME);
  if (defined) {
    // Twice the same is nothing to speak of.
    if (defined.zice !== ZICE_VERSION) {
      console.warn("zice.js " + ZICE_VERSION + ": <" + NAME + "> is there already (" + (defined.zice || "not Zice") + ")");
    }
    return;
  }

  var scripts = {};
  /** The page's script below a folder, once. */
  function fetchWidget(from) {
    if (!scripts[from]) {
      scripts[from] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.src = new URL(ZICE_WIDGET, from).href;
        // A host that loads this file with CORS has the rest checked too.
        if (own.crossOrigin !== null) {
          script.crossOrigin = own.crossOrigin;
          script.integrity = ZICE_INTEGRITY;
        }
        script.zice = done;
        script.onerror = function () {
          delete scripts[from];
          script.parentNode.removeChild(script);
          fail(problem("asset-missing", script.src));
        };
        document.head.appendChild(script);
      });
    }
    return scripts[from];
  }

  function problem(code, detail) {
    var error = new Error(code + ": " + detail);
    error.code = code;
    return error;
  }

  function make(name, parent, text) {
    var element = parent.appendChild(document.createElement(name));
    if (text) element.textContent = text;
    return element;
  }

  /** The first child of the root: the styles of what is in it. */
  function addStyles(root, address) {
    if (navigator.vendor === "Google Inc." && !document.adoptedStyleSheets) {
      // Chromium before 73 ignores a link there, and waits for it for ever.
      var style = make("style", root);
      fetch(address).then(function (response) { return response.text(); }).then(function (text) { style.textContent = text; }, function () {});
      return;
    }
    var link = make("link", root);
    link.rel = "stylesheet";
    link.href = address;
  }

  /** Calls back when the element comes near to where it can be seen. */
  function whenNear(element, act) {
    if (!window.IntersectionObserver) return act();
    var observer = new IntersectionObserver(function (entries) {
      for (var at = 0; at < entries.length; at++) {
        if (entries[at].isIntersecting) {
          observer.disconnect();
          act();
          return;
        }
      }
    }, { rootMargin: "600px" });
    observer.observe(element);
  }

  function ZiceCheck() {
    var self = Reflect.construct(HTMLElement, [], this.constructor);
    self._ready = new Promise(function (done, fail) {
      self._done = done;
      self._fail = fail;
    });
    // Whoever does not ask is not told twice: there is the event.
    self._ready.catch(function () {});
    return self;
  }
  ZiceCheck.zice = ZICE_VERSION;
  ZiceCheck.observedAttributes = ["lang", "theme", "large", "policies"];
  var prototype = ZiceCheck.prototype = Object.create(HTMLElement.prototype);
  prototype.constructor = ZiceCheck;

  /** The language of the nearest element that names one. */
  function language(element) {
    var at = element;
    while (at) {
      if (at.getAttribute && at.getAttribute("lang")) return at.getAttribute("lang");
      at = at.parentNode || at.host;
    }
    return "zh-CN";
  }

  function describe(element, mount) {
    var theme = element.getAttribute("theme");
    mount.setAttribute("data-lang", language(element));
    mount.setAttribute("data-policies", element.getAttribute("policies") || "");
    mount.setAttribute("data-zice-theme", theme === "auto" || theme === "dark" ? theme : "light");
    if (element.hasAttribute("large")) mount.setAttribute("data-zice-large", "");
    else mount.removeAttribute("data-zice-large");
  }

  prototype.connectedCallback = function () {
    // Moved, or put back: everything is still there.
    if (this._root) return;
    var self = this;
    var from = new URL(this.getAttribute("base") || "./", this.getAttribute("base") ? document.baseURI : base);
    this._from = /\/$/.test(from.pathname) ? from.href : from.href + "/";
    this._root = this.attachShadow({ mode: "open", delegatesFocus: true });
    addStyles(this._root, new URL(ZICE_STYLES, this._from).href);
    this._wait = make("p", this._root, LOADING);
    this._wait.setAttribute("role", "status");
    var lazy = this.getAttribute("lazy");
    if (lazy === "eager") this._load();
    else if (lazy === "interaction") {
      this._wait.textContent = "";
      this._wait.removeAttribute("role");
      var button = make("button", this._wait, BEGIN);
      button.type = "button";
      button.onclick = function () { self._load(); };
    } else whenNear(this, function () { self._load(); });
  };

  prototype._load = function () {
    if (this._loading) return this._ready;
    this._loading = true;
    var self = this;
    this._wait.setAttribute("role", "status");
    this._wait.textContent = LOADING;
    fetchWidget(this._from).then(function (widget) {
      self._widget = widget;
      return self._start("");
    }).catch(function (error) {
      self._loading = false;
      self._fail(error);
      // What starts the page says itself why it could not.
      if (!self._widget) {
        self._wait.setAttribute("role", "alert");
        self._wait.textContent = MISSING + " (" + error.message + ")";
        make("slot", self._root);
        self.dispatchEvent(new CustomEvent("zice:error", { bubbles: true, composed: true, detail: { version: 1, code: error.code, text: MISSING } }));
      }
    });
    return this._ready;
  };

  /** Shows the page anew. */
  prototype._start = function (company) {
    var self = this;
    var mount = document.createElement("div");
    mount.id = "zice-app";
    mount.className = "zice-root";
    mount.setAttribute("part", "page");
    describe(this, mount);
    while (this._root.lastChild !== this._root.firstChild) this._root.removeChild(this._root.lastChild);
    this._root.appendChild(mount);
    return this._widget.start(mount, function (page) {
      self._page = page;
      self._done();
    }, company);
  };

  prototype.attributeChangedCallback = function (name) {
    if (!this._page) return;
    var mount = this._root.querySelector("#zice-app");
    describe(this, mount);
    if (name === "lang") this._page.setLanguage(language(this));
    if (name === "policies") {
      var company = this._page.company();
      this._page.destroy();
      this._page = null;
      this._start(company).catch(function () {});
    }
  };

  function ask(element, act) {
    return element._load().then(function () { return act(element._page); });
  }

  /** The same where the whole program is needed. */
  function askWhole(element, act) {
    return ask(element, function (page) { return page.whole(); }).then(function () { return ask(element, act); });
  }

  /** What a host may ask, by version: it stays when what is inside changes. */
  prototype.api = function (version) {
    if (version !== 1) throw new RangeError("api(" + version + "): this is version 1");
    var self = this;
    return {
      version: 1,
      ready: self._ready,
      load: function () { return self._load(); },
      company: function () { return ask(self, function (page) { return JSON.parse(page.company()); }); },
      open: function (file) {
        return ask(self, function (page) {
          var text = typeof file === "string" ? file : JSON.stringify(file);
          var wrong = page.open((file && file.name) || "JSON", text);
          if (wrong) throw problem("company", wrong);
        });
      },
      reports: function () { return askWhole(self, function (page) { return page.reports(); }); },
      show: function (screen) { return (screen === "report" ? askWhole : ask)(self, function (page) { return page.show(screen); }); },
      reset: function () {
        return ask(self, function (page) {
          page.destroy();
          return self._start("");
        });
      },
      destroy: function () {
        if (self._page) self._page.destroy();
        self._page = null;
        self.parentNode && self.parentNode.removeChild(self);
      },
    };
  };

  customElements.define(NAME, ZiceCheck);
})();
