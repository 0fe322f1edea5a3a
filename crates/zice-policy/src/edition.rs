//! Fills in what an edition takes over from another, before it is compiled.
//!
//! An item with its own id replaces the inherited item of that id, in the same
//! place. Every item remembers the file it comes from, so that messages point
//! there.

use std::{collections::BTreeMap, sync::Arc};

use toml::Spanned;
use zice_rules::Text;

use crate::{
    error::{Diagnostic, SourceFile},
    policy_file::{
        CautionFile, CriterionFile, EachFile, EntryNoteFile, IndicatorFile, LeverFile,
        MilestoneFile, MutationExceptionFile, PaperFile, PolicyFile, StatementFile, WindowFile,
    },
};

/// An item together with the file it comes from.
#[derive(Debug, Clone)]
pub(crate) struct Located<T> {
    pub file: Arc<SourceFile>,
    pub item: T,
}

/// An edition with everything it inherits filled in.
#[derive(Debug, Clone)]
pub(crate) struct Edition {
    pub file: Arc<SourceFile>,
    pub schema: Spanned<String>,
    pub id: Spanned<String>,
    pub edition: Spanned<String>,
    pub title: Text,
    pub summary: Text,
    pub authority: Text,
    pub platform: Text,
    pub minutes: u8,
    pub order: u8,
    pub checked_on: Spanned<String>,
    pub review_by: Spanned<String>,
    pub window: WindowFile,
    pub verdict: Option<Located<Spanned<String>>>,
    pub hint: bool,
    pub each: Option<Located<EachFile>>,
    pub define: BTreeMap<String, Located<Spanned<String>>>,
    pub milestones: Vec<Located<MilestoneFile>>,
    pub benefits: Vec<Located<StatementFile>>,
    pub cautions: Vec<Located<CautionFile>>,
    pub open_points: Vec<Located<StatementFile>>,
    pub papers: Vec<Located<PaperFile>>,
    pub criteria: Vec<Located<CriterionFile>>,
    pub indicators: Vec<Located<IndicatorFile>>,
    pub entry_notes: Vec<Located<EntryNoteFile>>,
    pub levers: Vec<Located<LeverFile>>,
    pub mutation_exceptions: Vec<Located<MutationExceptionFile>>,
}

/// An item that has an id, so that a later edition can replace it.
trait Identified {
    fn id(&self) -> &Spanned<String>;
}

macro_rules! identified {
    ($($type:ty)*) => {$(
        impl Identified for $type {
            fn id(&self) -> &Spanned<String> {
                &self.id
            }
        }
    )*};
}

identified! {
    MilestoneFile StatementFile CautionFile PaperFile CriterionFile IndicatorFile EntryNoteFile LeverFile
}

/// Resolves an edition by first resolving the one it extends, up to five
/// levels. Fails if a base is missing from `parsed`.
pub(crate) fn resolve(
    address: &str,
    parsed: &BTreeMap<String, (Arc<SourceFile>, PolicyFile)>,
    depth: u8,
) -> Result<Edition, Vec<Diagnostic>> {
    let Some((file, own)) = parsed.get(address) else { return Err(Vec::new()) };
    let error = |span: core::ops::Range<usize>, message: String| {
        vec![Diagnostic { file: Arc::clone(file), span, message, help: None }]
    };
    let base = match &own.extends {
        None => None,
        Some(base) if depth > 4 || base.get_ref() == address => {
            return Err(error(
                base.span(),
                "不能这样层层沿用 / editions build on each other".to_owned(),
            ));
        }
        Some(base) => match parsed.get(base.get_ref()) {
            None => {
                let message = format!("没有 {} / no such edition", base.get_ref());
                return Err(error(base.span(), message));
            }
            Some(_) => Some(resolve(base.get_ref(), parsed, depth + 1)?),
        },
    };
    Merge { file, found: Vec::new() }.merge(own, base)
}

struct Merge<'a> {
    file: &'a Arc<SourceFile>,
    found: Vec<Diagnostic>,
}

impl Merge<'_> {
    fn report(&mut self, span: core::ops::Range<usize>, message: String) {
        self.found.push(Diagnostic { file: Arc::clone(self.file), span, message, help: None });
    }

    fn here<T>(&self, item: T) -> Located<T> {
        Located { file: Arc::clone(self.file), item }
    }

    fn merge(
        mut self,
        own: &PolicyFile,
        base: Option<Edition>,
    ) -> Result<Edition, Vec<Diagnostic>> {
        let own = own.clone();
        let mut base = base;
        for id in &own.remove {
            let taken = base.as_mut().is_some_and(|base| base.remove(id.get_ref()));
            if !taken {
                self.report(id.span(), "没有可去掉的这一项 / nothing to take away".to_owned());
            }
        }
        let place = own.id.span();
        let old = base.as_ref();
        let title = self.needed("title", own.title, old.map(|it| &it.title), &place);
        let summary = self.needed("summary", own.summary, old.map(|it| &it.summary), &place);
        let authority =
            self.needed("authority", own.authority, old.map(|it| &it.authority), &place);
        let platform = self.needed("platform", own.platform, old.map(|it| &it.platform), &place);
        let minutes = self.needed("minutes", own.minutes, old.map(|it| &it.minutes), &place);
        // A programme without an order of its own comes last.
        let order = own.order.or_else(|| old.map(|it| it.order)).unwrap_or(u8::MAX);
        let hint = own.hint.unwrap_or_else(|| old.is_some_and(|it| it.hint));
        let verdict =
            own.verdict.map(|it| self.here(it)).or_else(|| old.and_then(|it| it.verdict.clone()));
        let wrong = match (&verdict, hint) {
            (Some(_), true) => Some("hint = true 时不写 verdict / a hint has no verdict"),
            (None, false) => Some("缺 verdict / verdict is missing"),
            _ => None,
        };
        if let Some(message) = wrong {
            self.report(place.clone(), message.to_owned());
        }
        let each = own.each.map(|it| self.here(it)).or_else(|| old.and_then(|it| it.each.clone()));
        let mut define = old.map(|it| it.define.clone()).unwrap_or_default();
        for (name, text) in own.define {
            define.insert(name, self.here(text));
        }
        let taken = base.unwrap_or_else(|| Edition::nothing(self.file, &own.id, &own.window));
        let criteria = self.criteria(taken.criteria, own.criteria);
        let edition = Edition {
            file: Arc::clone(self.file),
            schema: own.schema,
            id: own.id,
            edition: own.edition,
            title: title.unwrap_or_default(),
            summary: summary.unwrap_or_default(),
            authority: authority.unwrap_or_default(),
            platform: platform.unwrap_or_default(),
            minutes: minutes.unwrap_or_default(),
            order,
            checked_on: own.checked_on,
            review_by: own.review_by,
            window: own.window,
            verdict,
            hint,
            each,
            define,
            // Milestones are not inherited: each round has its own dates.
            milestones: self.items(Vec::new(), own.milestones),
            benefits: self.items(taken.benefits, own.benefits),
            cautions: self.items(taken.cautions, own.cautions),
            open_points: self.items(taken.open_points, own.open_points),
            papers: self.items(taken.papers, own.papers),
            criteria,
            indicators: self.items(taken.indicators, own.indicators),
            entry_notes: self.items(taken.entry_notes, own.entry_notes),
            levers: self.items(taken.levers, own.levers),
            mutation_exceptions: taken
                .mutation_exceptions
                .into_iter()
                .chain(
                    own.mutation_exceptions
                        .into_iter()
                        .map(|item| Located { file: Arc::clone(self.file), item }),
                )
                .collect(),
        };
        if self.found.is_empty() { Ok(edition) } else { Err(self.found) }
    }

    fn needed<T: Clone>(
        &mut self,
        name: &str,
        own: Option<T>,
        taken: Option<&T>,
        place: &core::ops::Range<usize>,
    ) -> Option<T> {
        let value = own.or_else(|| taken.cloned());
        if value.is_none() {
            self.report(place.clone(), format!("缺 {name} / {name} is missing"));
        }
        value
    }

    /// Merges an edition's own items into the inherited ones: an item replaces
    /// the one with its id, or else goes to the end.
    fn items<T: Identified>(&mut self, taken: Vec<Located<T>>, own: Vec<T>) -> Vec<Located<T>> {
        let mut items = taken;
        let first_own = items.len();
        for item in own {
            let item = self.here(item);
            let at = items
                .iter()
                .position(|known| known.item.id().get_ref() == item.item.id().get_ref());
            match at {
                Some(at) if at >= first_own || Arc::ptr_eq(&items[at].file, &item.file) => {
                    self.report(item.item.id().span(), "编号重复 / id used twice".to_owned());
                }
                Some(at) => items[at] = item,
                None => items.push(item),
            }
        }
        items
    }

    /// Merges criteria like [`Self::items`], except that a new one with `after`
    /// goes behind the criterion named there.
    fn criteria(
        &mut self,
        taken: Vec<Located<CriterionFile>>,
        own: Vec<CriterionFile>,
    ) -> Vec<Located<CriterionFile>> {
        let mut placed: Vec<(String, CriterionFile)> = Vec::new();
        let mut rest = Vec::new();
        for item in own {
            match &item.after {
                Some(after) => placed.push((after.get_ref().clone(), item)),
                None => rest.push(item),
            }
        }
        let mut criteria = self.items(taken, rest);
        // Two criteria placed behind the same one keep their order.
        let mut last: BTreeMap<String, String> = BTreeMap::new();
        for (after, item) in placed {
            let behind = last.get(&after).unwrap_or(&after);
            let at = criteria.iter().position(|known| *known.item.id.get_ref() == *behind);
            if criteria.iter().any(|known| known.item.id.get_ref() == item.id.get_ref()) {
                self.report(item.id.span(), "编号重复 / id used twice".to_owned());
            }
            match (at, &item.after) {
                (Some(at), _) => {
                    last.insert(after, item.id.get_ref().clone());
                    let item = self.here(item);
                    criteria.insert(at + 1, item);
                }
                (None, Some(after)) => {
                    let span = after.span();
                    self.report(span, "没有这一项 / no such criterion".to_owned());
                }
                (None, None) => {}
            }
        }
        criteria
    }
}

impl Edition {
    fn nothing(file: &Arc<SourceFile>, id: &Spanned<String>, window: &WindowFile) -> Self {
        Self {
            file: Arc::clone(file),
            schema: id.clone(),
            id: id.clone(),
            edition: id.clone(),
            title: Text::default(),
            summary: Text::default(),
            authority: Text::default(),
            platform: Text::default(),
            minutes: 0,
            order: u8::MAX,
            checked_on: id.clone(),
            review_by: id.clone(),
            window: window.clone(),
            verdict: None,
            hint: false,
            each: None,
            define: BTreeMap::new(),
            milestones: Vec::new(),
            benefits: Vec::new(),
            cautions: Vec::new(),
            open_points: Vec::new(),
            papers: Vec::new(),
            criteria: Vec::new(),
            indicators: Vec::new(),
            entry_notes: Vec::new(),
            levers: Vec::new(),
            mutation_exceptions: Vec::new(),
        }
    }

    /// The changes that no golden case has to notice: the id, part of the
    /// description, and whether this edition itself (not its base) makes the
    /// exception.
    pub(crate) fn exceptions(&self) -> Vec<(String, String, bool)> {
        self.mutation_exceptions
            .iter()
            .map(|it| {
                let own = Arc::ptr_eq(&it.file, &self.file);
                (it.item.at.get_ref().clone(), it.item.of.clone(), own)
            })
            .collect()
    }

    /// Ids used for two different things. `remove` and mutation exceptions
    /// could not tell which one they mean.
    pub(crate) fn shared_ids(&self) -> Vec<(Arc<SourceFile>, Spanned<String>)> {
        fn ids<T: Identified>(
            items: &[Located<T>],
        ) -> impl Iterator<Item = (Arc<SourceFile>, Spanned<String>)> {
            items.iter().map(|it| (Arc::clone(&it.file), it.item.id().clone()))
        }
        let mut seen = BTreeMap::new();
        let mut shared = Vec::new();
        let all = ids(&self.criteria)
            .chain(ids(&self.cautions))
            .chain(ids(&self.papers))
            .chain(ids(&self.benefits))
            .chain(ids(&self.open_points))
            .chain(ids(&self.indicators))
            .chain(ids(&self.entry_notes))
            .chain(ids(&self.levers))
            .chain(ids(&self.milestones));
        for (file, id) in all {
            if seen.insert(id.get_ref().clone(), ()).is_some() {
                shared.push((file, id));
            }
        }
        shared
    }

    /// Removes every item and named formula with this id; returns whether there
    /// was one.
    fn remove(&mut self, id: &str) -> bool {
        fn take<T: Identified>(items: &mut Vec<Located<T>>, id: &str) -> bool {
            let before = items.len();
            items.retain(|known| known.item.id().get_ref() != id);
            items.len() < before
        }
        let mut taken = take(&mut self.benefits, id);
        taken |= take(&mut self.cautions, id);
        taken |= take(&mut self.open_points, id);
        taken |= take(&mut self.papers, id);
        taken |= take(&mut self.criteria, id);
        taken |= take(&mut self.indicators, id);
        taken |= take(&mut self.entry_notes, id);
        taken |= take(&mut self.levers, id);
        taken | self.define.remove(id).is_some()
    }
}
