/* The catalogue of the dmn module. {0} … {9} stand for the arguments of a finding. Sorted by nothing but sense; codes
 * are distinct. */
#include "messages.h"

static const struct message rows[] = {
  { "feel_syntax", "FEEL の式として読めません：{0}", "This is not a FEEL expression: {0}" },
  { "feel_expected", "ここには「{0}」が必要です。", "Expected \"{0}\" here." },
  { "feel_no_expression", "「{0}」から始まる式はありません。値、名前、または括弧を書いてください。",
    "No expression begins with \"{0}\". Write a value, a name or a bracket." },
  { "feel_ended", "式が途中で終わっています。続きを書いてください。", "The expression ends where a value is expected. Complete it." },
  { "feel_unexpected", "「{0}」はここに置けません。演算子が抜けていないか確かめてください。",
    "\"{0}\" cannot stand here. Check whether an operator is missing." },
  { "feel_open_string", "文字列が閉じていません。「\"」を書いてください。", "The string is not closed. Write '\"' at its end." },
  { "feel_escape", "「\\u」または「\\U」の後が文字の番号ではありません。\\uXXXX か \\UXXXXXX と書いてください。",
    "What follows \\u or \\U is no character. Write \\uXXXX or \\UXXXXXX." },
  { "feel_no_name", "ここには名前が必要です。", "Expected a name here." },
  { "feel_name_long", "名前が長すぎます（512 バイトまで）。", "The name is too long (at most 512 bytes)." },
  { "feel_too_deep", "式の入れ子が深すぎます。名前を付けて分けてください。", "The expression is nested too deeply. Give parts of it names." },
  { "feel_too_many", "式が多すぎます。モデルを分けてください。", "There are too many expressions. Split the model." },
  { "feel_not_utf8", "式が UTF-8 の文字列ではありません。UTF-8 で保存し直してください。", "The expression is not valid UTF-8. Save it as UTF-8." },
  { "feel_name", "「{0}」という名前はここでは使えません。つづりと、必要とする入力の指定を確かめてください。",
    "The name \"{0}\" is not known here. Check its spelling and the requirements drawn." },
  { "feel_name_near", "「{0}」という名前はここでは使えません。「{1}」ではありませんか。",
    "The name \"{0}\" is not known here. Did you mean \"{1}\"?" },
  { "feel_entry", "この型に「{0}」という項目はありません。", "This type has no entry \"{0}\"." },
  { "feel_entry_near", "この型に「{0}」という項目はありません。「{1}」ではありませんか。",
    "This type has no entry \"{0}\". Did you mean \"{1}\"?" },
  { "feel_arity", "関数「{0}」は {1} 個の引数では呼び出せません。", "The function \"{0}\" cannot be called with {1} arguments." },
  { "feel_parameter", "関数「{0}」にそのような名前の引数の組はありません。", "The function \"{0}\" has no such set of parameter names." },
  { "feel_literal", "「{0}」は数、日付、時刻、期間のどの書き方でもないか、範囲を超えています。",
    "\"{0}\" is no number, date, time or duration, or is out of range." },
  { "feel_twin_key", "項目「{0}」が同じコンテキストに二度あります。どちらかを変えてください。",
    "The entry \"{0}\" stands twice in one context. Change one of them." },
  { "feel_type_name", "型「{0}」はありません。", "There is no type \"{0}\"." },
  { "feel_condition", "ここには真偽（boolean）が必要ですが、{0} です。", "A boolean is needed here, but this is {0}." },
  { "feel_operands", "{1} と {2} に演算子「{0}」は使えません。", "The operator \"{0}\" does not take {1} and {2}." },

  /* models */
  { "model_bytes", "{0} が大きすぎます（上限 {1} バイト）。モデルを分けてください。",
    "{0} is too large (at most {1} bytes). Split the model." },
  { "model_memory", "{0} は大きすぎて読み込めません（メモリの上限）。モデルを分けてください。",
    "{0} needs more memory than may be used. Split the model." },
  { "model_namespace", "{0} は DMN 1.1～1.5 のモデルではありません（名前空間「{1}」）。DMN として書き出し直してください。",
    "{0} is no model of DMN 1.1 to 1.5 (namespace \"{1}\"). Export it again as DMN." },
  { "model_root", "{0} の根の要素が definitions ではなく {1} です。DMN のモデル全体を書き出してください。",
    "The root element of {0} is {1}, not definitions. Export the whole DMN model." },
  { "model_no_namespace", "{0} の definitions に namespace がありません。モデルの名前空間を書いてください。",
    "The definitions of {0} have no namespace. Give the model one." },
  { "model_import", "取り込むモデル（名前空間「{0}」）が渡されていません。そのファイルも渡してください。",
    "The imported model (namespace \"{0}\") was not given. Give its file as well." },
  { "model_imports", "取り込みが多すぎます（全部で {0} 個まで）。モデルをまとめてください。",
    "There are too many imports (at most {0}, those of imports included). Merge some of the models." },
  { "model_name", "{0} に名前がありません。name を書いてください。", "This {0} has no name. Give it one." },
  { "model_twin_id", "id「{0}」は {1} 行目でも使われています。別の id にしてください。",
    "The id \"{0}\" is used in line {1} already. Choose another." },
  { "model_twin_name", "名前「{0}」は {1} 行目でも使われています。別の名前にしてください。",
    "The name \"{0}\" is used in line {1} already. Choose another." },
  { "model_twin_component", "名前「{0}」が同じ構造の中に二度あります。どちらかを変えてください。",
    "The name \"{0}\" stands twice in one structure. Change one of them." },
  { "model_no_href", "「{0}」の参照に href がありません。参照先を書いてください。",
    "A reference of \"{0}\" has no href. Say what it points at." },
  { "model_reference", "「{0}」が参照する「{1}」がモデルにありません。参照先の id を確かめてください。",
    "\"{0}\" refers to \"{1}\", which is not in the model. Check the id." },
  { "model_wrong_kind", "「{0}」はここで「{1}」を参照できません。参照の種類を確かめてください。",
    "\"{0}\" cannot refer to \"{1}\" here. Check the kind of the requirement." },
  { "model_cycle", "必要とするものが循環しています：{0}。どれか一つの参照を外してください。",
    "The requirements form a cycle: {0}. Remove one of them." },
  { "model_chain", "「{0}」の下に連なる要素が多すぎます。途中をまとめてください。",
    "The chain of requirements below \"{0}\" is too long. Merge some of its links." },
  { "model_depth", "型の定義が深すぎます（上限 {0} 段）。浅くしてください。",
    "The item definitions build upon one another too deeply (at most {0}). Make them flatter." },
  { "model_rules", "表の行が多すぎます（全部で {0} 行まで）。モデルを分けてください。",
    "There are too many rules (at most {0} in a model). Split the model." },
  { "model_expressions", "式が多すぎます（全部で {0} 個まで）。モデルを分けてください。",
    "There are too many expressions (at most {0} in a model). Split the model." },
  { "model_policy", "ヒットポリシーまたは集計「{0}」はありません。DMN にあるものを選んでください。",
    "There is no hit policy or aggregation \"{0}\". Choose one that DMN has." },
  { "model_no_output", "表に出力の列がありません。一つ以上必要です。", "The table has no output column. It needs at least one." },
  { "model_row", "この行の項目の数が列の数（{0}）と合いません。", "This row does not have as many entries as there are columns ({0})." },
  { "model_row_outputs", "この行の出力の数が出力列の数（{0}）と合いません。",
    "This row does not have as many outputs as there are output columns ({0})." },
  { "model_type", "型「{0}」はありません。どの値も許すものとして扱います。",
    "There is no type \"{0}\". Any value is accepted in its place." },
  { "model_language", "式の言語「{0}」は読めません。値は null になります。FEEL で書いてください。",
    "Expressions in \"{0}\" cannot be read; they are null. Write them in FEEL." },
  { "model_external", "「{0}」は外部関数（{1}）で、ここでは呼び出せません。値は null になります。",
    "\"{0}\" is an external function ({1}), which cannot be called here; it is null." },
};

const struct message *dmn__messages(size_t *count) {
  *count = COUNT_OF(rows);
  return rows;
}

const struct message *dmn__message(const char *code) {
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    if (strcmp(rows[i].code, code) == 0) return &rows[i];
  assert(false && "a code that is not in the catalogue");
  return NULL;
}
