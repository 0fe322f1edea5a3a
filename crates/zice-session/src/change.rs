//! Actions, and the session that follows from one. What each does stands in the
//! module of the part it changes.

use std::rc::Rc;

use serde_json::{Map, Value};
use zice_rules::Lang;
use zice_tables::figure::Unit;

use crate::{
    Attempt, Focus, Message, Refusal, Scenario, Screen, Session, Step,
    appearance::Look,
    catalogue::Failure,
    host::Host,
    keeping::Kept,
    papers,
    path::{NAME, Path},
    statement::StatementStep,
    supply::Fetching,
};

/// Something that the user, the browser or the network did. Places are those of the
/// company file.
#[derive(Clone)]
pub enum Action {
    /// Ticks a programme, or takes the tick away.
    Choose(usize),
    /// Goes to a screen.
    Go(Screen),
    /// Goes on from the foot of a topic; where the topic has mistakes it stays and
    /// tells them.
    Next(Screen),
    /// Goes to something on a screen, which takes the focus.
    Show(Screen, Focus),
    /// Shows the page in a language.
    Language(Lang),
    /// Changes how the page looks.
    Look(Look),
    /// The site around says something else of itself.
    Host(Rc<Host>),
    /// Changes the unit that money is typed and shown in.
    Unit(Unit),
    /// Says of a fact that it is not known, or takes that back.
    Unsure(String),
    /// Says that a field of an entry is unknown, so that no default is taken for
    /// it.
    Unclear(Path),
    /// Sets what stands at a place of the company file; `null` takes it back.
    Set(Path, Value),
    /// Sets a value while it is being typed: what is wrong with it is not told yet.
    Type(Path, Value),
    /// Leaves the field that was typed in: what is wrong with it is told.
    Typed,
    /// Sets a value by a button that is gone afterwards: something else then takes
    /// the focus, and fields start afresh.
    Press(Path, Value, Focus),
    /// Asks for a range instead of one figure, or the other way round.
    Range(Path),
    /// Shows the fields of the entry at this place, or hides them; where they are
    /// gone something else takes the focus.
    Edit(Path, Option<Focus>),
    /// Tells how far fetching the engine is; what waited for it goes on.
    Engine(Fetching),
    /// The engine, or what it needs, could not be had: which file, and why.
    EngineFailed(String),
    /// A policy that was asked for is there, or why it is not.
    Arrived(usize, Option<Failure>),
    /// Does a step of pasting a table or a block of figures.
    Paste(Step),
    /// Adds an entry to the list at this place.
    Add(Path),
    /// Takes an entry out of a list, by position.
    Delete(Path, usize),
    /// Puts the entry back that was taken out last.
    Undo,
    /// Opens a company file that was read already.
    Open(String, Map<String, Value>),
    /// Puts back what there was before a file was opened, or everything taken out.
    Restore,
    /// Takes out everything that was filled in and chosen.
    Clear,
    /// Closes the message about the last file.
    Dismiss,
    /// Keeps the company in this browser under a number from now on, or no
    /// longer; with all that are kept.
    Keep(Option<u32>, Vec<Kept>),
    /// Takes companies out of what is kept: those that are left, and the texts of
    /// the others, by which they can be put back.
    Forget(Vec<Kept>, Vec<(u32, String)>),
    /// Chooses a company to compare with: its name and its file; nothing chooses
    /// anew.
    Beside(Option<(String, Value)>),
    /// Lets both sides of a comparison change places.
    Swap,
    /// Notes that the company file was saved.
    Saved,
    /// Tells why a file was not opened or not kept, and what is wrong in detail.
    Refuse(Refusal, String),
    /// Says that the figures in doubt are right: places and what they are. Then
    /// something else takes the focus.
    Confirm(Vec<(Path, String)>, Focus),
    /// Carries figures of an earlier year over as estimates, or takes them out.
    Carry(bool),
    /// Closes the notice that other years are asked.
    Moved,
    /// Does something with a statement that is pasted for a topic.
    Statement(StatementStep),
    /// Gives the usual answers to the open questions of a topic, by its position.
    GiveUsual(usize),
    /// Takes those answers back.
    TakeUsualBack,
    /// Does something to the what-if on the report.
    Try(Attempt),
    /// Keeps a scenario in the company file.
    KeepScenario(Scenario),
    /// Takes the scenario with this name out of the file.
    DropScenario(String),
    /// Makes the answers of the scenario with this name the company's own.
    TakeScenario(String),
}

impl Action {
    /// Whether another company file takes the place of this one.
    fn opens(&self) -> bool {
        matches!(self, Self::Open(..) | Self::Restore | Self::Clear | Self::Swap)
    }

    /// Whether it can change what the engine says, so that the engine has to be
    /// asked anew.
    fn is_assessed(&self) -> bool {
        match self {
            Self::Go(_)
            | Self::Next(_)
            | Self::Show(..)
            | Self::Language(_)
            | Self::Look(_)
            | Self::Host(_)
            | Self::Unit(_)
            | Self::Saved
            | Self::Dismiss
            | Self::Typed
            | Self::Keep(..)
            | Self::Forget(..)
            | Self::Beside(_)
            | Self::Edit(..)
            | Self::Engine(_)
            | Self::EngineFailed(_)
            | Self::Arrived(..)
            | Self::Moved
            | Self::Try(_)
            | Self::KeepScenario(_)
            | Self::DropScenario(_)
            | Self::Refuse(..) => false,
            Self::Set(place, _) | Self::Type(place, _) => place != NAME && place != papers::MEMBER,
            Self::Statement(step) => matches!(step, StatementStep::Take | StatementStep::Undo),
            Self::Paste(step) => matches!(step, Step::Take(_) | Step::Fill(_) | Step::Undo),
            _ => true,
        }
    }
}

impl Session {
    /// The session after an action; nothing where it changes nothing.
    pub fn after(&self, action: Action) -> Option<Session> {
        if self.is_idle(&action) {
            return None;
        }
        let mut next = self.clone();
        let (opens, is_assessed) = (action.opens(), action.is_assessed());
        next.count(&action);
        next.apply(action);
        if is_assessed {
            next.refresh();
        }
        // Results of another day or of other programmes are compared with nothing.
        let uncompared = !self.supply.can_ask && next.day() == self.day();
        if !opens && next.scope.policies != self.scope.policies && !uncompared {
            next.comparison.stored = Value::Null;
        }
        next.supply.waits = !next.lacking().is_empty();
        if opens || next.view.screen != self.view.screen {
            next.fold();
        }
        if opens {
            next.forget_move();
            next.answers.changes += 1;
            next.tell_changes();
        } else if next.answers.file != self.answers.file {
            next.answers.changes += 1;
            next.answers.unsaved = true;
        }
        Some(next)
    }

    /// Whether an action has nothing to do.
    fn is_idle(&self, action: &Action) -> bool {
        match action {
            // Nothing was typed in the field that is left.
            Action::Typed => self.view.typing.is_none(),
            // A policy for another day, which nobody waits for.
            Action::Arrived(..) => self.supply.can_ask && !self.supply.waits,
            _ => false,
        }
    }

    /// Counts what an action may change, so that only that is shown anew: one
    /// answer changes one fact, everything else may change anything.
    fn count(&mut self, action: &Action) {
        match action {
            Action::Type(place, _) | Action::Set(place, _) => self.touch(place),
            Action::Typed => {}
            _ => self.view.turn += 1,
        }
        if let (Action::Type(..) | Action::Typed, Some(typing)) = (action, self.view.typing.clone())
        {
            self.touch(&typing);
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Choose(programme) => self.scope.choose(programme),
            Action::Go(screen) => self.go(screen),
            Action::Next(screen) => self.go_from_topic(screen),
            Action::Show(screen, focus) => self.show(screen, focus),
            Action::Language(lang) => self.view.lang = lang,
            Action::Look(look) => self.view.look = look,
            Action::Host(host) => self.view.host = host,
            Action::Unit(unit) => self.change_unit(unit),
            Action::Unsure(id) => self.turn_unsure(id),
            Action::Unclear(place) => self.turn_unclear(&place),
            Action::Set(place, value) => self.set(&place, value),
            Action::Type(place, value) => self.type_in(place, value),
            Action::Typed => self.leave_field(),
            Action::Press(place, value, then) => self.press(&place, value, then),
            Action::Range(place) => self.turn_range(place),
            Action::Edit(place, then) => self.edit(place, then),
            Action::Engine(fetching) => self.note_engine(fetching),
            Action::EngineFailed(why) => self.note_failed_engine(why),
            Action::Arrived(edition, failure) => self.note_policy(edition, failure),
            Action::Paste(step) => self.paste_or_hold(step),
            Action::Add(list) => self.add_entry(&list),
            Action::Delete(list, at) => self.delete_entry(list, at),
            Action::Undo => self.put_back_entry(),
            Action::Open(name, members) => self.open(name, members),
            Action::Restore => self.restore(),
            Action::Clear => self.clear(),
            Action::Dismiss => self.dismiss(),
            Action::Keep(number, kept) => self.keep(number, kept),
            Action::Forget(kept, forgotten) => self.forget(kept, forgotten),
            Action::Beside(other) => self.put_beside(other),
            Action::Swap => self.swap(),
            Action::Saved => self.answers.unsaved = false,
            Action::Refuse(what, detail) => {
                self.view.message = Some(Message::Refused(what, detail));
            }
            Action::Confirm(answers, then) => self.confirm(answers, then),
            Action::Carry(over) => self.carry(over),
            Action::Moved => self.leave_move(),
            Action::Statement(step) => self.paste_statement(step),
            Action::GiveUsual(topic) => self.give_usual(topic),
            Action::TakeUsualBack => self.take_usual_back(),
            Action::Try(attempt) => self.attempt(attempt),
            Action::KeepScenario(scenario) => self.keep_scenario(scenario),
            Action::DropScenario(name) => self.drop_scenario(&name),
            Action::TakeScenario(name) => self.take_scenario(&name),
        }
    }
}
