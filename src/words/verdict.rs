//! Words for verdicts and scores.

super::words! {
    LIVE: "目前的结论", "Result so far";
    SCORE: "综合得分", "Score";
    POINTS: "分", "point[|s]";
    PASS_MARK: "合格线", "pass mark";
    ABOVE: "高于 ", "above ";
    OUT_OF: "满分", "out of";
    OPEN_QUESTIONS: "还有 {a} 题会影响结论", "{a} question[|s] can still change the result";
    OPEN_HINTS: "还有 {a} 题会影响提示", "{a} question[|s] can still bring one";
    NO_OPEN_HINTS: "没有哪一题还会影响提示", "No question can bring another one";
    LEFT_SHORT: "还有 {a} 题", "{a} open";
    LEFT_ROW: "{a} 题", "{a} open";
    LEFT_SHORT_NONE: "已确定", "settled";
    NEXT_BAND: "再上一档：达到{b}，得 {a} 分", "Next band {b}: {a} point[|s]";
    OR: "或", " or ";
    MOST_DECISIVE: "接下来最要紧：{a}", "Most decisive next: {a}";
    HINTS_FOUND: "现有 {a} 条可以留意", "{a} worth a look so far";
    NO_OPEN_QUESTIONS: "按已填的内容，结论已经确定", "Settled by what was entered";
    DECIDED_BY: "通过途径：", "By way of ";
    FAILED: "不符合：", "Not met: ";
    TO_REVIEW: "待人工确认：", "For a person: ";
    TALLY: "必备条件 {a} 项已符合，{b} 项待定", "{a} condition[|s] met, {b} open";
    MET: "符合条件", "Meets the conditions";
    NOT_MET: "不符合条件", "Does not meet the conditions";
    UNDECIDED: "还不能确定", "Not decided yet";
    NEEDS_REVIEW: "需人工确认", "For a person to judge";
    DOUBTED: "待核对", "To be checked";
    BY_ESTIMATE: "按估计", "By estimate";
    GO_AND_CHECK: "去核对", "Check it";
    HINT: "只提示机会，不作结论", "Hints only, no result";
    TOO_LARGE: "数值过大，无法精确计算，请核对", "A figure is too large to calculate with exactly: please check";
}
