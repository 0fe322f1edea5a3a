//! The live picture: verdict in words and the score on its ladder.

use yew::prelude::*;
use zice_rules::Lang;

use crate::{session::Picture, words};

/// What the ladder shows.
#[derive(Properties, Clone, PartialEq)]
pub struct LadderProps {
    pub lang: Lang,
    pub min: u8,
    pub max: u8,
    pub out_of: u8,
    pub passes: u8,
}

/// Width of the ladder's drawing; it scales with the page.
const WIDTH: u32 = 300;
/// Room on both sides, so that the numbers at the ends are not cut.
const MARGIN: u32 = 14;

/// The interval of points against the pass mark. Position and pattern carry
/// the meaning, not colour; the words beside it say the same.
#[component]
pub fn Ladder(props: &LadderProps) -> Html {
    let LadderProps { lang, min, max, out_of, passes } = props.clone();
    let place =
        |points: u8| MARGIN + u32::from(points) * (WIDTH - 2 * MARGIN) / u32::from(out_of.max(1));
    let (from, to, mark) = (place(min), place(max), place(passes));
    let label = format!(
        "{} {}，{} {passes} {}",
        words::SCORE.get(lang),
        interval(min, max, lang),
        words::PASS_MARK.get(lang),
        words::POINTS.get(lang),
    );
    html! {
        <svg class="zice-ladder" viewBox={format!("0 0 {WIDTH} 56")} role="img" aria-label={label}>
            <rect class="zice-ladder-track" x={MARGIN.to_string()} y="24" height="10"
                width={(WIDTH - 2 * MARGIN).to_string()} />
            <rect class="zice-ladder-range" x={from.saturating_sub(1).to_string()} y="20" height="18"
                width={(to - from + 2).to_string()} />
            <line class="zice-ladder-mark" x1={mark.to_string()} x2={mark.to_string()} y1="12" y2="44" />
            <text x={mark.to_string()} y="10" text-anchor="middle">{ passes }</text>
            <text x={place(0).to_string()} y="53" text-anchor="middle">{ "0" }</text>
            <text x={place(out_of).to_string()} y="53" text-anchor="middle">{ out_of }</text>
        </svg>
    }
}

/// `56–66 分`
pub fn interval(min: u8, max: u8, lang: Lang) -> String {
    let points = words::POINTS.get(lang);
    if min == max { format!("{min} {points}") } else { format!("{min}–{max} {points}") }
}

/// What the live picture shows.
#[derive(Properties, Clone, PartialEq)]
pub struct LiveProps {
    pub lang: Lang,
    pub picture: Picture,
}

/// Beside the interview.
#[component]
pub fn Live(props: &LiveProps) -> Html {
    let LiveProps { lang, picture } = props.clone();
    let verdict = words::verdict(picture.verdict).get(lang);
    let open = if picture.open.is_empty() {
        words::NO_OPEN_QUESTIONS.get(lang).to_owned()
    } else {
        words::fill(words::OPEN_QUESTIONS, lang, picture.open.len())
    };
    html! {
        <aside class="zice-live" aria-labelledby="zice-live-title">
            <h2 id="zice-live-title">{ words::LIVE.get(lang) }</h2>
            <div role="status">
                <p class={classes!("zice-verdict", state_class(picture.verdict))}>{ verdict }</p>
                if let Some((min, max, out_of, _)) = picture.score {
                    <p>
                        { words::SCORE.get(lang) }{ " " }
                        <strong data-zice-score="">{ interval(min, max, lang) }</strong>
                        { lang.pick("，", ", ") }{ words::OUT_OF.get(lang) }{ " " }{ out_of }{ " " }{ words::POINTS.get(lang) }
                    </p>
                }
                <p>{ open }</p>
            </div>
            if let Some((min, max, out_of, passes)) = picture.score {
                <Ladder {lang} {min} {max} {out_of} {passes} />
            }
        </aside>
    }
}

/// The class that draws a state; the words carry the meaning.
pub fn state_class(name: Option<&str>) -> &'static str {
    match name {
        Some("met") => "zice-is-met",
        Some("not_met") => "zice-is-not-met",
        Some("needs_review") => "zice-is-review",
        _ => "zice-is-open",
    }
}
