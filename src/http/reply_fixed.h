/* reply_fixed: the problems that can be told without any memory. */
#ifndef SHIENKIN_HTTP_REPLY_FIXED_H
#define SHIENKIN_HTTP_REPLY_FIXED_H

#define FIXED_UNAVAILABLE                                                                                          \
  "{\"type\":\"urn:shienkin:problem:unavailable\",\"title\":\"ただいま利用できません\",\"status\":503," \
  "\"detail\":\"しばらく待って、同じ内容でもう一度送ってください。\","                    \
  "\"title_ja\":\"ただいま利用できません\",\"title_en\":\"Not available at the moment\","               \
  "\"detail_ja\":\"しばらく待って、同じ内容でもう一度送ってください。\","                 \
  "\"detail_en\":\"Wait a moment and send the same again.\"}"

#define FIXED_TOO_LARGE                                                                                         \
  "{\"type\":\"urn:shienkin:problem:body_too_large\",\"title\":\"本文が大きすぎます\",\"status\":413," \
  "\"detail\":\"処理できる大きさを超えています。小さく分けてください。\","           \
  "\"title_ja\":\"本文が大きすぎます\",\"title_en\":\"The body is too large\","                        \
  "\"detail_ja\":\"処理できる大きさを超えています。小さく分けてください。\","        \
  "\"detail_en\":\"It is more than can be handled. Send it in smaller parts.\"}"

#define FIXED_INTERNAL                                                                                            \
  "{\"type\":\"urn:shienkin:problem:internal\",\"title\":\"内部の誤りです\",\"status\":500,"               \
  "\"detail\":\"こちらの誤りで処理できませんでした。窓口に知らせてください。\","    \
  "\"title_ja\":\"内部の誤りです\",\"title_en\":\"Something went wrong here\","                            \
  "\"detail_ja\":\"こちらの誤りで処理できませんでした。窓口に知らせてください。\"," \
  "\"detail_en\":\"This is our fault. Please tell the desk.\"}"

#endif
