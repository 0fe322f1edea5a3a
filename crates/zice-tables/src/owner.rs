//! Whose a right is: names compared with the company's own.

use zice_rules::text::spelling;

/// What the owners named in a cell are to the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The company alone.
    Company,
    /// The company and others.
    Together,
}

/// Compares the owners named in a cell with the company's name. Brackets,
/// blanks and full-width signs make no difference. Nobody else is known: who is
/// not the company may be a shareholder or a stranger.
pub fn of(text: &str, name: &str) -> Option<Owner> {
    let name = spelling(name);
    if name.is_empty() {
        return None;
    }
    if spelling(text) == name {
        return Some(Owner::Company);
    }
    // A comma also stands in "Co., Ltd.": it parts names only where nothing
    // else does.
    for marks in [
        &['；', ';', '、', '|', '\n', '/', '／'][..],
        &['；', ';', '、', '|', '\n', '/', '／', '，', ','],
    ] {
        let parts = text.split(marks).map(spelling).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.collect();
        if parts.contains(&name) {
            let alone = parts.iter().all(|part| *part == name);
            return Some(if alone { Owner::Company } else { Owner::Together });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Owner, of};

    const NAME: &str = "湖州示例（浙江）科技有限公司";

    #[test]
    fn a_name_is_the_same_with_other_signs_and_nobody_else_is_known() {
        for text in [
            "湖州示例(浙江)科技有限公司",
            "湖州示例浙江科技有限公司",
            " 湖州示例（浙江） 科技有限公司；",
            "湖州示例（浙江）科技有限公司;湖州示例(浙江)科技有限公司",
        ] {
            assert_eq!(of(text, NAME), Some(Owner::Company), "{text}");
        }
        for text in [
            "湖州示例（浙江）科技有限公司；浙江大学",
            "浙江大学、湖州示例(浙江)科技有限公司",
            "湖州示例（浙江）科技有限公司,丁某某",
        ] {
            assert_eq!(of(text, NAME), Some(Owner::Together), "{text}");
        }
        for text in [
            "丁某某",
            "另一家科技有限公司",
            "湖州示例（浙江）科技有限公司杭州分公司",
            "湖州示例科技有限公司",
        ] {
            assert_eq!(of(text, NAME), None, "{text}");
        }
        assert_eq!(of(NAME, ""), None, "without a name nobody is the company");
        assert_eq!(of("Demo Co., Ltd.; Other", "demo co ltd"), Some(Owner::Together));
    }
}
