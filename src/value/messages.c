/* messages: the catalogue of value. Each text says what is wrong and what to do next. */
#include "messages.h"

const struct message value__calendar_encoding = {
  "calendar_encoding", "カレンダーのファイルは UTF-8 で 1 MiB までです。保存し直してください。",
  "A calendar file is UTF-8 and at most 1 MiB. Save it again as such."
};

const struct message value__calendar_header = {
  "calendar_header", "見出し {0} がないか、正しくありません。「# {0}: 値」の行を一つ書いてください。",
  "The heading {0} is missing or not right. Give exactly one line \"# {0}: value\"."
};

const struct message value__calendar_line = { "calendar_line",
                                              "この行は「YYYY-MM-DD 名前」の形ではありません。直してください。",
                                              "This line is not \"YYYY-MM-DD name\". Write it so." };

const struct message value__calendar_order = {
  "calendar_order", "{0} が前の行の日より後ではありません。日付の順に、一日を一行だけ書いてください。",
  "{0} is not later than the day of the line before. Sort the days, one line each."
};

const struct message value__calendar_horizon = {
  "calendar_horizon", "{0} が first と last の間にありません。日付か見出しを直してください。",
  "{0} is not between first and last. Mend the day or the headings."
};
