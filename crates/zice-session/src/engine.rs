//! The engine, which decides, as the session asks it.
//!
//! In the page it is a program of its own that is fetched once the first screen is
//! shown; until then it can't be asked, and what needs it waits. In tests it is
//! [`zice_engine::Engine`] itself.

use zice_engine::{
    Engine,
    protocol::{
        BlockReply, BlockRequest, CompanyRequest, ListRequest, Reports, State, Trial, Tried,
    },
};
use zice_rules::Lang;
use zice_tables::list::Reading;

/// What a session asks its engine.
pub trait Ask {
    /// Whether the engine can be asked; before that nothing else may be called.
    fn is_there(&self) -> bool;
    /// What can be said about a company at this moment.
    fn state(&self, request: &CompanyRequest<'_>) -> State;
    /// The reports about a company.
    fn reports(&self, request: &CompanyRequest<'_>, lang: Lang) -> Reports;
    /// What would make the company pass and how firm its verdicts are, as
    /// [`zice_report::SeveralAdvice`] in JSON.
    ///
    /// # Errors
    /// Names what was asked for in a way that can't be used.
    fn advise(
        &self,
        request: &CompanyRequest<'_>,
        lang: Lang,
        cushion: &str,
        horizon: &str,
    ) -> Result<String, String>;
    /// What comes of figures that are tried otherwise.
    fn what_if(&self, request: &CompanyRequest<'_>, trial: &Trial) -> Tried;
    /// Reads a pasted table as entries of a list.
    fn list(&self, request: &ListRequest<'_>) -> Reading;
    /// Reads a pasted block as figures of a fact.
    fn block(&self, request: &BlockRequest<'_>) -> BlockReply;
}

impl Ask for Engine {
    fn is_there(&self) -> bool {
        true
    }

    fn state(&self, request: &CompanyRequest<'_>) -> State {
        self.state(request)
    }

    fn reports(&self, request: &CompanyRequest<'_>, lang: Lang) -> Reports {
        self.reports(request, lang)
    }

    fn advise(
        &self,
        request: &CompanyRequest<'_>,
        lang: Lang,
        cushion: &str,
        horizon: &str,
    ) -> Result<String, String> {
        self.advise(request, lang, cushion, horizon)
    }

    fn what_if(&self, request: &CompanyRequest<'_>, trial: &Trial) -> Tried {
        self.what_if(request, trial)
    }

    fn list(&self, request: &ListRequest<'_>) -> Reading {
        self.list(request)
    }

    fn block(&self, request: &BlockRequest<'_>) -> BlockReply {
        self.block(request)
    }
}
