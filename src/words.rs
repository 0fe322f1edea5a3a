//! The words of the interface. What a programme says is not here: it comes
//! from the policy.

use zice_rules::Lang;

/// A word in both languages.
pub struct Word {
    zh: &'static str,
    en: &'static str,
}

impl Word {
    #[inline(never)]
    pub const fn get(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub static $name: Word = Word { zh: $zh, en: $en };)*
        #[cfg(test)]
        const ALL: &[(&str, &Word)] = &[$((stringify!($name), &$name)),*];
    };
}

words! {
    COLON: "：", ": ";
    COMMA: "，", ", ";
    SEMICOLON: "；", "; ";
    LIST_COMMA: "、", ", ";
    BRACKET: "（", " (";
    BRACKET_END: "）", ")";
    TITLE: "申报自测", "Application self-check";
    PRIVACY: "所有计算都在本页完成，填写的内容不会上传。", "Everything is worked out in this page; nothing you enter is sent anywhere.";
    REFERENCE_ONLY: "自测结果仅供参考，以受理部门的审核意见为准。", "For reference only: the office in charge decides.";
    LOAD_FAILED: "政策文件未能载入，请检查网络后刷新页面：", "The policy files could not be loaded; check the network and reload:";
    OTHER_LANGUAGE: "English", "中文";
    CHOOSE: "选择要自测的项目", "Choose the programmes";
    CHOOSE_HELP: "可以同时选几个项目，共用的问题只问一次。各项目按哪一年的规则自测，由申报日期决定。", "Several can be chosen; a question they share is asked once. The edition of the rules follows the day of application.";
    CHOOSE_SOME: "请至少选一个项目。", "Please choose at least one programme.";
    EDITION: "{a} 年度规则", "{a} edition";
    MORE: "主管部门、申报渠道、能带来什么", "Who runs it, where to apply, what it brings";
    START: "开始自测", "Start";
    RUN_BY: "主管部门", "Run by";
    APPLIED_AT: "申报渠道", "Applied for at";
    BENEFITS: "能带来什么", "What it brings";
    WINDOW: "申报时间", "Window";
    FROM: "{a} 起", "from {a}";
    UNTIL: "{a} 截止", "until {a}";
    OPEN_NOW: "申报日期在申报期内", "open on the day of application";
    NO_WINDOW: "起止日期没有查到，请向主管部门核实", "the dates were not found: ask the office in charge";
    CLOSED_NOW: "申报日期不在申报期内", "not open on the day of application";
    OTHER_YEAR: "申报日期不在 {a} 年", "the day of application is not in {a}";
    MINUTES: "约需 {a} 分钟", "about {a} minutes";
    OPEN_FILE: "打开企业文件", "Open a company file";
    SAVE_FILE: "保存企业文件", "Save the company file";
    FILE_OPENED: "已打开企业文件", "Company file opened";
    FILE_OTHER: "这不是企业文件", "This is not a company file";
    FILE_CUT: "文件不完整", "The file is not complete";
    FILE_VERSION: "文件版本不符", "The file is of another version";
    FILE_WRONG: "文件内容有误", "The file has a mistake in it";
    FILE_UNCHANGED: "，已填内容未改动", "; your answers are unchanged";
    COMPANY: "企业和申报日期", "Company and day of application";
    COMPANY_NAME: "企业名称（可不填）", "Company name (optional)";
    AS_OF: "申报日期", "Day of application";
    AS_OF_TODAY: "，已按今天计算", "; today was taken instead";
    DAY_FORMAT: "年-月-日，如 2021-05-01", "YYYY-MM-DD";
    AS_OF_HELP: "“上年度”按申报日期的前一年计算。", "“Last year” is the year before this day.";
    STEP: "第 {a} 步，共 {b} 步", "Step {a} of {b}";
    TOPICS: "填写步骤", "Topics";
    BACK: "上一步", "Back";
    NEXT: "下一步", "Next";
    SEE_REPORT: "查看报告", "See the report";
    BACK_TO_ANSWERS: "返回修改", "Back to the answers";
    BACK_TO_CHOOSE: "重新选择项目", "Choose another programme";
    YES: "是", "Yes";
    NO: "否", "No";
    NOT_SURE: "不确定 / 暂不填", "Not sure / later";
    DEFINITION: "怎样算、到哪里找", "What counts, where to find it";
    FOUND_IN: "在哪里找：", "Where to find it: ";
    YEAR: "{a} 年", "{a}";
    YUAN: "元", "yuan";
    AS_RANGE: "填范围", "Give a range";
    AS_ONE: "填一个数", "Give one figure";
    AT_LEAST: "最低", "at least";
    AT_MOST: "最高", "at most";
    READ_AS: "即", "that is";
    STILL_MATTERS: "影响结论", "can change the result";
    ASKED_FOR: "用于：", "Asked for: ";
    TWIN_TAKE: "带入 {a} 并核对", "Take over {a} and check it";
    DECIDES_NOTHING: "参考，不影响结论", "for orientation, decides nothing";
    HINT_MATTERS: "影响提示", "can bring a hint";
    FOLDED: "以下 {a} 题不会改变结论，可以不填", "{a} questions below can't change the result and may be left out";
    NONE_HELD: "没有，一项也没有", "None at all";
    NONE: "没有", "None";
    NONE_SAID: "已填：没有。", "Answered: none.";
    NONE_HELD_SAID: "已填：一项也没有。", "Answered: none at all.";
    TAKE_BACK: "撤回", "Take back";
    ADD: "添加一项", "Add one";
    DELETE: "删除第 {a} 项", "Delete no. {a}";
    ENTRY: "第 {a} 项", "No. {a}";
    DELETED: "已删除一项。", "One entry deleted.";
    UNDO: "撤销删除", "Undo";
    COMPLETE: "以上已全部列出", "The list is complete";
    COMPLETE_HELP: "若还有未列出的，请取消勾选，结果会按“可能还有”计算。", "Untick it if there are more; the result then allows for them.";
    CHOOSE_ONE: "请选择", "Choose";
    NONE_OF_THESE: "以上都没有", "None of these";
    FIELDS_HELP: "各栏怎么填", "How to fill these in";
    SIDE_FIGURES: "{a} 年（已填 {b} 格）", "{a} ({b} cells filled)";
    FIGURE: "项目", "Figure";
    LIVE: "目前的结论", "Result so far";
    SCORE: "综合得分", "Score";
    POINTS: "分", "points";
    PASS_MARK: "合格线", "pass mark";
    OUT_OF: "满分", "out of";
    OPEN_QUESTIONS: "还有 {a} 题会影响结论", "{a} questions can still change the result";
    OPEN_HINTS: "还有 {a} 题会影响提示", "{a} questions can still bring one";
    NO_OPEN_HINTS: "没有哪一题还会影响提示", "No question can bring another one";
    HINTS_FOUND: "现有 {a} 条可以留意", "{a} worth a look so far";
    NO_OPEN_QUESTIONS: "没有哪一题还能改变结论", "No question can change the result any more";
    MET: "符合条件", "Meets the conditions";
    NOT_MET: "不符合条件", "Does not meet the conditions";
    UNDECIDED: "尚不能确定，取决于还没填的内容", "Not decided yet: answers are missing";
    NEEDS_REVIEW: "需人工确认", "For a person to judge";
    HINT: "只提示机会，不作结论", "Hints only, no result";
    TOO_LARGE: "数值过大，无法精确计算，请核对", "A figure is too large to calculate with exactly: please check";
    STATUS_MET: "符合", "met";
    STATUS_NOT_MET: "不符合", "not met";
    STATUS_UNKNOWN: "待填", "open";
    STATUS_NEEDS_REVIEW: "需人工确认", "for a person";
    STATUS_NOT_APPLICABLE: "不涉及", "does not apply";
    NOTE_MET: "涉及", "applies";
    SCORED: "得分", "scored";
    SCORED_RANGE: "得分区间", "scored, a range";
    REPORT: "自测报告", "Self-check report";
    VERDICTS: "各项目结论", "Results";
    PROGRAMME: "项目", "Programme";
    RESULT: "结论", "Result";
    HINTS: "可以留意的机会", "Opportunities worth a look";
    HINTS_OPEN: "还缺数据", "Answers are missing";
    NO_HINTS: "按已填的内容，没有需要留意的机会。", "From what was entered there is none.";
    HINT_MET: "可以留意", "worth a look";
    ITEMS: "逐项说明：{a}", "One by one: {a}";
    ITEM: "名称", "Name";
    COUNTS_FOR: "计入", "Counts for";
    MAY_COUNT_FOR: "可能计入：", "May count for: ";
    BECAUSE: "说明", "Notes";
    COUNTS: "计入", "counts";
    DOES_NOT_COUNT: "不计入", "does not count";
    INDICATORS: "参考数据（不影响结论）", "For orientation (decides nothing)";
    INDICATOR: "指标", "Figure";
    VALUE: "数值与计算", "Figure and calculation";
    NO_FIGURES: "还没有数据、暂不计算的指标：", "Not calculated for want of figures: ";
    ROUTE: "通过途径", "Route";
    MISSING: "还缺什么", "What is missing";
    NOTHING_MISSING: "没有不符合或待填的条件。", "No condition is unmet or open.";
    QUESTIONS_LEFT: "最影响结论的未填项目", "Questions that decide most";
    CRITERIA: "逐条核对", "Condition by condition";
    CONDITION: "条件", "Condition";
    STATUS: "状态", "Status";
    CALCULATION: "计算与说明", "Calculation";
    SOURCE: "依据", "Source";
    RULE: "要求", "Rule";
    DOCUMENTS: "要准备的材料", "Papers to prepare";
    PROVES: "用于：", "for: ";
    CALENDAR: "时间安排", "Calendar";
    TO: " 至 ", " to ";
    STATE_PAST: "已过", "past";
    STATE_OPEN: "进行中", "going on";
    STATE_FUTURE: "未到", "ahead";
    WARNINGS: "请注意", "Please note";
    OPEN_POINTS: "文件没有写明的地方", "What the sources leave open";
    ASSUMED: "按默认处理的内容", "Defaults that were taken";
    ANSWERS: "填写的内容", "Answers";
    SOURCES: "规则版本", "Edition of the rules";
    DIGEST: "规则摘要值", "Digest of the rules";
    CHECKED_ON: "规则核对日期", "Rules checked on";
    REVIEW_BY: "应复核于", "due for review by";
    PRINT: "打印 / 另存为 PDF", "Print or save as PDF";
    SAVE_REPORT: "保存报告数据", "Save the report data";
    GO_AND_MEND: "去修改", "Mend it";
    PROBLEMS: "有 {a} 处填写有误，未参与计算", "{a} entries could not be used";
    ERROR: "填写有误：", "Problem: ";
    CONFIDENCE_OFFICIAL: "官方文本", "official text";
    CONFIDENCE_REPOSTED: "官方文本，转载", "official text, reposted";
    CONFIDENCE_TWO: "两处以上来源一致", "two sources agree";
    CONFIDENCE_ONE: "仅一处来源，请确认", "one source: please confirm";
    CONFIDENCE_DERIVED: "由条文推算", "derived";
    CONFIDENCE_ASSUMED: "通常理解，未见条文", "common understanding";
    CONFIDENCE_OPEN: "来源未写明", "left open";
    CLAUSE_PAGE: "第 {a} 页", "p. {a}";
    YES_SHORT: "是", "yes";
    NO_SHORT: "否", "no";
}

/// Puts a text in place of `{a}`.
pub fn fill(word: &Word, lang: Lang, a: &str) -> String {
    word.get(lang).replace("{a}", a)
}

/// Puts a number in place of `{a}`.
pub fn count(word: &Word, lang: Lang, a: usize) -> String {
    fill(word, lang, &a.to_string())
}

/// The word for a verdict.
pub fn verdict(name: Option<&str>) -> &'static Word {
    match name {
        Some("met") => &MET,
        Some("not_met") => &NOT_MET,
        Some("needs_review") => &NEEDS_REVIEW,
        Some("hint") => &HINT,
        Some(_) => &UNDECIDED,
        None => &TOO_LARGE,
    }
}

/// The word for the status of a criterion.
pub fn status(name: &str) -> &'static Word {
    match name {
        "met" => &STATUS_MET,
        "not_met" => &STATUS_NOT_MET,
        "needs_review" => &STATUS_NEEDS_REVIEW,
        "not_applicable" => &STATUS_NOT_APPLICABLE,
        _ => &STATUS_UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_word_has_both_languages_and_the_same_blanks() {
        for (name, word) in super::ALL {
            assert!(!word.zh.is_empty() && !word.en.is_empty(), "{name}");
            assert_eq!(word.zh.contains("{a}"), word.en.contains("{a}"), "{name}");
        }
    }
}
