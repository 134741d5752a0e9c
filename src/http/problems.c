/* problems: the catalogue of what the server itself refuses and what handlers of every room share. A code never changes
 * its meaning; a text may become clearer. Each detail ends with what to do next. */
#include "shienkin/http/problem.h"

#define PROBLEM(name, status, title_ja, title_en, detail_ja, detail_en) \
  const struct http_problem http_problem_##name = { #name, status, title_ja, title_en, detail_ja, detail_en }

PROBLEM(bad_request, 400, "リクエストの形が正しくありません", "The request is not well formed",
        "{0}。リクエストを直して、もう一度送ってください。", "{0}. Correct the request and send it again.");

PROBLEM(malformed_body, 400, "本文を読めません", "The body cannot be read",
        "本文を読み取れませんでした。errors にある箇所を直して、もう一度送ってください。",
        "The body could not be read. Correct what errors names and send it again.");

PROBLEM(invalid_parameter, 400, "指定された項目に誤りがあります", "A parameter is wrong",
        "errors にある項目を直して、もう一度送ってください。",
        "Correct the parameters that errors names and send again.");

PROBLEM(
    idempotency_key_required, 400, "Idempotency-Key が必要です", "An Idempotency-Key is required",
    "二重の登録を防ぐため、引用符で囲んだ Idempotency-Key ヘッダーを付けて送ってください (1〜64 文字)。",
    "To keep anything from being done twice, send an Idempotency-Key header: a quoted string of 1 to 64 characters.");

PROBLEM(sign_in_required, 401, "ログインしてください", "Please sign in",
        "この操作にはログインが必要です。ログインしてから、もう一度行ってください。",
        "This needs you to be signed in. Sign in and try again.");

PROBLEM(token_invalid, 401, "ログインの期限が切れています", "You are no longer signed in",
        "セッションまたはトークンが無効か、期限が切れています。ログインし直してください。",
        "The session or token is not valid, or has ended. Sign in again.");

PROBLEM(forbidden, 403, "この操作の権限がありません", "You may not do this",
        "この操作は、お使いの権限では行えません。必要な場合は、管理者に相談してください。",
        "Your role does not include this. If you need it, ask those who grant roles.");

PROBLEM(csrf, 403, "画面の有効期限が切れています", "This form is no longer valid",
        "送信元を確かめられませんでした。画面を開き直して、もう一度送ってください。",
        "Where the request came from could not be confirmed. Open the page again and send it once more.");

PROBLEM(step_up_required, 403, "もう一度、本人確認が必要です", "Please confirm that it is you",
        "この操作の前に、二つ目の認証をもう一度行ってください。有効なのは 5 分間です。",
        "Give your second factor again before this; it holds for 5 minutes.");

PROBLEM(read_only_token, 403, "閲覧専用のトークンです", "This token may only read",
        "このトークンでは変更できません。ご本人のログインで行ってください。",
        "This token cannot change anything. Do it signed in as a person.");

PROBLEM(not_found, 404, "見つかりません", "Not found",
        "このアドレスには何もないか、閲覧の権限がありません。アドレスを確かめてください。",
        "There is nothing at this address, or nothing that you may see. Check the address.");

PROBLEM(method_not_allowed, 405, "このメソッドは使えません", "This method is not allowed",
        "このアドレスで使えるメソッドは Allow ヘッダーにあります。",
        "The Allow header lists the methods of this address.");

PROBLEM(not_acceptable, 406, "求められた形式では返せません", "Not available in that format",
        "このアドレスの形式は {0} です。Accept ヘッダーに加えてください。",
        "This address answers with {0}. Add it to the Accept header.");

PROBLEM(request_timeout, 408, "受信が間に合いませんでした", "The request did not arrive in time",
        "通信が途切れました。接続を確かめて、もう一度送ってください。",
        "The connection stalled. Check it and send the request again.");

PROBLEM(conflict, 409, "先に変更されています", "Somebody else was first",
        "同じものが先に変更されました。最新の内容を読み直してから、もう一度行ってください。",
        "It was changed in the meantime. Read it again, then repeat what you wanted to do.");

PROBLEM(
    request_in_progress, 409, "処理中です", "Still at work on it",
    "同じ Idempotency-Key のリクエストを処理しています。Retry-After の秒数を待って、同じ内容でもう一度送ってください。",
    "A request with the same Idempotency-Key is being handled. Wait as Retry-After says and send the same again.");

PROBLEM(precondition_failed, 412, "内容が変わっています", "It has changed",
        "If-Match の版は最新ではありません。最新の内容を読み直して確かめてから、もう一度行ってください。",
        "The version in If-Match is not the current one. Read it again, check, and repeat.");

PROBLEM(body_too_large, 413, "本文が大きすぎます", "The body is too large",
        "受け取れるのは {0} バイトまでです。小さく分けるか、圧縮してください。",
        "At most {0} bytes are accepted. Make it smaller or send it in parts.");

PROBLEM(url_too_long, 414, "アドレスが長すぎます", "The address is too long",
        "受け取れるのは {0} バイトまでです。条件を減らしてください。",
        "At most {0} bytes are accepted. Use fewer conditions.");

PROBLEM(unsupported_media_type, 415, "この形式は受け取れません", "This format is not accepted",
        "受け取れる形式は {0} です。Content-Type を確かめてください。", "Accepted here: {0}. Check Content-Type.");

PROBLEM(range_not_satisfiable, 416, "その範囲はありません", "There is no such range",
        "指定された範囲は長さを超えています。Content-Range の長さを確かめてください。",
        "The range lies beyond the end. Content-Range tells the length.");

PROBLEM(invalid_body, 422, "入力内容に誤りがあります", "Something in what you entered is wrong",
        "errors にある項目を直して、もう一度送ってください。何も保存されていません。",
        "Correct what errors names and send it again. Nothing was stored.");

PROBLEM(idempotency_key_reused, 422, "同じキーで別の内容です", "Same key, other content",
        "この Idempotency-Key は別の内容に使われています。新しいキーで送ってください。",
        "This Idempotency-Key was used for something else. Send this with a new key.");

PROBLEM(precondition_required, 428, "If-Match が必要です", "If-Match is required",
        "ほかの人の変更を消さないため、読んだときの ETag を If-Match ヘッダーに付けて送ってください。",
        "So that nobody's change is lost, send the ETag that you read in an If-Match header.");

PROBLEM(too_many_attempts, 429, "試行が続いています", "Too many attempts",
        "安全のため、しばらく受け付けません。{0} 秒待ってから、もう一度行ってください。",
        "For safety this pauses for a while. Wait {0} seconds and try again.");

PROBLEM(headers_too_large, 431, "ヘッダーが大きすぎます", "The header is too large",
        "ヘッダーは合わせて {0} バイトまで、{1} 個までです。Cookie を消して、もう一度試してください。",
        "At most {0} bytes and {1} fields. Clear cookies and try again.");

PROBLEM(internal, 500, "内部の誤りです", "Something went wrong here",
        "こちらの誤りで処理できませんでした。request_id を添えて窓口に知らせてください。",
        "This is our fault. Please tell the desk, with the request_id.");

PROBLEM(not_implemented, 501, "対応していない方式です", "This way of sending is not known here",
        "{0}。別の方式で送ってください。", "{0}. Send it in another way.");

PROBLEM(
    busy, 503, "混み合っています", "Busy at the moment",
    "処理が混み合っています。Retry-After の秒数を待って、同じ内容でもう一度送ってください。何も保存されていません。",
    "There is too much to do right now. Wait as Retry-After says and send the same again. Nothing was stored.");

PROBLEM(unavailable, 503, "ただいま利用できません", "Not available at the moment",
        "内部の一部が応答していません。Retry-After の秒数を待って、同じ内容でもう一度送ってください。",
        "A part of the service does not answer. Wait as Retry-After says and send the same again.");

PROBLEM(shutting_down, 503, "再起動しています", "Restarting",
        "サービスを再起動しています。Retry-After の秒数を待って、もう一度送ってください。何も保存されていません。",
        "The service is restarting. Wait as Retry-After says and send it again. Nothing was stored.");

static const struct http_problem *const rows[] = {
  &http_problem_bad_request,
  &http_problem_malformed_body,
  &http_problem_invalid_parameter,
  &http_problem_idempotency_key_required,
  &http_problem_sign_in_required,
  &http_problem_token_invalid,
  &http_problem_forbidden,
  &http_problem_csrf,
  &http_problem_step_up_required,
  &http_problem_read_only_token,
  &http_problem_not_found,
  &http_problem_method_not_allowed,
  &http_problem_not_acceptable,
  &http_problem_request_timeout,
  &http_problem_conflict,
  &http_problem_request_in_progress,
  &http_problem_precondition_failed,
  &http_problem_body_too_large,
  &http_problem_url_too_long,
  &http_problem_unsupported_media_type,
  &http_problem_range_not_satisfiable,
  &http_problem_invalid_body,
  &http_problem_idempotency_key_reused,
  &http_problem_precondition_required,
  &http_problem_too_many_attempts,
  &http_problem_headers_too_large,
  &http_problem_internal,
  &http_problem_not_implemented,
  &http_problem_busy,
  &http_problem_unavailable,
  &http_problem_shutting_down,
};

const struct http_problem_table http_problems = { rows, COUNT_OF(rows) };
