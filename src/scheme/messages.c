#include "messages.h"

/* ---- P29, checks that a spec cannot say */
const struct message scheme__in_future = {
  "in_future",
  "受付日（{0}）より後の日付です。日付を確かめてください。休診が続いているときは、受付日までの分を届け出て、あとから足してください。",
  "This day is after the day of receipt ({0}). Please check it. File a closure that goes on up to today and amend it later." };
const struct message scheme__beyond_calendar = {
  "beyond_calendar",
  "祝日表の範囲（{0}から{1}まで）の外の日付です。日付を確かめてください。",
  "This day is outside the years that the holiday table covers ({0} to {1}). Please check the date." };
const struct message scheme__range_reversed = {
  "range_reversed",
  "終わりの日が始まりの日（{0}）より前です。二つの日付を確かめてください。",
  "The last day is before the first day ({0}). Please check both dates." };
const struct message scheme__too_long = {
  "too_long",
  "一つの休診期間は両端を含めて{0}日までです（入力は{1}日）。期間を分けて届け出てください。",
  "One closure may last at most {0} days, both ends counted (this one has {1}). Please split it." };
const struct message scheme__before_incident = {
  "before_incident",
  "事案の発生日（{0}）より前の日付です。どちらかの日付を直してください。",
  "This day is before the incident ({0}). Please correct one of the two dates." };
const struct message scheme__contradiction_no_attack = {
  "contradiction",
  "サイバー攻撃による漏えいとされていますが、サイバー攻撃は無かったとされています。どちらかを直してください。",
  "The leak is said to be caused by an attack, but the attack is denied. Please correct one of the two." };
const struct message scheme__contradiction_no_leak = {
  "contradiction",
  "漏えいの原因がサイバー攻撃とされていますが、漏えいは無かったとされています。どちらかを直してください。",
  "A cause is given for the leak, but the leak itself is denied. Please correct one of the two." };
const struct message scheme__check_digit = {
  "check_digit",
  "番号の検証番号が合いません。保険医療機関番号または介護事業所番号（10桁）を写し間違いがないか確かめてください。",
  "The check digit of this code does not fit. Please compare the ten characters with your designation notice." };

/* ---- rule files */
const struct message scheme__rules_fault = {
  "rules_fault",
  "規則「{0}」の計算中に誤りがありました: {1}。支給の可否は判定していません。規則の管理者に知らせてください。",
  "The rule \"{0}\" failed while it was computed: {2}. Nothing was decided. Please tell the owner of the rules." };
const struct message scheme__rules_answer = {
  "rules_fault",
  "規則の答え「{0}」が契約の形をしていません。支給の可否は判定していません。規則の管理者に知らせてください。",
  "The rules' answer \"{0}\" has not the shape of the contract. Nothing was decided. Please tell the owner of the rules." };
const struct message scheme__rules_unreadable = {
  "rules_unreadable",
  "規則ファイル {0} を読めません。読む権限があるか、大きすぎないかを確かめてください。",
  "The rule file {0} cannot be read. Check that you may read it and that it is not too large." };
const struct message scheme__rules_folder = {
  "rules_unreadable",
  "規則のフォルダー {0} を読めません。名前と権限を確かめ、--rules で規則のフォルダーを指定してください。",
  "The folder of rules {0} cannot be read. Check its name and permissions, and name the folder of the rules with --rules." };
const struct message scheme__rules_none = {
  "rules_none",
  "フォルダー {0} に規則ファイル（*.dmn）がありません。--rules で規則のフォルダーを指定してください。",
  "The folder {0} holds no rule file (*.dmn). Name the folder of the rules with --rules." };
const struct message scheme__rules_attribute = {
  "rules_attribute",
  "規則ファイル {0} の definitions に属性 {1} が無いか、値が正しくありません。rules/README.md の書き方を見てください。",
  "The definitions element of rule file {0} lacks the attribute {1}, or its value is not valid. See rules/README.md." };
const struct message scheme__rules_node_missing = {
  "rules_node_missing",
  "規則ファイル {0} に「{1}」がありません。その名前の判断を加えるか、名前を直してください。",
  "The rule file {0} has no \"{1}\". Add the decision of that name, or mend its name." };
const struct message scheme__rules_input_unknown = {
  "rules_input_unknown",
  "規則ファイル {0} の入力「{1}」に渡せる事実がありません。新しい事実には申請様式と対応表の追加が要ります。",
  "No fact can feed the input \"{1}\" of rule file {0}. A new fact needs a new contract and a row of the binding." };
const struct message scheme__rules_memory = {
  "rules_limit",
  "規則の計算が上限を超えました。規則の管理者に知らせてください。",
  "The rules exceeded a bound of memory or steps. Please tell the owner of the rules." };

/* ---- scenario tables */
const struct message scheme__case_table = {
  "case_file", "事例ファイルの形が正しくありません: {0}。rules/README.md の書き方を見てください。",
  "This case file has not the right shape: {0}. See rules/README.md for how to write it." };
