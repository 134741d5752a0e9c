/* Texts of findings that pages add. */
#include "messages.h"

const struct message web__messages[WEB_MESSAGE_COUNT] = {
  [WEB_REQUIRED] = { "required", "「{0}」を入力してください。", "Enter: {1}." },
  [WEB_NOT_SAME] = { "not_same", "2つの新しいパスワードが違います。同じものを2回入力してください。",
                     "The two new passwords differ. Enter the same one twice." },
};
