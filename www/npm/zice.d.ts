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

/** What `assess` may be told besides. */
export interface ReportOptions extends AssessOptions {
  /**
   * Whether reports tell what would make the company pass and how firm its
   * verdict is. Finding that takes as long as hundreds of assessments: `false`
   * leaves it out, as `zice assess --jsonl` does.
   */
  advice?: boolean;
}

/** What `advise` may be told. */
export interface AdviseOptions extends AssessOptions {
  /**
   * Share by which every figure may still move against the company while it
   * passes: a percentage from `0%` to `50%`, with at most one decimal. None
   * unless said otherwise.
   */
  cushion?: string;
  /** The only round to tell of; both unless said otherwise. */
  horizon?: "this_round" | "next_round";
}

/**
 * What would make a company pass, and how firm its verdict is: the members of a
 * report that tell it.
 */
export type Advised = Pick<Report, "policy" | "company" | "as_of" | "verdict" | "warnings" | "advice" | "margins"> &
  Required<Pick<Report, "no_advice" | "near" | "breaking" | "stopped">> & {
    earliest: Report["earliest"] | null;
    tolerance: string | null;
  };

/** Advice of several programmes: what `zice advise` prints of them. */
export interface AdvisedTogether {
  programmes: Advised[];
  /**
   * For each round, what helps most programmes comes first, then what breaks
   * fewest. `item` counts the advice of the programme from 1.
   */
  together: { policy: string; item: number; helps: string[]; breaks: string[] }[];
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
  assess(company: CompanyFile | string | Uint8Array, policy: string, options?: ReportOptions): Report;
  assess(company: CompanyFile | string | Uint8Array, policies?: string[], options?: ReportOptions): Report[];
  /**
   * What would make a company pass, and how firm its verdict is: what `zice
   * advise` prints. Reports have the same members; here they can be asked for
   * with a cushion, or for one round.
   *
   * @throws {ZiceError} `company`, `unknown-policy`, `not-loaded`,
   * `calculation`, `usage`
   */
  advise(company: CompanyFile | string | Uint8Array, policy: string, options?: AdviseOptions): Advised;
  /**
   * The same of several programmes, every programme where none is named, and all of
   * it as one list: what helps more than one, and what it would break elsewhere.
   */
  advise(company: CompanyFile | string | Uint8Array, policies?: string[], options?: AdviseOptions): AdvisedTogether;
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
  scenarios?: unknown;
}

/* FACTS */
/* REPORT */
