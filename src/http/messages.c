/* messages: the catalogue of http for single findings. Titles and details of problems stand in problems.c. */
#include "messages.h"

const struct message http__invalid_encoding = {
  "invalid_encoding", "文字の符号が正しくありません。UTF-8 で、% の後に 16 進数 2 桁を付けて送ってください。",
  "This is not encoded correctly. Send UTF-8, with two hex digits behind each %."
};

const struct message http__unknown_parameter = { "unknown_parameter",
                                                 "{0} という項目はありません。名前を確かめるか、消してください。",
                                                 "There is no parameter {0} here. Check its name or leave it out." };

const struct message http__duplicate_parameter = { "duplicate_parameter",
                                                   "{0} が二度あります。一つだけにしてください。",
                                                   "{0} comes twice. Send it once." };

const struct message http__required = { "required", "{0} は必ず入れてください。",
                                        "{0} is required. Please fill it in." };

const struct message http__pattern = { "pattern", "{0} の形が正しくありません。書き方を確かめてください。",
                                       "{0} is not written as it should be. Check its form." };

const struct message http__minimum = { "minimum", "{0} が小さすぎます。{1} から {2} までの数を入れてください。",
                                       "{0} is too small. Give a number from {1} to {2}." };

const struct message http__maximum = { "maximum", "{0} が大きすぎます。{1} から {2} までの数を入れてください。",
                                       "{0} is too large. Give a number from {1} to {2}." };

const struct message http__date = { "date", "{0} は実在する日付を 2026-11-22 の形で入れてください。",
                                    "{0} must be a day that exists, written as 2026-11-22." };

const struct message http__enum = { "enum", "{0} は {1} のどれかを入れてください。", "{0} must be one of {1}." };

const struct message http__max_length = { "max_length", "{0} は {1} 文字までです。短くしてください。",
                                          "{0} may have {1} characters at most. Please shorten it." };

const struct message http__too_many_fields = { "max_items", "項目が多すぎます。{1} 個までにしてください。",
                                               "There are too many fields. Send {1} at most." };

const struct message http__certificate = {
  "certificate", "証明書を使えません ({0})。PEM 形式の証明書と、その秘密鍵を指定してください。",
  "The certificate cannot be used ({0}). Give a certificate in PEM and the private key that belongs to it."
};

const struct message http__certificate_key = {
  "certificate_key", "証明書と秘密鍵が合いません ({0})。組になっているものを指定してください。",
  "Certificate and private key do not belong together ({0}). Give the pair."
};

const struct message http__address = {
  "address", "{0} は待ち受けるアドレスとして読めません。127.0.0.1 や :: のように書いてください。",
  "{0} cannot be read as an address to listen on. Write it like 127.0.0.1 or ::."
};

const struct message http__port = {
  "port", "{0} 番のポートで待ち受けられません ({1})。ほかのプログラムが使っていないか確かめてください。",
  "Port {0} cannot be opened ({1}). Check that no other program uses it."
};

const struct message *http__message_of(const char *code) {
  static const struct message *const all[] = {
    &http__invalid_encoding, &http__pattern,  &http__minimum, &http__maximum, &http__date, &http__enum,
    &http__max_length,       &http__required,
  };
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    if (str_eq(str_of(all[i]->code), str_of(code))) return all[i];
  }
  assert(!"every fault of a value has its message");
  return NULL;
}

const struct http__reason http__reason_version = { "HTTP/1.1 で送ってください", "Only HTTP/1.1 is spoken here" },
                          http__reason_line = { "ヘッダーの行の形が正しくありません",
                                                "A line of the header is not well formed" },
                          http__reason_host = { "Host ヘッダーは一つ必要です", "Exactly one Host header is needed" },
                          http__reason_length = { "本文の長さの示し方が正しくありません",
                                                  "The length of the body is not stated correctly" },
                          http__reason_coding = { "この Transfer-Encoding には対応していません",
                                                  "This Transfer-Encoding is not known here" },
                          http__reason_field = { "同じヘッダーが二つあるか、使えない文字があります",
                                                 "A header comes twice or holds a character that may not stand there" },
                          http__reason_target = { "アドレスの形が正しくありません", "The address is not well formed" },
                          http__reason_body = { "このアドレスは本文を受け取りません", "This address takes no body" },
                          http__reason_method = { "知らないメソッドです", "The method is not known here" },
                          http__reason_cookie = { "Cookie の形が正しくありません",
                                                  "The Cookie header is not well formed" },
                          http__reason_multipart = { "multipart/form-data の形が正しくありません",
                                                     "The multipart/form-data is not well formed" },
                          http__reason_idempotency_key = { "Idempotency-Key は引用符で囲んだ 1〜64 文字です",
                                                           "Idempotency-Key is a quoted string of 1 to 64 characters" },
                          http__reason_condition = { "If-Match または If-None-Match を読めません",
                                                     "If-Match or If-None-Match cannot be read" },
                          http__reason_zero = { "文字列に使えない文字（U+0000）があります",
                                                "A text holds a character that no text may hold (U+0000)" };
