// zice.js: the script that a host page loads. The build makes it ECMAScript 5
// and ASCII, so that the oldest browser can run it, in a page of any encoding,
// and show a readable message.
//
//   <script src="zice.js" defer></script>
//   <zice-check policies="tech-sme"></zice-check>
//
// It defines the element. The page itself (www/boot/widget.js) is fetched when
// an element comes near the visible area, or is used.
import { textOf } from "./boot/plain.js";

(function () {
  "use strict";
  var NAME = "zice-check";
  var own = document.currentScript;
  var base = own && own.src;
  var OLD = "\u6b64\u6d4f\u89c8\u5668\u7248\u672c\u8fc7\u4f4e\uff0c\u65e0\u6cd5\u8fd0\u884c\u81ea\u6d4b\u3002\u8bf7\u6362\u7528 Chrome / Edge 86 \u4ee5\u4e0a\u7248\u672c\uff0c\u6216\u5207\u6362\u5230\u201c\u6781\u901f\u6a21\u5f0f\u201d\u3002 This browser is too old for the self-check. Please use Chrome or Edge 86 or newer.";
  var MISSING = "\u7a0b\u5e8f\u6587\u4ef6\u672a\u80fd\u8f7d\u5165\uff0c\u8bf7\u68c0\u67e5\u7f51\u7edc\u540e\u5237\u65b0\u9875\u9762\u3002 The program could not be loaded: check the network and reload.";
  var CUT = "\u7a0b\u5e8f\u6587\u4ef6\u4e0d\u5b8c\u6574\uff0c\u8bf7\u5237\u65b0\u9875\u9762\uff1b\u4ecd\u7136\u4e0d\u884c\uff0c\u8bf7\u8054\u7cfb\u7f51\u7ad9\u7ba1\u7406\u5458\u3002 A file of the program is not complete: reload, and if that does not help tell the site's administrator.";
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
    // Loading the same version twice is harmless.
    if (defined.zice !== ZICE_VERSION) {
      console.warn("zice.js " + ZICE_VERSION + ": <" + NAME + "> is there already (" + (defined.zice || "not Zice") + ")");
    }
    return;
  }

  var scripts = {};
  /** Loads the page's script from a folder, once. */
  function fetchWidget(from) {
    if (!scripts[from]) {
      scripts[from] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.src = new URL(ZICE_WIDGET, from).href;
        // If the host loads this file with CORS, the rest is checked by
        // integrity too.
        if (own.crossOrigin !== null) {
          script.crossOrigin = own.crossOrigin;
          script.integrity = ZICE_INTEGRITY;
        }
        var came = false;
        script.zice = function (widget) {
          came = true;
          done(widget);
        };
        script.onerror = function () { refuse("asset-missing"); };
        // The script runs before this event; a truncated one does not run.
        script.onload = function () { if (!came) refuse("asset-corrupt"); };
        function refuse(code) {
          delete scripts[from];
          script.parentNode.removeChild(script);
          fail(problem(code, script.src));
        }
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

  /** Adds the styles as the first child of the shadow root. */
  function addStyles(root, address) {
    if (navigator.vendor === "Google Inc." && !document.adoptedStyleSheets) {
      // Chromium before 73 ignores a link there and never reports it as loaded.
      var style = make("style", root);
      fetch(address).then(function (response) { return response.text(); }).then(function (text) { style.textContent = text; }, function () {});
      return;
    }
    var link = make("link", root);
    link.rel = "stylesheet";
    link.href = address;
  }

  /** Calls `act` when the element comes near the visible area. */
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
    renew(self);
    return self;
  }

  /** Makes a new promise that waits for the page. */
  function renew(element) {
    element._ready = new Promise(function (done, fail) {
      element._done = done;
      element._fail = fail;
    });
    // A host that does not use the promise gets the event instead of an
    // unhandled rejection.
    element._ready.catch(function () {});
    element._failed = false;
  }
  ZiceCheck.zice = ZICE_VERSION;
  // What the site says of itself; of the first two a text inside the element
  // comes before the attribute.
  var SLOTS = ["brand", "contact"];
  var TOLD = SLOTS.concat("page-title", "heading-level", "chrome");
  ZiceCheck.observedAttributes = ["lang", "theme", "large", "policies"].concat(TOLD);
  var prototype = ZiceCheck.prototype = Object.create(HTMLElement.prototype);
  prototype.constructor = ZiceCheck;

  /** The language of the nearest ancestor that names one. */
  function language(element) {
    var at = element;
    while (at) {
      if (at.getAttribute && at.getAttribute("lang")) return at.getAttribute("lang");
      at = at.parentNode || at.host;
    }
    return "zh-CN";
  }

  /** The text in the slot of this name; whatever else is in there is not shown. */
  function slotted(element, name) {
    var text = "";
    for (var at = 0; at < element.children.length; at++) {
      if (element.children[at].getAttribute("slot") === name) text += " " + element.children[at].textContent;
    }
    return text.replace(/\s+/g, " ").trim();
  }

  /** Says on the page's element what the host says of itself. */
  function introduce(element, mount) {
    TOLD.forEach(function (name) {
      var text = SLOTS.indexOf(name) >= 0 && slotted(element, name) || element.getAttribute(name);
      if (text) mount.setAttribute("data-" + name, text);
      else mount.removeAttribute("data-" + name);
    });
  }

  /** Says it anew, to the page too once that is there. */
  function introduceAnew(element) {
    var mount = element._root && element._root.querySelector("#zice-app");
    if (!mount) return;
    introduce(element, mount);
    if (element._page) element._page.heed();
    else element._late = true;
  }

  /**
   * Says to the page what the attributes want. Colours and size of type may be the
   * user's by now: only the attribute of this `name` takes their place.
   */
  function describe(element, mount, name) {
    var theme = element.getAttribute("theme");
    mount.setAttribute("data-lang", language(element));
    mount.setAttribute("data-policies", element.getAttribute("policies") || "");
    if (!name || name === "theme") mount.setAttribute("data-zice-theme", theme || "light");
    if (name && name !== "large") return;
    if (element.hasAttribute("large")) mount.setAttribute("data-zice-large", "");
    else mount.removeAttribute("data-zice-large");
  }

  /** @this {any} */
  prototype.connectedCallback = function () {
    // Moved or put back: everything is still there.
    if (this._root && !this._gone) return;
    var self = this;
    var named = this.getAttribute("base");
    var from = new URL(named || "./", named ? document.baseURI : base);
    this._from = /\/$/.test(from.pathname) ? from.href : from.href + "/";
    this._gone = false;
    if (!this._root) {
      this._root = this.attachShadow({ mode: "open", delegatesFocus: true });
      addStyles(this._root, new URL(ZICE_STYLES, this._from).href);
      new MutationObserver(function () { introduceAnew(self); })
        .observe(this, { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: ["slot"] });
    }
    this._wait = make("p", this._root, LOADING);
    this._wait.setAttribute("role", "status");
    var lazy = this.getAttribute("lazy");
    if (this._wanted || lazy === "eager") this._load();
    else if (lazy === "interaction") {
      this._wait.textContent = "";
      this._wait.removeAttribute("role");
      var button = make("button", this._wait, BEGIN);
      button.type = "button";
      // The button that was pressed disappears, so the page's first heading
      // takes the focus.
      button.onclick = function () {
        self._load().then(function () { self._root.querySelector("[data-zice-heading]").focus(); }, function () {});
      };
    } else {
      if (lazy && lazy !== "visible") console.warn("Zice: lazy=\"" + lazy + "\": visible, interaction, eager");
      whenNear(this, function () { self._load(); });
    }
  };

  /**
   * Loads the page if it is not loaded yet. Outside of a document it waits for
   * one.
   *
   * @this {any}
   */
  prototype._load = function () {
    this._wanted = true;
    if (this._loading || !this._root || this._gone) return this._ready;
    this._loading = true;
    if (this._failed) renew(this);
    var self = this;
    clear(this);
    this._wait = make("p", this._root, LOADING);
    this._wait.setAttribute("role", "status");
    fetchWidget(this._from).then(function (widget) {
      self._widget = widget;
      // If destroyed while loading, it stops here; put back, it loads again.
      if (!self._gone && self._loading) self._start(self._company || "");
    }, function (error) {
      failed(self, error);
      self._wait.setAttribute("role", "alert");
      var text = error.code === "asset-corrupt" ? CUT : MISSING;
      self._wait.textContent = text + " (" + error.message + ")";
      make("slot", self._root);
      self.dispatchEvent(new CustomEvent("zice:error", { bubbles: true, composed: true, detail: { version: 1, code: error.code, text: text } }));
    });
    return this._ready;
  };

  function failed(element, error) {
    element._loading = false;
    element._failed = true;
    element._fail(error);
  }

  /** Removes everything but the styles. */
  function clear(element) {
    var root = element._root;
    while (root.lastChild !== root.firstChild) root.removeChild(root.lastChild);
  }

  /** Shows the page anew with the answers of a company file. @this {any} */
  prototype._start = function (company) {
    var self = this;
    var turn = this._turn = (this._turn || 0) + 1;
    this._company = company;
    this._loading = true;
    if (this._failed) renew(this);
    var mount = document.createElement("div");
    mount.id = "zice-app";
    mount.className = "zice-root";
    mount.setAttribute("part", "page");
    describe(this, mount);
    if (this.getAttribute("draft") === "off") mount.setAttribute("data-draft", "off");
    introduce(this, mount);
    // A frame without an origin of its own opens no window.
    if (window.origin !== "null") mount.setAttribute("data-about", new URL("about.html", this._from).href);
    clear(this);
    this._root.appendChild(mount);
    this._widget.start(mount, function (page) {
      // Another page was asked for in the meantime.
      if (turn !== self._turn || self._gone) return page.destroy();
      if (self._failed) renew(self);
      self._loading = true;
      self._page = page;
      if (self._late) page.heed();
      self._late = false;
      self._done();
    }, company).catch(function (error) {
      // The page's own start has already said why it failed.
      if (turn === self._turn) failed(self, error);
    });
    return this._ready;
  };

  /** Takes the page away; returns its answers as a company file. */
  function stop(element) {
    if (element._page) {
      element._company = element._page.company();
      element._page.destroy();
      renew(element);
    }
    element._page = null;
    return element._company || "";
  }

  prototype.attributeChangedCallback = function (name) {
    if (name === "policies" && this._widget && !this._gone) {
      this._start(stop(this));
      return;
    }
    if (TOLD.indexOf(name) >= 0) return introduceAnew(this);
    if (!this._page) return;
    describe(this, this._root.querySelector("#zice-app"), name);
    if (name === "theme") this._page.heed();
    if (name === "lang") this._page.setLanguage(language(this));
  };

  function ask(element, act) {
    if (element._gone) return Promise.reject(problem("destroyed", NAME));
    return element._load().then(function () { return act(element._page); });
  }

  /** Like `ask`, but waits for the whole program first. */
  function askWhole(element, act) {
    return ask(element, function (page) { return page.whole(); }).then(function () { return ask(element, act); });
  }

  /**
   * The methods a host may call, by version. They stay when the inside changes.
   */
  prototype.api = function (version) {
    if (version !== 1) {
      var other = new RangeError("api(" + version + "): this is version 1");
      other.code = "usage";
      throw other;
    }
    var self = this;
    return {
      version: 1,
      get ready() { return self._ready; },
      load: function () { return self._load(); },
      company: function () { return ask(self, function (page) { return JSON.parse(page.company()); }); },
      open: function (file) {
        return ask(self, function (page) {
          var name = file && typeof file.name === "string" ? file.name : "JSON";
          var wrong = page.open(name, textOf(file));
          if (wrong) throw problem(wrong.split(" ")[0], wrong.slice(wrong.indexOf(" ") + 1));
        });
      },
      reports: function () { return askWhole(self, function (page) { return page.reports(); }); },
      advise: function (options) {
        var asked = options || {};
        if (options === null || typeof asked !== "object") {
          return Promise.reject(problem("usage", "options: " + options));
        }
        return askWhole(self, function (page) {
          var told = page.advise(String(asked.cushion || ""), String(asked.horizon || ""));
          if (told && told.charAt(0) !== "{") throw problem("usage", told);
          return told && JSON.parse(told);
        });
      },
      show: function (screen) { return (screen === "report" ? askWhole : ask)(self, function (page) { return page.show(screen); }); },
      reset: function () {
        return ask(self, function () {
          stop(self);
          return self._start("");
        });
      },
      /**
       * Forgets everything. Put into a document again, the element starts
       * afresh.
       */
      destroy: function () {
        stop(self);
        self._fail(problem("destroyed", NAME));
        renew(self);
        self._turn = (self._turn || 0) + 1;
        self._company = "";
        self._loading = self._wanted = false;
        self._gone = true;
        if (self._root) clear(self);
        if (self.parentNode) self.parentNode.removeChild(self);
      },
    };
  };

  customElements.define(NAME, /** @type {any} */ (ZiceCheck));
})();
