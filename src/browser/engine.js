// The engine, the page's second program, as the interface calls it. It is fetched
// once the first screen is shown; until then nothing here may be called.

let engine;

/** From now on this is the engine: what its glue exports. */
export function provide(it) {
  engine = it;
}

export const names = (json) => engine.names(json);
export const policy = (json) => engine.policy(json);
export const advise = (company, request, lang, cushion, horizon) => engine.advise(company, request, lang, cushion, horizon);
/**
 * Calls the engine for something that it can't refuse: what it throws as a text is a
 * mistake of ours, and stops the page as a panic does.
 * @param {() => any} ask
 */
function sure(ask) {
  try {
    return ask();
  } catch (error) {
    throw error instanceof Error ? error : new Error(`panicked at the engine: ${error}`);
  }
}

export const state = (company, request) => sure(() => engine.state(company, request));
export const reports = (company, request, lang) => sure(() => engine.reports(company, request, lang));
export const list = (request) => sure(() => engine.list(request));
export const block = (request) => sure(() => engine.block(request));
export const what_if = (company, request, trial) => sure(() => engine.what_if(company, request, trial));
