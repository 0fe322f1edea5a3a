//! Tests `zice diff` between editions that the binary carries.

use crate::run::{Run, zice};

/// Runs `zice diff` on two editions.
fn diff(first: &str, second: &str) -> Run {
    let run = zice(["diff", first, second]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    run
}

/// The number of lines that begin with this text.
fn count(run: &Run, start: &str) -> usize {
    run.stdout.lines().filter(|line| line.starts_with(start)).count()
}

#[test]
fn what_changed_is_told_with_what_it_was_and_what_it_is() {
    let run = diff("tech-sme@2025", "tech-sme@2026");
    let head = run.stdout.lines().next().expect("a first line");
    let told = count(&run, "~ ") + count(&run, "+ ") + count(&run, "- ");
    assert_eq!(head, format!("tech-sme@2025 → tech-sme@2026：{told} 处不同"));
    // The round of 2026 opens and closes on other days.
    let window = "\n~ 改动申报期\n    开始：\n      - 2025-06-30\n      + 2026-06-01\n    截止：\n      - 2025-09-30\n      + 2026-08-31\n";
    assert!(run.stdout.contains(window), "{}", run.stdout);
    // The visit to companies without IP is new; the one for a high share is
    // gone.
    assert!(run.stdout.contains("\n+ 新增条件 (visit_no_ip)："), "{}", run.stdout);
    assert!(run.stdout.contains("\n- 删去条件 (visit_high_share)："), "{}", run.stdout);
    assert!(run.stdout.contains(
        "    计算：科小科技人员[去年] / 科小职工总数[去年] >= 90% 且 科小职工总数[去年] >= 50\n"
    ));
    // A criterion that stayed the same is not mentioned.
    assert!(!run.stdout.contains("(rd_intensity)"), "{}", run.stdout);
}

#[test]
fn the_other_way_round_added_is_removed() {
    let (there, back) =
        (diff("tech-sme@2025", "tech-sme@2026"), diff("tech-sme@2026", "tech-sme@2025"));
    assert!(count(&there, "+ ") > 0 && count(&there, "- ") > 0, "{there:?}");
    assert_eq!(count(&there, "+ "), count(&back, "- "));
    assert_eq!(count(&there, "- "), count(&back, "+ "));
    assert_eq!(count(&there, "~ "), count(&back, "~ "));
}

#[test]
fn differences_are_told_in_english_when_asked() {
    let run = zice(["diff", "tech-sme@2025", "tech-sme@2026", "--lang", "en"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let chinese = diff("tech-sme@2025", "tech-sme@2026");
    let told = count(&chinese, "~ ") + count(&chinese, "+ ") + count(&chinese, "- ");
    let head = format!("tech-sme@2025 → tech-sme@2026: differences: {told}\n");
    assert!(run.stdout.starts_with(&head), "{}", run.stdout);
    let window = "\n~ changed window\n    opens:\n      - 2025-06-30\n      + 2026-06-01\n    closes:\n      - 2025-09-30\n      + 2026-08-31\n";
    assert!(run.stdout.contains(window), "{}", run.stdout);
    assert!(run.stdout.contains("\n+ added criterion (visit_no_ip): "), "{}", run.stdout);
    assert!(run.stdout.contains("\n- removed criterion (visit_high_share): "), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.trim_end() == line), "{}", run.stdout);
}

#[test]
fn days_and_amounts_are_written_as_people_write_them() {
    // In 2023 only insurance that began in 2022 counts; later editions have a
    // day of entry into force.
    let run = diff("new-material@2023", "new-material@2025");
    assert!(run.stdout.contains("保单生效日 >= 2022-01-01 且 保单生效日 <= 2022-12-31"));
    assert!(run.stdout.contains("保险金额 >= 5000万元"), "{}", run.stdout);
}

#[test]
fn an_edition_does_not_differ_from_itself() {
    let same = diff("tech-sme@2023", "tech-sme@2023");
    assert_eq!(same.stdout, "tech-sme@2023 → tech-sme@2023：没有不同\n");
    let english = zice(["diff", "hnte-zj@2023", "hnte-zj@2023", "--lang", "en"]);
    assert_eq!(english.stdout, "hnte-zj@2023 → hnte-zj@2023: no difference\n");
}

#[test]
fn an_edition_there_is_not_is_named_beside_those_there_are() {
    zice(["diff", "tech-sme@2023", "tech-sme@1999"]).refused(&["tech-sme@1999", "tech-sme@2026"]);
    zice(["diff", "tech-sme@1999", "tech-sme@2023"]).refused(&["tech-sme@1999"]);
    // The edition is required: an id alone is refused.
    zice(["diff", "tech-sme", "tech-sme@2023"]).refused(&["tech-sme", "tech-sme@2025"]);
    let run = zice(["diff", "tech-sme@2023"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{run:?}");
}
