//! The topics of an interview: what several policies ask, each fact once.

use zice_engine::protocol::Outline;
use zice_rules::Dictionary;

/// One question of the interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The fact's position in the dictionary.
    pub fact: usize,
    /// Fiscal years, newest first; empty for facts without years.
    pub years: Vec<i32>,
    /// Which of the policies in use ask it, by position.
    pub by: Vec<usize>,
    /// The criteria that look at it, by position, for each of those policies.
    pub what_for: Vec<Vec<usize>>,
}

/// Questions of one topic of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The topic's position in the dictionary.
    pub topic: usize,
    /// The questions of the topic, in the order of the dictionary.
    pub asked: Vec<Asked>,
}

/// Collects what the policies ask, by topic, in the order of the dictionary: each
/// fact once, in every year that any of them looks at.
pub fn ask(dictionary: &Dictionary, policies: &[&Outline], year: i32) -> Vec<Topic> {
    let mut topics = Vec::new();
    for (at, topic) in dictionary.topics.iter().enumerate() {
        let mut asked = Vec::new();
        for (fact, it) in dictionary.facts.iter().enumerate() {
            if it.topic != topic.id {
                continue;
            }
            let (mut by, mut what_for, mut offsets) = (Vec::new(), Vec::new(), Vec::new());
            for (at, policy) in policies.iter().enumerate() {
                if let Some(it) = policy.asked(fact) {
                    by.push(at);
                    what_for.push(it.criteria.clone());
                    offsets.extend_from_slice(&it.years);
                }
            }
            if by.is_empty() {
                continue;
            }
            let newest_first = (i8::MIN..=i8::MAX).rev().filter(|one| offsets.contains(one));
            let years = newest_first.map(|offset| year + i32::from(offset)).collect();
            asked.push(Asked { fact, years, by, what_for });
        }
        if !asked.is_empty() {
            topics.push(Topic { topic: at, asked });
        }
    }
    topics
}
