//! Readers of the dictionary and its names; see [`crate::json`].

use super::{
    Answers, AssumedPast, Choice, Contradiction, Dictionary, Fact, Field, Kind, NextRound,
    Standing, Topic, Twin,
    names::{Addend, Columns, Implied, Named, Names},
};
use crate::{read_members, read_names};

read_members! {
    Dictionary {
        schema, digest, topics = "topic", facts = "fact", contradictions = "contradiction", twins = "twin";
        columns, doubts, by_id,
    }
    Topic { id, title, usual }
    Fact {
        id, name, kind = "type", yearly, bare, topic, short, apart, question, help, answers,
        usual, definition, found_in = "where", unit, min, max, signed, values, fields, item, complete,
        sides, establishes, digits, most, next_round;
        aliases, ask, parts, yes_words, no_words, ask_words,
    }
    Field {
        id, name, kind = "type", label, help, answers, required, past, default, assumed_past,
        min, max, signed, unit, values, digits;
        aliases, ask, yes_words, no_words, ask_words,
    }
    NextRound { yes, no, until, adds }
    Answers { yes, no }
    AssumedPast { field, one_of }
    Choice { id, name, zh, en; aliases, ask, implies }
    Columns { this_period, last_period, closing, opening }
    Addend { aliases, minus, optional, within }
    Implied { aliases, field, value }
    Names { schema, columns, facts }
    Named {
        id, aliases, ask, parts, yes_words, no_words, ask_words, implies, values, fields, sides,
    }
    Contradiction { less, more, fact, is, other, one_of, text }
    Twin { one, other, note }
}

read_names! {
    Kind {
        "bool" => Bool, "count" => Count, "whole" => Whole, "points" => Points, "money" => Money,
        "rate" => Rate, "date" => Date, "enum" => Enum, "enum_list" => EnumList, "text" => Text,
        "list" => List, "object" => Object,
    }
    Standing { "condition" => Condition, "open" => Open }
}
