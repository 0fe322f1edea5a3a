// A company gets from the cards to the report in any browser: what old.test.mjs
// and firefox.test.mjs do, written once.
//
// A driver (cdp.mjs, webdriver.mjs) has `goto`, `evaluate` of an expression,
// `type` of text into what has the focus, `press` of a key and `selectAll`.
// Everything a person does goes by keys; only the focus is moved by script,
// which spares each version's own way of Tab. What runs in the page is written
// for Chromium 64: no `?.`, no `??`, no `flat`.

/** Thrown where the page does not come to what the flow waits for. */
class Timeout extends Error {}

export class Flow {
  /** `root` is an expression: where in the page the application lies. */
  constructor(driver, { root = "document", timeout = 120_000 } = {}) {
    Object.assign(this, { driver, root, timeout });
  }

  /** Runs `work(root, ...args)` in the page. */
  evaluate(work, ...args) {
    const words = [this.root, ...args.map((it) => JSON.stringify(it))].join(", ");
    return this.driver.evaluate(`(${work})(${words})`);
  }

  /** Waits until `work(root, ...args)` gives something, which is the answer. */
  async until(what, work, ...args) {
    const end = Date.now() + this.timeout;
    for (;;) {
      const found = await this.evaluate(work, ...args);
      if (found) return found;
      if (Date.now() > end) throw new Timeout(`never came: ${what}; the page: ${await this.#shown()}`);
      await new Promise((done) => setTimeout(done, 25));
    }
  }

  #shown() {
    return this.evaluate((root) => ((root && root.querySelector("main")) || document.body).innerText.slice(0, 500));
  }

  waitFor(selector) {
    return this.until(selector, (root, selector) => root && !!root.querySelector(selector), selector);
  }

  /** Moves the focus to the element, or to the button of that text in it. */
  async focus(selector, text = null) {
    await this.until(`${selector} ${text || ""}`, (root, selector, text) => {
      const it = Array.from(root.querySelectorAll(selector)).find((it) => text === null || it.textContent.trim() === text);
      if (!it) return false;
      it.focus();
      return root.activeElement === it;
    }, selector, text);
  }

  async press(selector, key, text) {
    await this.focus(selector, text);
    await this.driver.press(key);
  }

  /** Types over what a field holds. */
  async type(selector, text) {
    await this.focus(selector);
    await this.driver.selectAll();
    await this.driver.type(text);
    await this.until(`${selector} holds ${text}`, (root, selector, text) => root.querySelector(selector).value === text, selector, text);
  }

  /** Goes down in a closed select until it says `value`. */
  async select(selector, value) {
    await this.focus(selector);
    const says = () => this.evaluate((root, selector) => root.querySelector(selector).value, selector);
    for (let presses = 0; await says() !== value; presses++) {
      if (presses === 20) throw new Timeout(`${selector} never says ${value}`);
      await this.driver.press("ArrowDown");
    }
  }

  /** Answers a yes-or-no question, which may be folded away. */
  async answer(fact, yes) {
    const radio = `#zice-${fact}-answer-${yes}`;
    await this.waitFor(radio);
    const folded = await this.evaluate((root, radio) => {
      const fold = root.querySelector(radio).closest(".zice-folded");
      return !!fold && !fold.open;
    }, radio);
    if (folded) await this.press(".zice-folded > summary", "Enter");
    await this.press(radio, "Space");
    await this.until(`${radio} is chosen`, (root, radio) => root.querySelector(radio).checked, radio);
  }

  /** A figure that is only known to lie between two. */
  async range(id, { min, max }) {
    await this.until(`a range for ${id}`, (root, id) => {
      const button = root.querySelector(`#${id}`).closest(".zice-figures").querySelector(".zice-link");
      button.focus();
      return root.activeElement === button;
    }, id);
    await this.driver.press("Space");
    await this.type(`#${id}-min`, min);
    await this.type(`#${id}-max`, max);
  }

  /** Enter on a button; then the next screen's heading has the focus. */
  async go(selector, heading, text) {
    await this.press(selector, "Enter", text);
    await this.until(`the heading ${heading}`, (root, heading) => {
      const at = root.activeElement;
      return !!at && at.hasAttribute("data-zice-heading") && at.textContent.indexOf(heading) >= 0;
    }, heading);
  }

  /** Opens the page and waits for the cards. */
  async open(url) {
    await this.driver.goto(url);
    await this.waitFor("main h1");
    // What the page tells its host, from here on.
    await this.driver.evaluate(`(() => {
      window.heard = [];
      document.addEventListener("zice:report", (event) => window.heard.push(event.detail));
    })()`);
  }

  /** Ticks a programme and starts. */
  async start(programme) {
    const box = `#zice-choose-${programme}`;
    // Where there is but one programme it is chosen already.
    if (!(await this.evaluate((root, box) => root.querySelector(box).checked, box))) await this.press(box, "Space");
    await this.go(".zice-begin .zice-button", "企业概况");
    // The questions come with the engine, and their heading then
    // takes the focus: what is typed before that is typed nowhere.
    await this.until("the questions", (root) => root.querySelector(".zice-live") && root.querySelector("#zice-name") && root.activeElement && root.activeElement.hasAttribute("data-zice-heading"));
  }

  /** What stands beside the questions: the verdict by name, and the points. */
  live() {
    return this.evaluate((root) => {
      const one = root.querySelector(".zice-live [data-zice-programme]");
      const points = one.querySelector("[data-zice-score]");
      return { verdict: one.querySelector(".zice-verdict").getAttribute("data-zice-verdict"), points: points && points.textContent };
    });
  }

  /**
   * Fills in the company of fixtures/company.json for tech-sme, topic by topic,
   * up to the report; answers with what the host is told of it.
   */
  async fill({ name, as_of, facts }) {
    const answers = async (...ids) => { for (const id of ids) await this.answer(id, facts[id]); };
    const next = (heading) => this.go("[data-zice-next]", heading);

    await this.type("#zice-name", name);
    await this.type("#zice-as_of", as_of);
    await this.type("#zice-established_on-value", facts.established_on);
    await this.select("#zice-entity_kind-value", facts.entity_kind);
    await answers("resident_enterprise", "accounts_sound", "audit_collection", "rd_accounting_ready", "pays_income_tax", "industry_restricted");
    await next("人员");

    const years = async (...ids) => {
      for (const id of ids) for (const [year, figure] of Object.entries(facts[id])) {
        const field = `zice-${id}-${year}`;
        await (typeof figure === "string" ? this.type(`#${field}`, figure) : this.range(field, figure));
      }
    };
    await years("sme_staff_total", "sme_staff_tech");
    await next("财务与研发");

    await years("revenue", "cost_total", "total_assets", "rd_expense_deduct", "excluded_industry_income", "excluded_industry_base");
    await next("知识产权");

    for (const [at, right] of facts.ip.entries()) {
      const field = (part) => `#zice-ip-${at}-${part}`;
      await this.press("#zice-ip button", "Enter", "添加一项");
      await this.select(field("kind"), right.kind);
      if (right.granted_on) await this.type(field("granted_on"), right.granted_on);
      if (right.status) await this.select(field("status"), right.status);
    }
    // What can change nothing any more is passed over, and reached by the steps.
    await next("合同与信用");
    if (await this.evaluate((root) => root.querySelector(".zice-unfold").offsetHeight > 0)) await this.press(".zice-unfold", "Enter");
    await this.go(".zice-steps li:nth-child(5) button", "成果与管理");

    await answers("hnte_certificate_valid", "award_top3_5y", "provincial_rd_institution", "led_standard_5y");
    await next("合同与信用");

    await answers("sme_clean_record", "sme_not_listed");
    await next("自测报告");
    return this.driver.evaluate("window.heard[window.heard.length - 1]");
  }

  /** The company file the page saves, caught on its way to the disk. */
  async saved() {
    await this.driver.evaluate(`(() => {
      const createObjectURL = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        window.caught = new Response(blob).text();
        return createObjectURL.call(URL, blob);
      };
      HTMLAnchorElement.prototype.click = () => {};
    })()`);
    await this.press(".zice-files > summary", "Enter");
    await this.press(".zice-files button", "Enter");
    await this.until("a saved file", () => !!window.caught);
    return this.driver.evaluate("window.caught");
  }

  /** The verdict as the report on the screen says it. */
  shownVerdict() {
    return this.evaluate((root) => root.querySelector(".zice-report [data-zice-verdict]").getAttribute("data-zice-verdict"));
  }
}
