// The engine, the page's second program, as the interface calls it. It is fetched
// once the first screen is shown; until then nothing here may be called.

let engine;

/** From now on this is the engine: what its glue exports. */
export function provide(it) {
  engine = it;
}

export const names = (json) => engine.names(json);
export const policy = (json) => engine.policy(json);
export const state = (request) => engine.state(request);
export const reports = (request, lang) => engine.reports(request, lang);
export const list = (request) => engine.list(request);
export const block = (request) => engine.block(request);
