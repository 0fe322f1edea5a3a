// What `tsc` is told of the scripts of this folder (`cargo xtask test --only
// lint`): names that the build puts in, and members that they add to elements.

/** Put in by the build, see xtask/src/script.rs. */
declare const ZICE_BUILD: string;
declare const ZICE_ENGINE: string;
declare const ZICE_FILES: string;
declare const ZICE_INTEGRITY: string;
declare const ZICE_PAGE_ENGINE: string;
declare const ZICE_PACKED: string;
declare const ZICE_STYLES: string;
declare const ZICE_VERSION: string;
declare const ZICE_WASM: string;
declare const ZICE_WIDGET: string;

/** Made by wasm-bindgen and by the build. */
declare module "zice-glue";
declare module "zice-engine-glue";
declare module "zice-data";
declare module "fflate";

/** Node's, where there is one. */
declare const process: any;

/** `document.currentScript` may be one; ours never is. */
interface SVGScriptElement {
  src: string;
  crossOrigin: string | null;
  zice?: any;
  zicePacked?: any;
}

interface HTMLScriptElement {
  zice?: any;
}

/** The script of the offline file carries its data. */
interface Element {
  zicePacked?: any;
}

interface CustomElementConstructor {
  zice?: string;
}

/** What is told with a code, and the place in a company file. */
interface Error {
  code?: any;
  path?: string;
  detail?: string;
}

/** The events that `<zice-check>` sends. */
interface DocumentEventMap {
  "zice:report": CustomEvent;
}
