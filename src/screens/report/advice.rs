//! How to pass, for who does not, and how firm the result is, for who does.

use yew::prelude::*;
use zice_report::{AdviceReport, ChangeReport, LeverReport, Reaches, Report, share_text};
use zice_rules::{Lang, Verdict, policy::Horizon};

use crate::{
    page::{Session, Standing},
    screens::report::{Told, criteria::cites, section},
    ui::dom::{details, group, line, maybe},
    words::{self, Word},
};

/// As many ways to pass for a round, and as many figures, are shown at once.
const AT_ONCE: usize = 3;

/// As many ways are, where there are several programmes; figures are all folded.
const AT_ONCE_OF_SEVERAL: usize = 1;

/// What helps several of the programmes, and what it would break elsewhere.
pub fn together(session: &Session, told: &[Option<Told>]) -> Html {
    let lang = session.view.lang;
    let of = |id: &str| told.iter().flatten().find(|it| it.policy.id == id);
    let names = |ids: &[String]| {
        let titles: Vec<&str> =
            ids.iter().filter_map(|id| Some(of(id)?.policy.title.get(lang))).collect();
        titles.join(words::LIST_COMMA.get(lang))
    };
    let mut lines = Vec::new();
    // The same act may be advised by each of them.
    let mut shown: Vec<(Horizon, Vec<&[ChangeReport]>)> = Vec::new();
    for one in session.together().iter().filter(|it| it.helps.len() > 1 || !it.breaks.is_empty()) {
        let own = of(&one.policy).and_then(|it| it.report.advice.get(one.item.checked_sub(1)?));
        let Some(way) = own.filter(|_| lines.len() < AT_ONCE) else { continue };
        let changes = way.levers.iter().map(|it| it.changes.as_slice()).collect();
        let act = (way.horizon, changes);
        if shown.contains(&act) {
            continue;
        }
        shown.push(act);
        let round = match way.horizon {
            Horizon::ThisRound => &words::THIS_ROUND,
            Horizon::NextRound => &words::NEXT_ROUND,
        };
        let (colon, comma) = (words::COLON.get(lang), words::LIST_COMMA.get(lang));
        // Whose rules and whose points the way is about.
        let title = of(&one.policy).map_or("", |it| it.policy.title.get(lang));
        let helps = words::fill(&words::HELPS, lang, &names(&one.helps));
        let mut parts = vec![
            line("p", "", &[round.get(lang), comma, title, colon, &way.text]),
            line("p", "zice-rule", &[&helps]),
        ];
        parts.push(maybe(!one.breaks.is_empty(), || {
            let words = words::fill(&words::BREAKS, lang, &names(&one.breaks));
            line("p", "zice-error", &[&words])
        }));
        lines.push(group("li", "", parts));
    }
    maybe(!lines.is_empty(), || {
        let title = line("h2", "", &[words::TOGETHER.get(lang)]);
        let rest = lines.split_off(AT_ONCE_OF_SEVERAL);
        let rest = more(lang, &words::MORE_WAYS, "zice-ways", rest);
        group("section", "zice-together", vec![title, group("ul", "zice-ways", lines), rest])
    })
}

/// Advice where the company does not pass yet; where it does, how firm that is.
pub fn advice(told: &Told, standing: Standing) -> Html {
    match told.report.verdict {
        Verdict::NotMet | Verdict::Undecided => how_to_pass(told),
        Verdict::Met | Verdict::NeedsReview => how_firm(told, standing),
        _ => Html::default(),
    }
}

fn how_to_pass(told: &Told) -> Html {
    let mut children: Vec<Html> =
        told.report.earliest.iter().map(|it| line("p", "", &[&it.text])).collect();
    match told.report.no_advice.as_slice() {
        // What holds for both rounds is said once.
        [this, next] if this.text == next.text => {
            children.push(line("p", "", &[&this.text]));
        }
        _ => {
            children.extend(round(told, Horizon::ThisRound, &words::THIS_ROUND));
            children.extend(round(told, Horizon::NextRound, &words::NEXT_ROUND));
        }
    }
    let caution = told.report.advice.first().map(|it| &*it.caution);
    children.extend(caution.map(|it| line("p", "zice-rule", &[it])));
    children.push(near(told));
    children.push(stopped(told));
    section(&words::HOW_TO_PASS, told.lang, "zice-advice", children)
}

/// The ways to pass in a round, or why there is none.
fn round(told: &Told, horizon: Horizon, title: &Word) -> Option<Html> {
    let ways: Vec<&AdviceReport> =
        told.report.advice.iter().filter(|it| it.horizon == horizon).collect();
    let none = told.report.no_advice.iter().find(|it| it.horizon == horizon);
    if ways.is_empty() && none.is_none() {
        return None;
    }
    let mut children = vec![line("h4", "", &[title.get(told.lang)])];
    children.extend(none.map(|it| line("p", "", &[&it.text])));
    // Of one programme, what all ways rest on is said once; of several, it is folded.
    let first = ways.first().filter(|_| told.single);
    children.extend(first.into_iter().flat_map(|it| rests_on(it)));
    let mut lines: Vec<Html> = ways.into_iter().map(|it| way(told, it)).collect();
    // Three ways in all: of the next round as many as this round leaves.
    let before = match horizon {
        Horizon::ThisRound => 0,
        Horizon::NextRound => {
            told.report.advice.iter().filter(|it| it.horizon == Horizon::ThisRound).count()
        }
    };
    let at_once = at_once(told).saturating_sub(before).max(1);
    let rest = lines.split_off(lines.len().min(at_once));
    children.push(maybe(!lines.is_empty(), || group("ul", "zice-ways", lines)));
    children.push(more(told.lang, &words::MORE_WAYS, "zice-ways", rest));
    Some(group("div", "", children))
}

/// What a way for the next round takes for granted.
fn rests_on(way: &AdviceReport) -> impl Iterator<Item = Html> + '_ {
    way.rests_on.iter().map(|it| line("p", "zice-rule", &[it]))
}

/// One way: what to do; folded, what it leaves as proof, by when, and under which
/// clause.
fn way(told: &Told, way: &AdviceReport) -> Html {
    let lang = told.lang;
    let mut folded: Vec<Html> = way.levers.iter().map(|it| proof(told, it)).collect();
    if !told.single {
        folded.extend(rests_on(way));
    }
    let margin = way.margin_after.as_deref().filter(|it| ![NOTHING, ALL].contains(it));
    if let Some(margin) = margin.filter(|_| way.reaches == Reaches::Met) {
        let words = words::fill(&words::AFTER_ACTS, lang, &share_text(margin));
        folded.push(line("p", "zice-rule", &[&words]));
    }
    folded.push(maybe(!way.cites.is_empty(), || cites(told, &way.cites)));
    let folded = details("", words::ACT_DETAILS.get(lang), folded);
    group("li", "", vec![line("p", "", &[&way.text]), folded])
}

/// A share of nothing.
const NOTHING: &str = "0";

/// The whole: the result does not depend on figures.
const ALL: &str = "1";

fn proof(told: &Told, act: &LeverReport) -> Html {
    let lang = told.lang;
    let colon = words::COLON.get(lang);
    let lead = act.lead_days.map_or_else(String::new, |days| {
        let words = words::count(&words::ACT_LEAD, lang, days.into());
        [words::SEMICOLON.get(lang), &words].concat()
    });
    let parts = [
        words::ACT_PROOF.get(lang),
        colon,
        &act.proof,
        words::SEMICOLON.get(lang),
        words::ACT_BY.get(lang),
        colon,
        &act.by,
        &lead,
    ];
    line("p", "zice-rule", &parts)
}

fn how_firm(told: &Told, standing: Standing) -> Html {
    let (lang, report) = (told.lang, told.report);
    if standing == Standing::Doubted {
        let words = line("p", "", &[words::CHECK_DOUBTS_FIRST.get(lang)]);
        return section(&words::HOW_FIRM, lang, "zice-advice", vec![words]);
    }
    let mut children = Vec::new();
    children.extend(tolerance(told).map(|it| line("p", "", &[&it])));
    let mut lines: Vec<Html> = margins(report).map(|it| line("li", "", &[it])).collect();
    let rest = lines.split_off(lines.len().min(if told.single { AT_ONCE } else { 0 }));
    children.push(maybe(!lines.is_empty(), || group("ul", "", lines)));
    children.push(more(lang, &words::MORE_FIGURES, "", rest));
    children.push(breaking(told));
    children.push(near(told));
    children.push(stopped(told));
    maybe(!report.margins.is_empty() || report.tolerance.is_some(), || {
        section(&words::HOW_FIRM, lang, "zice-advice", children)
    })
}

/// How far all figures may be off at once.
pub fn tolerance(told: &Told) -> Option<String> {
    let lang = told.lang;
    let tolerance = told.report.tolerance.as_deref()?;
    Some(match tolerance {
        NOTHING => words::NO_TOLERANCE.get(lang).to_owned(),
        ALL => words::FREE_OF_FIGURES.get(lang).to_owned(),
        share => words::fill(&words::TOLERANCE, lang, &share_text(share)),
    })
}

/// The room of single figures: what changes the result comes before what costs
/// points.
pub fn margins(report: &Report) -> impl Iterator<Item = &str> {
    let changes = report.margins.iter().filter(|it| it.effect == "verdict");
    let costs = report.margins.iter().filter(|it| it.effect != "verdict");
    changes.chain(costs).map(|it| it.text.as_str())
}

const fn at_once(told: &Told) -> usize {
    if told.single { AT_ONCE } else { AT_ONCE_OF_SEVERAL }
}

/// What comes after the first ones, folded.
fn more(lang: Lang, word: &Word, class: &str, rest: Vec<Html>) -> Html {
    maybe(!rest.is_empty(), || {
        let title = words::count(word, lang, rest.len());
        details("", &title, vec![group("ul", class, rest)])
    })
}

/// Entries without which the result is another one.
fn breaking(told: &Told) -> Html {
    let sets = told.report.breaking.iter().map(|set| {
        let names: Vec<String> = set.iter().map(|it| entry(told, it)).collect();
        line("li", "", &[&names.join(words::LIST_COMMA.get(told.lang))])
    });
    let sets: Vec<Html> = sets.collect();
    maybe(!sets.is_empty(), || {
        let title = words::BREAKING.get(told.lang);
        details("", title, vec![group("ul", "", sets)])
    })
}

/// What an entry is called: `ip[2]` by its name, or else by its number.
fn entry(told: &Told, place: &str) -> String {
    let Some((list, rest)) = place.split_once('[') else { return place.to_owned() };
    let at: usize = rest.trim_end_matches(']').parse().unwrap_or_default();
    let fact = told.dictionary.fact(list);
    let list = fact.map_or(list, |it| it.short.get(told.lang));
    let id = fact.map_or("", |it| &it.id);
    match told.report.items.iter().find(|it| it.fact == id && it.index == at) {
        Some(named) => [list, words::COLON.get(told.lang), &named.name].concat(),
        None => {
            let number = (at + 1).to_string();
            [list, " ", &words::fill(&words::ENTRY_NUMBER, told.lang, &number)].concat()
        }
    }
}

/// Closed figures to look at again.
fn near(told: &Told) -> Html {
    let lines = told.report.near.iter().map(|it| line("li", "", &[&it.text]));
    let lines: Vec<Html> = lines.collect();
    maybe(!lines.is_empty(), || {
        details("", words::NEAR.get(told.lang), vec![group("ul", "", lines)])
    })
}

/// Whether a search stopped before it had seen everything.
fn stopped(told: &Told) -> Html {
    maybe(told.report.stopped, || line("p", "zice-rule", &[words::SEARCH_STOPPED.get(told.lang)]))
}
