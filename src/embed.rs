//! The interface to the scripts around the wasm: a page in an element, and what a
//! host may ask of it.

use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Element;
use yew::AppHandle;
use zice_rules::{Dictionary, Lang};

use crate::{
    app::{App, Props},
    browser::{engine, events, file, history, host::host, rules::Rules},
    outside::Outside,
    page::{Action, Refusal, Screen, supply::Fetching},
    words,
};

/// A page that is shown in an element.
#[wasm_bindgen]
pub struct Widget {
    app: AppHandle<App>,
    outside: Outside,
}

#[wasm_bindgen]
impl Widget {
    /// Shows the page in an element whose `data-` attributes say how:
    /// `data-lang`, `data-policies` (names of programmes, with `@` and an
    /// edition where it is to be that one), `data-page` where the document is the
    /// page's own, and what the site around says of itself. `read` answers with a promise of the text of a file
    /// that lies beside the policies; policies are asked for when they are
    /// needed.
    ///
    /// # Errors
    ///
    /// What is wrong with the policies, as a text.
    pub async fn start(mount: Element, read: Function) -> Result<Widget, JsValue> {
        let wanted = mount.get_attribute("data-policies").unwrap_or_default();
        let rules = Rules::read(read, &wanted).await?;
        let lang = mount.get_attribute("data-lang");
        let lang = lang.as_deref().and_then(Lang::from_tag).unwrap_or_default();
        let outside = Outside::default();
        events::ready(&mount);
        let props =
            Props { rules: rules.into(), lang, mount: mount.clone(), outside: outside.clone() };
        let app = yew::Renderer::<App>::with_root_and_props(mount, props).render();
        Ok(Widget { app, outside })
    }

    /// The company file as it would be saved; nothing before the page was
    /// shown.
    pub fn company(&self) -> String {
        self.outside.session().map_or_else(String::new, |session| session.file_text())
    }

    /// The draft of the page, for this tab to hold; empty where nothing was filled in
    /// or chosen.
    pub fn draft(&self) -> String {
        self.outside.session().map_or_else(String::new, |session| session.draft())
    }

    /// Opens a company file in place of the answers there are. What is wrong
    /// with it is answered, behind its code and a blank, and then nothing has
    /// changed.
    pub fn open(&self, name: &str, text: &str) -> Option<String> {
        match file::open(text) {
            Ok(members) => {
                self.outside.dispatch(Action::Open(name.to_owned(), members));
                None
            }
            Err((why, detail)) => {
                let lang = self.outside.session().map_or(Lang::Zh, |session| session.view.lang);
                let large = why == Refusal::Large;
                let code = if large { "too-large " } else { "company " };
                let colon = if detail.is_empty() { "" } else { ": " };
                Some([code, words::refusal(why).get(lang), colon, &detail].concat())
            }
        }
    }

    /// Tells the page how far its engine is:
    ///
    /// - `there` is true: it can be asked. `facts` is the text of the dictionary,
    ///   `names` that of what facts are called in tables.
    /// - `there` is false: it could not be fetched, and `failure` says why.
    /// - `there` is nothing: it is being fetched again.
    ///
    /// Returns what is wrong with the names; nothing can be pasted then.
    pub fn engine(
        &self,
        there: Option<bool>,
        facts: &str,
        names: &str,
        failure: String,
    ) -> Option<String> {
        let failed = match there {
            None => {
                self.outside.dispatch(Action::Engine(Fetching::Waiting));
                return None;
            }
            Some(false) => Err(failure),
            Some(true) => self.take(facts, names),
        };
        match &failed {
            Ok(()) => self.outside.dispatch(Action::Engine(Fetching::There)),
            Err(why) => self.outside.dispatch(Action::EngineFailed(why.clone())),
        }
        failed.err().filter(|_| there == Some(true))
    }

    /// The reports of the programmes that are chosen, as plain JSON; nothing
    /// before the engine and their policies are there.
    pub fn reports(&self) -> JsValue {
        match self.outside.session() {
            Some(session) if session.is_whole() => events::reports(&session),
            _ => JsValue::UNDEFINED,
        }
    }

    /// What would make the company pass the programmes that are chosen and how firm its
    /// verdicts are, as JSON; nothing before the engine and their policies are there. Where it is asked for in a way that can't be
    /// used, that is named instead.
    pub fn advise(&self, cushion: &str, horizon: &str) -> Option<String> {
        let session = self.outside.session().filter(|it| it.is_whole())?;
        Some(session.advise(cushion, horizon).unwrap_or_else(|wrong| wrong))
    }

    /// Whether policies that are needed are still being fetched; false where they
    /// are there. Nothing where one could not be had.
    pub fn waits(&self) -> Option<bool> {
        let session = self.outside.session();
        session.map_or(Some(false), |it| it.own_failure().is_none().then(|| !it.are_there()))
    }

    /// Goes to `choose`, `interview` or `report`; false for any other name, or
    /// where nothing is chosen yet.
    pub fn show(&self, screen: &str) -> bool {
        let screen = match screen {
            "choose" => Screen::Choose,
            "interview" => Screen::Topic(0),
            "report" => Screen::Report,
            _ => return false,
        };
        let chosen = self.outside.session().is_some_and(|session| !session.scope.chosen.is_empty());
        if !chosen && screen != Screen::Choose {
            return false;
        }
        self.outside.dispatch(Action::Go(screen));
        true
    }

    /// Changes the language: Chinese for `zh…`, English for `en…`; any other
    /// changes nothing.
    #[wasm_bindgen(js_name = setLanguage)]
    pub fn set_language(&self, tag: &str) {
        if let Some(lang) = Lang::from_tag(tag) {
            self.outside.dispatch(Action::Language(lang));
        }
    }

    /// Shows what the attributes of the element say now of the site around.
    pub fn describe(&self, mount: &Element) {
        self.outside.dispatch(Action::Host(host(mount)));
    }

    /// Tells a field that was left, and has waited for the mouse button, that it is
    /// up again.
    pub fn released(&self) {
        self.outside.dispatch(Action::Typed);
    }

    /// Follows the browser's back or forward, in a document that is the page's own.
    pub fn went(&self) {
        if let Some(screen) = history::went() {
            self.outside.dispatch(Action::Go(screen));
        }
    }

    /// Takes the page out of its element.
    pub fn destroy(self) {
        self.app.destroy();
    }
}

impl Widget {
    /// Takes the dictionary in, and hands the names on to the engine.
    fn take(&self, facts: &str, names: &str) -> Result<(), String> {
        if let Some(session) = self.outside.session() {
            let facts = Dictionary::without_doubts(facts);
            let facts = facts.map_err(|error| ["facts.json: ", &error.to_string()].concat())?;
            // The site may have been renewed since the index was read.
            let digest = facts.digest.clone().unwrap_or_default();
            if digest != session.catalogue.facts_digest {
                return Err(["facts.json: ", &digest, " ≠ index.json"].concat());
            }
            session.catalogue.dictionary.arrive(facts);
        }
        engine::arrived();
        engine::names(names).map_err(|error| ["names.json: ", &error].concat())
    }
}
