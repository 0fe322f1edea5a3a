//! Words of lists as tables, and of tables that are pasted.

super::words! {
    EDIT: "编辑", "Edit";
    EDIT_ENTRY: "编辑第 {a} 项", "Edit no. {a}";
    DELETE_SHORT: "删除", "Delete";
    EDIT_DONE: "完成", "Done";
    NUMBER: "序号", "No.";
    REMARKS: "其他", "Also";
    ACTIONS: "操作", "Actions";
    LEFT_OUT: "未填：", "Not given: ";
    AND_FIELDS: " 等 {a} 栏", " and others, {a} in all";
    PASTE: "从表格粘贴", "Paste from a table";
    PASTE_LABEL: "表格内容", "Table";
    PASTE_HINT: "在 Excel 或 WPS 中选中含表头的区域复制，粘贴到这里。", "Copy the range with its headings in Excel or WPS and paste it here.";
    PASTE_NOTHING: "没有可以添加的行。请为每一列选对应的栏目。", "There is no row to add yet. Choose a field for each column.";
    PASTE_ROWS: "可以添加 {a} 项", "{a} entr[y|ies] can be added";
    PASTE_REST: "，{a} 行不添加", ", {a} row[ is|s are] not added";
    PASTE_MARKED: "，{a} 格没看懂，按未知算", ", {a} cell[ was|s were] not understood and [is|are] unknown";
    PASTE_COLUMNS: "，{a} 列没认出，不添加", ", {a} column[ was|s were] not recognised and [is|are] not added";
    PASTE_FIRST: "，下面只显示前 50 行", ", the first 50 rows are shown";
    PASTE_PREVIEW: "粘贴内容预览", "Preview of the pasted table";
    ROW: "行", "Row";
    COLUMN: "第 {a} 列", "Column {a}";
    COLUMN_IS: "对应的栏目", "is the field";
    IGNORE_COLUMN: "忽略此列", "Ignore this column";
    NOT_RECOGNISED: "没认出，不添加", "not recognised, not added";
    TWICE: "与另一列重复，请只留一列", "chosen twice: keep one column";
    ODD_UNIT: "单位没看懂", "unit not understood";
    READ_DAY_AS: "日期怎么读", "How to read the days";
    ROW_TAKEN: "这一行写的是“{a}”，请核对是不是要填的数", "The row is called “{a}”: check that it is what is asked";
    ROW_UNKNOWN: "“{a}”这一行没认出，不填入", "The row “{a}” was not recognised and is left out";
    NOT_UNDERSTOOD: "没看懂", "not understood";
    ASKED_ABOVE: "请先在表头选日期读法", "choose above how to read it";
    NOT_ADDED: "不添加", "not added";
    ADD_ROWS: "添加这 {a} 行", "Add [this|these] {a} row[|s]";
    REPLACE_ROWS: "替换已有的 {a} 项", "Replace the {a} entr[y|ies] there [is|are]";
    CANCEL: "取消", "Cancel";
    ADDED: "已添加 {a} 项。", "{a} entr[y|ies] added.";
    REPLACED: "已替换为 {a} 项。", "Replaced by {a} entr[y|ies].";
    FILLED: "已填入 {a} 格。", "{a} figure[|s] filled in.";
    UNDO_PASTE: "撤销粘贴", "Undo the paste";
    BLOCK: "粘贴的数字", "Pasted figures";
    FILL_SO: "按此填入", "Fill in so";
    NOT_CLEAR: "看不出每个数字是哪一年、哪一项的。请只复制需要的数字，连同年度和项目名称。", "It is not clear what each figure is. Copy only what is needed here, with its years and headings.";
}
