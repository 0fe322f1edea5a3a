//! The view of a session: the screen, how it looks, what is open, what takes the
//! focus. No answer depends on it.

use std::rc::Rc;

use zice_engine::protocol::Problem;
use zice_rules::Lang;
use zice_tables::figure::Unit;

use crate::{Focus, Screen, Session, WhatIf, appearance::Look, host::Host, path::Path};

/// The number of answers from which on the user is asked whether to keep them.
const WORTH_KEEPING: usize = 10;

/// The id of the sentence that something is to be chosen.
pub const CHOOSE_SOME: &str = "zice-choose-some";

/// A message about the last file or the draft, shown below the header.
#[derive(Clone)]
pub enum Message {
    /// The file was opened; its name.
    Opened(String),
    /// The answers of a scenario were taken over; its name.
    Taken(String),
    /// The draft that the tab held was taken up.
    Restored,
    /// Everything was taken out.
    Cleared,
    /// The user is asked whether to keep the company in this browser.
    Offered,
    /// The file was refused, or not kept: why, and the details.
    Refused(Refusal, String),
}

/// Why a company was not opened, or not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The file is larger than any company file.
    Large,
    /// It is no company file.
    Other,
    /// It ends before it is complete.
    Cut,
    /// It is a company file of another version.
    Version,
    /// A member of it can't be used.
    Wrong,
    /// The browser does not let the page keep anything.
    KeepFailed,
    /// Another window has changed what is kept.
    KeptElsewhere,
}

/// Everything that decides what is seen of the answers.
#[derive(Clone)]
pub struct View {
    /// The screen that is shown.
    pub screen: Screen,
    /// The language of the page.
    pub lang: Lang,
    /// How the page looks.
    pub look: Look,
    /// What the site around says of itself.
    pub host: Rc<Host>,
    /// The unit that money is typed and shown in.
    pub unit: Unit,
    /// The thing that took the focus last; nothing before the first.
    pub focus: Option<Focus>,
    /// The number of times the focus went somewhere, also to the same thing again.
    pub focused: u32,
    /// Facts that were folded away when the topic was opened.
    pub folded: Vec<usize>,
    /// Places where a range is asked for.
    pub ranges: Vec<Path>,
    /// Entries of lists whose fields are shown, by place.
    pub editing: Vec<Path>,
    /// The place that is being typed at: what is wrong there is told when the field
    /// is left, not after every key.
    pub typing: Option<Path>,
    /// Mistakes for which "next" stayed at the topic; told until the topic is left.
    pub halted: Vec<Problem>,
    /// The message about the last file or the draft.
    pub message: Option<Message>,
    /// The topic whose usual answers were given at once, and the facts that got one:
    /// until another topic is shown they can be taken back.
    pub given: Option<(usize, Vec<String>)>,
    /// The what-if that is open on the report.
    pub what_if: Option<WhatIf>,
    /// Whether the user was asked to keep the company in this browser; that is done
    /// once.
    pub offered: bool,
    /// A part of the keys of all fields: it rises when they must start afresh,
    /// because a file was opened, an answer copied, or entries of a list moved.
    pub fresh: u32,
    /// The number of changes to anything but one fact; parts of the page compare it
    /// (`src/parts/memo.rs`).
    pub turn: u32,
    /// How often each fact was changed by itself, in the dictionary's order.
    pub touched: Vec<u32>,
}

impl View {
    /// Starts at the programme cards, in a language; `facts` is the number of
    /// facts in the dictionary.
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            screen: Screen::Choose,
            lang,
            look: Look::default(),
            host: Rc::default(),
            unit: Unit::default(),
            focus: None,
            focused: 0,
            folded: Vec::new(),
            ranges: Vec::new(),
            editing: Vec::new(),
            typing: None,
            halted: Vec::new(),
            message: None,
            given: None,
            what_if: None,
            offered: false,
            fresh: 0,
            turn: 0,
            touched: Vec::new(),
        }
    }

    /// Closes what was open at the answers; called when another company's file
    /// takes the place of this one.
    pub(crate) fn start_afresh(&mut self) {
        self.typing = None;
        self.editing.clear();
        self.halted.clear();
        self.ranges.clear();
        self.given = None;
        self.what_if = None;
        self.fresh += 1;
    }
}

impl Session {
    /// Gives the focus to something, once that is shown.
    pub(crate) fn focus(&mut self, focus: Focus) {
        self.view.focus = Some(focus);
        self.view.focused += 1;
    }

    /// Goes to a screen; to a topic only where anything is asked. Where nothing is
    /// chosen, what says so takes the focus.
    pub(crate) fn go(&mut self, screen: Screen) {
        if matches!(screen, Screen::Topic(_)) && self.scope.policies.is_empty() {
            if self.view.screen == Screen::Choose {
                self.focus(Focus::Element(CHOOSE_SOME.to_owned()));
            }
            return;
        }
        self.view.screen = screen;
        self.view.typing = None;
        self.view.given = None;
        self.pasting.statement = None;
        self.view.halted.clear();
        self.pass_message();
        self.focus(Focus::Heading);
    }

    /// Lets go of a message that another screen has no use for, and with it of what was
    /// taken out. In its place the user may be asked whether to keep the company: at a
    /// new screen, where nothing moves under the hand.
    fn pass_message(&mut self) {
        if matches!(self.view.message, Some(Message::Opened(_))) {
            return;
        }
        self.view.message = None;
        self.comparison.before = None;
        let worth = self.results.answered >= WORTH_KEEPING && self.asks();
        if worth && self.keeping.can && !self.view.offered {
            self.view.offered = true;
            self.view.message = Some(Message::Offered);
        }
    }

    /// Closes the message.
    pub(crate) fn dismiss(&mut self) {
        self.view.message = None;
        self.focus(Focus::Heading);
    }

    /// Goes on from the foot of a topic, unless there are mistakes in it.
    pub(crate) fn go_from_topic(&mut self, screen: Screen) {
        let Screen::Topic(topic) = self.view.screen else { return };
        self.view.halted = self.problems_in(topic);
        self.open_wrong();
        if self.view.halted.is_empty() {
            self.go(screen);
        } else {
            self.focus(Focus::Halted);
        }
    }

    /// Goes to something on a screen.
    pub(crate) fn show(&mut self, screen: Screen, focus: Focus) {
        if self.view.screen != screen {
            self.go(screen);
        }
        self.open_wrong();
        self.focus(focus);
    }

    /// Shows amounts in another unit.
    pub(crate) fn change_unit(&mut self, unit: Unit) {
        self.view.unit = unit;
        self.view.fresh += 1;
    }

    /// Shows the fields of an entry, or hides them.
    pub(crate) fn edit(&mut self, place: Path, then: Option<Focus>) {
        match self.view.editing.iter().position(|other| *other == place) {
            Some(at) => drop(self.view.editing.remove(at)),
            None => self.view.editing.push(place),
        }
        if let Some(focus) = then {
            self.focus(focus);
        }
    }

    /// Shows the fields of every entry that has a mistake, so that the user can be
    /// led to it.
    fn open_wrong(&mut self) {
        for problem in &self.results.problems {
            let entry = Path::from(&*problem.path).whole_entry();
            let editing = &mut self.view.editing;
            editing.extend(entry.filter(|it| !editing.contains(it)));
        }
    }

    /// Folds away the questions that can't change any verdict any more and have
    /// no answer.
    pub(crate) fn fold(&mut self) {
        let questions = self.scope.topics.iter().flat_map(|topic| &topic.asked);
        let folded = questions
            .filter(|asked| {
                !self.results.open.contains(&asked.fact) && !self.is_answered(asked.fact)
            })
            // What tells since when there are years is always worth asking.
            .filter(|asked| !self.speaks_up(asked))
            // Whether somebody will come to visit matters to people.
            .filter(|asked| self.noted(asked).is_none())
            .map(|asked| asked.fact);
        self.view.folded = folded.collect();
    }

    /// Notes that the value at a place has changed, so that only its question is
    /// shown anew; a place of no fact shows everything anew.
    pub(crate) fn touch(&mut self, place: &Path) {
        let at = place.fact_id().and_then(|id| self.catalogue.dictionary.position(id));
        match at.and_then(|at| self.view.touched.get_mut(at)) {
            Some(touched) => *touched += 1,
            None => self.view.turn += 1,
        }
    }

    /// How often a fact, and those whose answers are told beside it, were
    /// changed.
    pub fn touched_around(&self, fact: usize) -> u32 {
        let dictionary = &self.catalogue.dictionary;
        let touched = |at: Option<usize>| at.and_then(|at| self.view.touched.get(at)).copied();
        let own = touched(Some(fact)).unwrap_or(0);
        let Some(fact) = dictionary.facts.get(fact) else { return own };
        let mut also: Vec<&str> = fact.complete.as_deref().into_iter().collect();
        for twin in &dictionary.twins {
            if twin.one == fact.id {
                also.push(&twin.other);
            } else if twin.other == fact.id {
                also.push(&twin.one);
            }
        }
        // A twin that contradicts another answer is not offered.
        for id in also.clone().into_iter().chain([fact.id.as_str()]) {
            also.extend(dictionary.contradictions.iter().filter_map(|pair| pair.opposite(id)));
        }
        let others = also.into_iter().filter_map(|id| touched(dictionary.position(id)));
        own + others.sum::<u32>()
    }
}
