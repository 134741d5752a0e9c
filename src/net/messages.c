/* messages: the catalogue of net. {0} is what it is about, {1} what the library or the other side said. */
#include "messages.h"

const struct message net__malformed = {
  "net_malformed", "{0} の形が正しくありません。改行や制御文字がないか、https の宛先かを確かめてください。",
  "{0} is not well formed. Check that it holds no line breaks or control characters, and that the address is https." };
const struct message net__unreachable = {
  "net_unreachable", "{0} につながりません（{1}）。宛先とネットワークを確かめて、もう一度お試しください。",
  "{0} cannot be reached ({1}). Check the address and the network, then try again." };
const struct message net__certificate = {
  "net_certificate",
  "{0} の証明書を確かめられません（{1}）。何も送っていません。宛先を確かめ、独自の認証局なら証明書のファイルを指定してください。",
  "The certificate of {0} could not be verified ({1}). Nothing was sent. Check the address; if it has an authority of its own, "
  "name the file of its certificate." };
const struct message net__ca_file = {
  "net_ca_file", "認証局の証明書のファイル {0} を読めません。場所、権限、PEM形式であることを確かめてください。",
  "The file of certificates {0} cannot be read. Check where it is, that you may read it, and that it is PEM." };
const struct message net__timeout = {
  "net_timeout", "{0} から時間内に答えがありませんでした（{1}）。しばらくしてから、もう一度お試しください。",
  "{0} did not answer in time ({1}). Please try again in a while." };
const struct message net__too_large = {
  "net_too_large", "{0} の答えが大きすぎます（上限 {1} バイト）。宛先が正しいか確かめてください。",
  "The answer of {0} is too large (at most {1} bytes). Check that the address is right." };
const struct message net__broken = {
  "net_broken", "{0} とのやり取りが途中で切れました（{1}）。相手に届いたかは分かりません。もう一度お試しください。",
  "The exchange with {0} broke off ({1}). Whether it arrived is not known. Please try again." };
const struct message net__file = {
  "net_file", "ファイル {0} を読み書きできません。場所、権限、空き容量を確かめてください。",
  "The file {0} cannot be read or written. Check where it is, that you may use it, and that there is room." };
const struct message net__address = {
  "net_address", "「{0}」はメールアドレスとして使えません。name@example.jp の形にしてください。",
  "\"{0}\" cannot be used as a mail address. Write it like name@example.jp." };
const struct message net__mail_refused = {
  "net_mail_refused", "メールサーバー {0} がこのメールを断りました（{1}）。宛先を確かめてください。",
  "The mail server {0} refused this message ({1}). Check its address." };
const struct message net__mail_later = {
  "net_mail_later", "メールサーバー {0} は今は受け付けません（{1}）。後でもう一度送ります。",
  "The mail server {0} does not take it now ({1}). It will be sent again later." };
const struct message net__mail_login = {
  "net_mail_login", "メールサーバー {0} にログインできません（{1}）。設定の利用者名とパスワードのファイルを確かめてください。",
  "The mail server {0} did not accept the sign-in ({1}). Check the user and the password file in the settings." };
const struct message net__mail_tls = {
  "net_mail_tls", "メールサーバー {0} は暗号化（STARTTLS）に応じません。何も送っていません。サーバーの設定を確かめてください。",
  "The mail server {0} offers no encryption (STARTTLS). Nothing was sent. Check the server's settings." };
const struct message net__clamd_place = {
  "net_clamd_place",
  "{0} はウイルス検査の場所として使えません。ソケットのパス（例 /run/clamav/clamd.ctl）か、このコンピューターの中のアドレスとポート（例 127.0.0.1:3310）にしてください。暗号化されないため、ほかのコンピューターは指定できません。",
  "{0} cannot be the place of the scanner. Give the path of its socket, as /run/clamav/clamd.ctl, or an address of this machine with "
  "a port, as 127.0.0.1:3310. Its protocol is not encrypted, so another machine cannot be named." };
const struct message net__clamd_answer = {
  "net_clamd_answer", "{0} の答えは clamd のものではありません。設定の場所が正しいか確かめてください。",
  "What answers at {0} is not clamd. Check that the setting names the right place." };
