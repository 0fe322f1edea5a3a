//! Columns of figures before and after an audit: 未审数 beside 审定数.

use crate::signs;

/// What heads say of figures that were not audited, the longer words first.
const BEFORE: [&str; 8] =
    ["未经审计数", "未经审计", "未审计数", "未审计", "未审定数", "未审数", "未审", "审计前"];
/// What they say of those that were.
const AFTER: [&str; 15] = [
    "经审计后的",
    "经审计的",
    "经审计数",
    "经审计",
    "已审计数",
    "已审计",
    "审计后",
    "审计数",
    "审定数",
    "审定后",
    "审定",
    "已审定",
    "已审数",
    "已审",
    "审计",
];

/// A head without what it says of an audit, and whether that is that the figures
/// were audited.
pub fn bare(head: &str) -> (String, Option<bool>) {
    let plain = signs::plain(head);
    for (words, audited) in [(&BEFORE[..], false), (&AFTER[..], true)] {
        let Some((before, after)) = words.iter().find_map(|word| plain.split_once(word)) else {
            continue;
        };
        let closed = before.strip_suffix('(').zip(after.strip_prefix(')'));
        let (before, after) = closed.unwrap_or((before, after));
        // 审计调整, 审计费用: of an audit, and no figures before or after it.
        let rest = [before, after].concat();
        return (rest, Some(audited));
    }
    (plain, None)
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_head_without_its_audit_is_the_time_alone() {
        for (head, rest, audited) in [
            ("2022年度（经审计）", "2022年度", Some(true)),
            ("2022年度(未经审计)", "2022年度", Some(false)),
            ("2022年度（经审计）（万元）", "2022年度(万元)", Some(true)),
            ("经审计的2022年度", "2022年度", Some(true)),
            ("2022年审定数", "2022年", Some(true)),
            ("期末未审数", "期末", Some(false)),
            ("审定数", "", Some(true)),
            ("2022年度", "2022年度", None),
        ] {
            assert_eq!(bare(head), (rest.to_owned(), audited), "{head}");
        }
    }
}
