/* The catalogue of the dmn module. {0} … {9} stand for the arguments of a finding. Sorted by nothing but sense; codes
 * are distinct. */
#include "messages.h"

static const struct message rows[] = {
  { "feel_syntax", "FEEL の式として読めません：{0}", "This is not a FEEL expression: {0}" },

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
