//! The advice of several programmes on one company.

use serde::Serialize;
use zice_advice::{Advice, together};
use zice_rules::{Batch, Company, Dictionary, Error, Lang, Policy};

use super::{AdviceDocument, AdviceRequest};

/// What `zice advise` writes where several programmes are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SeveralAdvice {
    /// The advice of each programme.
    pub programmes: Vec<AdviceDocument>,
    /// All of it as one list: for each round, what helps most programmes comes first,
    /// then what breaks fewest.
    pub together: Vec<TogetherReport>,
}

/// An item of one programme's advice, and what it does for all programmes asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TogetherReport {
    /// Id of the programme that advises it.
    pub policy: String,
    /// Its number among all items of that advice, from 1.
    pub item: usize,
    /// Ids of the programmes that the company passes with it and not without it.
    pub helps: Vec<String>,
    /// Ids of the programmes that the company passes without it and not with it.
    pub breaks: Vec<String>,
}

impl TogetherReport {
    /// Makes one list of the advice of several policies.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub fn list(
        found: &[(&Policy, Advice)],
        company: &Company,
        dictionary: &Dictionary,
    ) -> Result<Vec<Self>, Error> {
        let batches: Result<Vec<Batch<'_>>, Error> =
            found.iter().map(|(policy, _)| Batch::new(policy)).collect();
        let batches = batches?;
        let all: Vec<(&Batch<'_>, &Advice)> =
            batches.iter().zip(found.iter().map(|(_, advice)| advice)).collect();
        let id = |at: &usize| found.get(*at).map(|(policy, _)| policy.id.clone());
        let told = together(&all, company, dictionary)?.into_iter().map(|one| Self {
            policy: id(&one.programme).unwrap_or_default(),
            item: one.item.saturating_add(1),
            helps: one.helps.iter().filter_map(id).collect(),
            breaks: one.breaks.iter().filter_map(id).collect(),
        });
        Ok(told.collect())
    }
}

impl SeveralAdvice {
    /// Assesses a company under several policies and tells what would make it pass.
    /// `known` are policies that later rounds may be judged by.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits, with the address of the
    /// policy.
    pub fn new(
        policies: &[&Policy],
        known: &[&Policy],
        company: &Company,
        dictionary: &Dictionary,
        lang: Lang,
        request: AdviceRequest,
    ) -> Result<Self, (String, Error)> {
        let mut found: Vec<(&Policy, Advice)> = Vec::with_capacity(policies.len());
        let mut told = Self::default();
        for policy in policies {
            let one =
                AdviceDocument::with_advice(policy, known, company, dictionary, lang, request);
            let (document, advice) = one.map_err(|error| (policy.address(), error))?;
            told.programmes.push(document);
            found.push((policy, advice));
        }
        let first = policies.first().map_or_else(String::new, |it| it.address());
        let list = TogetherReport::list(&found, company, dictionary);
        told.together = list.map_err(|error| (first, error))?;
        told.together.retain(|one| {
            let own = found.iter().find(|(policy, _)| policy.id == one.policy);
            let item = own.and_then(|(_, it)| it.items.get(one.item.saturating_sub(1)));
            request.horizon.is_none_or(|it| item.is_some_and(|item| item.horizon == it))
        });
        Ok(told)
    }
}
