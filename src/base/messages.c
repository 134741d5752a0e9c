/* messages: the catalogue of base. Each text says what is wrong and what to do next. */
#include "messages.h"

const struct message base__config_unknown = {
  "config_unknown_key", "{0}: この名前の設定はありません。`shienkin config --help` で名前の一覧を確かめてください。",
  "{0}: there is no setting of this name. See `shienkin config --help` for the names."
};

const struct message base__config_syntax = { "config_syntax",
                                             "{0}: 「名前 = 値」の形に直してください。注釈は行頭に # を付けます。",
                                             "{0}: write it as \"name = value\". A comment starts its line with #." };

const struct message base__config_twice = { "config_twice",
                                            "{0}: {1} が二度書かれています。どちらか一方を消してください。",
                                            "{0}: {1} stands here a second time. Remove one of the two." };

const struct message base__config_not_integer = {
  "config_not_integer", "{0}: {1} は整数です。{2} から {3} までの数を、数字だけで書いてください。",
  "{0}: {1} is a whole number. Write one from {2} to {3}, in digits alone."
};

const struct message base__config_out_of_bounds = {
  "config_out_of_bounds", "{0}: {1} の範囲は {2} から {3} までです。この中の数を書いてください。",
  "{0}: {1} goes from {2} to {3}. Write a number within."
};

const struct message base__config_not_bool = { "config_not_bool", "{0}: {1} には true か false を書いてください。",
                                               "{0}: {1} takes true or false." };

const struct message base__config_empty = { "config_empty",
                                            "{0}: {1} の値が空です。値を書くか、この設定を消してください。",
                                            "{0}: the value of {1} is empty. Write one, or remove the setting." };

const struct message base__config_not_utf8 = { "config_not_utf8",
                                               "{0}: UTF-8 ではない文字があります。UTF-8 で保存し直してください。",
                                               "{0}: this is not UTF-8. Save it as UTF-8." };
