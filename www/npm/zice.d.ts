/** The version of the package. */
export declare const version: string;

/** What `load` may be told. */
export interface LoadOptions {
  /**
   * The policies to fetch: `tech-sme@2023`, or `tech-sme` for all its
   * editions. All there are where it is left out.
   */
  policies?: string | string[];
  /**
   * The folder with `policies/` and the wasm, where they do not lie beside
   * the module: what a bundler writes usually needs it. In a browser it is
   * read against the address of the page.
   */
  base?: string | URL;
  /** Language of reports and messages; Chinese (`zh`) unless said otherwise. */
  lang?: Lang;
}

/** `zh`, `en`, or a tag that begins so. */
export type Lang = "zh" | "en" | `zh-${string}` | `en-${string}`;

/** What `assess` may be told. */
export interface AssessOptions {
  /** Language of this report; that of `load` unless said otherwise. */
  lang?: Lang;
  /** Day of application, `YYYY-MM-DD`, whatever the file says. */
  as_of?: string;
}

/**
 * Fetches the engine, once a page however often it is called, and the
 * policies that were named.
 *
 * @throws {ZiceError} `unknown-policy`, `asset-missing`, `asset-corrupt`,
 * `csp-blocked`, `unsupported`, `usage`
 */
export declare function load(options?: LoadOptions): Promise<Zice>;

/** The engine with policies. */
export interface Zice {
  /**
   * What a policy says about a company: what `zice assess` prints.
   *
   * Without an edition (`tech-sme`) the day of application decides: the
   * newest whose year is not after it, else the oldest. With a list, or
   * without `policy`, the answer is a list; without it every programme is
   * asked.
   *
   * @param company a company file: an object, its JSON text, or the bytes of
   * it. A text keeps every number as it is written.
   * @throws {ZiceError} `company`, `unknown-policy`, `not-loaded`,
   * `calculation`, `usage`
   */
  assess(company: CompanyFile | string | Uint8Array, policy: string, options?: AssessOptions): Report;
  assess(company: CompanyFile | string | Uint8Array, policies?: string[], options?: AssessOptions): Report[];
  /**
   * Many companies under one policy: verdict, points and a status for each
   * criterion, without reports and their texts.
   *
   * Without an edition (`tech-sme`) the day of application decides for each
   * company, as in `assess`.
   *
   * @throws {ZiceError} `unknown-policy`, `not-loaded`, `usage`
   */
  batch(policy: string, options?: AssessOptions): Batch;
  /** Every policy there is, and whether it was loaded. */
  policies(): PolicyEntry[];
}

/** Companies under one policy. */
export interface Batch {
  /**
   * Assesses companies, one after another, and keeps none of them. What can't
   * be used or assessed has the reason in its place.
   *
   * @throws {ZiceError} `usage` where the argument is no list
   */
  assess(companies: Iterable<CompanyFile | string | Uint8Array>): (Brief | Refusal)[];
  /** The same of all companies that were added, which are kept. */
  assess(): (Brief | Refusal)[];
  /**
   * Adds companies, of which some hundred bytes each are kept; what can't be
   * used has its place too. How many there are now.
   *
   * @throws {ZiceError} `usage` where the argument is no list
   */
  add(companies: Iterable<CompanyFile | string | Uint8Array>): number;
  /** How many companies were added. */
  readonly length: number;
  /** Forgets the companies that were added. */
  clear(): void;
}

/** What a policy says about one company of many: as a line of `zice assess --brief`. */
export interface Brief {
  /** `id@edition`. */
  policy: string;
  verdict: Report["verdict"];
  /** Fewest and most points; nothing where the programme has no total. */
  score: [string, string] | null;
  /** By the names of the criteria, in the order of the report. */
  statuses: { [criterion: string]: Criterion["status"] };
}

/** Why there is no answer for one company of many. */
export interface Refusal {
  code: "company" | "too-large" | "not-loaded" | "calculation";
  error: string;
  problems: ZiceError["problems"];
  policies: string[];
}

/** A policy that can be asked. */
export interface PolicyEntry {
  id: string;
  edition: string;
  title: string;
  /** The calendar year of the round. */
  year: number;
  /** First and last day applications are taken, as far as known. */
  opens: string | null;
  closes: string | null;
  digest: string;
  loaded: boolean;
}

/** Why there is no answer. */
export declare class ZiceError extends Error {
  readonly code:
    | "company"
    | "too-large"
    | "unknown-policy"
    | "not-loaded"
    | "calculation"
    | "asset-missing"
    | "asset-corrupt"
    | "csp-blocked"
    | "unsupported"
    | "usage";
  /** With `company`: every place that can't be used. */
  readonly problems: { fact: string | null; path: string; text: string }[];
  /** With `not-loaded`: what has to be named in `load`. */
  readonly policies: string[];
}

/** A decimal: below 10^15, at most six decimals. A text is always exact. */
export type Figure = number | string;
/** A value, or a range it lies in, ends included. */
export type Estimated<T> = T | { min: T; max?: T | null } | { min?: T | null; max: T };
/** Values by fiscal year (`"2022"`). */
export interface ByYear<T> {
  [year: string]: T | null;
}

/** What is known about one company. */
export interface CompanyFile {
  schema: "zice.company/1";
  name?: string | null;
  /** Day of application, `YYYY-MM-DD`; today where it is missing. */
  as_of?: string | null;
  facts?: Facts | null;
  /** Members that the page keeps; no rule looks at them. */
  papers?: unknown;
  programmes?: unknown;
  results?: unknown;
}

/* FACTS */
/** What a policy says about a company. */
export interface Report {
  schema: "zice.report/1";
  policy: { id: string; edition: string; digest: string };
  company: string | null;
  as_of: string;
  verdict: "met" | "not_met" | "undecided" | "needs_review" | "not_applicable" | "hint";
  /** The way in which the company passes. */
  route: string | null;
  score: { min: string; max: string; out_of: string; needs: string; strict: boolean } | null;
  criteria: Criterion[];
  /** Facts that can still change the verdict, most decisive first. */
  next_questions: string[];
  /** Papers to prepare. */
  documents: { id: string; title: string; because: string[] }[];
  /** Entries of lists one by one; absent where there is nothing to say. */
  items?: Item[];
  /** Figures for orientation; absent where the policy has none. */
  indicators?: Indicator[];
  /** Empty so far. */
  advice: unknown[];
  /** Empty so far. */
  margins: unknown[];
  /** Defaults that were taken: `ip[0].owner = company`. */
  assumed: string[];
  calendar: { what: string; from?: string; date: string; state: "past" | "open" | "future"; confidence: Confidence }[];
  warnings: { code: string; text: string }[];
  /** Answers that can be right and hardly are; they change nothing above. */
  doubts: Doubt[];
}

/** An answer that can be right and hardly is. */
export interface Doubt {
  code: string;
  /** The fiscal year it is about. */
  year?: string;
  /** The facts it rests on, the one it is told at first. */
  facts: string[];
  text: string;
  /** The change that lays it to rest. */
  suggest?: { fact: string; year?: string; to: string };
}

/** A line of the policy. */
export interface Criterion {
  id: string;
  kind: "gate" | "score" | "bonus" | "route" | "document" | "note";
  /** The entry it is about, where entries are judged one by one. */
  group?: string;
  title: string;
  status: "met" | "not_met" | "unknown" | "needs_review" | "not_applicable";
  points?: { min: string; max: string; out_of: string };
  observed?: Observed;
  /** What it is measured against: `>= 10%`. */
  limit?: string;
  rule: string;
  /** The calculation in a sentence. */
  explain: string;
  cites: Cite[];
  evidence: string[];
}

/** What was measured: canonical decimals, or fractions in lowest terms. */
export interface Observed {
  min: string | null;
  max: string | null;
  unit: "ratio" | "yuan" | "count" | "date" | "days" | "year" | "points" | "times";
}

/** Where a rule stands. */
export interface Cite {
  source: string;
  /** Where the document is shown, a full https address. */
  url?: string;
  clause: string | null;
  page: string | null;
  confidence: Confidence;
}

/** How sure a reading is. */
export type Confidence = "official" | "reposted" | "two-sources" | "one-source" | "derived" | "assumed" | "open";

/** An entry of a list. */
export interface Item {
  fact: string;
  index: number;
  name: string;
  status: "counts" | "does_not_count" | "unknown" | "needs_review";
  counts_for: string[];
  may_count_for: string[];
  because: { id: string; text: string; cites: Cite[] }[];
}

/** A figure for orientation. */
export interface Indicator {
  id: string;
  group?: string;
  title: string;
  rule: string;
  better: "higher" | "lower" | "neither";
  cites: Cite[];
  values: { side?: string; side_title?: string; year?: number; observed?: Observed; explain: string }[];
}
