import type { mails as english, MailFacts, MailText } from "./mails.en.js";

function mail(
  { displayName, loginName, issuer }: MailFacts,
  subject: string,
  ...paragraphs: string[]
): MailText {
  const sign = `アカウント：${loginName}\nこのメールは${issuer}から送られました。`;
  return {
    subject: `${subject}(${issuer})`,
    text: [`${displayName} 様`, ...paragraphs, sign].join("\n\n"),
  };
}

const ALARM = "心当たりがない場合は、すぐにパスワードを変更し、管理者に知らせてください。";
const KNOWN =
  "心当たりがない場合は、誰かがパスワードを知っています。すぐに変更してください。この警告は1日に1回までです。";

const MOMENT = new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

export const mails: typeof english = {
  twoFactorEnabled: (to) =>
    mail(
      to,
      "2要素認証が有効になりました",
      "アカウントの2要素認証が有効になりました。今後はログインのたびに確認コードが必要で、パスワードだけでは使えません。",
      ALARM,
    ),
  enrollmentOffered: (to) =>
    mail(
      to,
      "2要素認証の設定が始まりました",
      "このアカウントのパスワードによるログインで、組織が必須とする2要素認証の設定が始まりました。",
      ALARM,
    ),
  authenticatorAdded: (to, name) =>
    mail(to, "認証アプリが追加されました", `認証アプリ「${name}」がアカウントに追加されました。`, ALARM),
  authenticatorRemoved: (to, name) =>
    mail(to, "認証アプリが削除されました", `認証アプリ「${name}」がアカウントから削除されました。`, ALARM),
  twoFactorDisabled: (to) =>
    mail(
      to,
      "2要素認証が無効になりました",
      "本人確認のうえで、アカウントの2要素認証が無効になりました。今後はパスワードだけでログインできます。",
      ALARM,
    ),
  twoFactorReset: (to, { by, approvedBy, reason, applicationsRevoked }) =>
    mail(
      to,
      "管理者が2要素認証を無効にしました",
      `${by === null ? "サーバーのコマンドラインから" : `管理者 ${by} が、`}${approvedBy === undefined ? "" : `管理者 ${approvedBy} の承認を得て、`}アカウントの2要素認証${by === null ? "が無効にされました" : "を無効にしました"}。理由：${reason}`,
      `すべてのセッションが終了しました。${applicationsRevoked === 0 ? "" : "アプリケーションとの連携も解除されました。"}パスワードでログインし、2要素認証をもう一度有効にしてください。新しいシークレットが作られます。`,
      "依頼していない場合は、すぐに管理者に知らせてください。",
    ),
  recoveryCodeUsed: (to, remaining) =>
    mail(
      to,
      "リカバリーコードが使われました",
      `アカウントのリカバリーコードが使われました。残りは${remaining}個です。`,
      ALARM,
    ),
  recoveryCodesRegenerated: (to) =>
    mail(
      to,
      "リカバリーコードが新しくなりました",
      "アカウントの新しいリカバリーコードが作られました。古いものは使えません。",
      ALARM,
    ),
  wrongCode: (to) =>
    mail(
      to,
      "正しいパスワードの後に、間違った確認コードが入力されました",
      "誰かが正しいパスワードと、間違った確認コードを入力しました。ログインはされていません。",
      KNOWN,
    ),
  passwordRefused: (to) =>
    mail(
      to,
      "リクエストと一緒に送られたパスワードを拒否しました",
      "プログラムが、リクエストと一緒に正しいパスワードを送りました。アカウントは2要素認証で守られているため、拒否しました。プログラムにはAPIトークンを使ってください。",
      KNOWN,
    ),
  passwordChanged: (to, { apiTokens, applications }) =>
    mail(
      to,
      "パスワードが変更されました",
      "アカウントのパスワードが変更され、ほかのセッションは終了しました。",
      apiTokens.length === 0
        ? "アカウントのAPIトークンはありません。"
        : `次のAPIトークンは引き続き使えます：${apiTokens.join(", ")}。知らないものは取り消してください。`,
      applications.length === 0
        ? "アカウントと連携しているアプリケーションはありません。"
        : `次のアプリケーションとの連携は続きます：${applications.join(", ")}。知らないものは連携を解除してください。`,
      ALARM,
    ),
  emailAddressChanging: (to, address) =>
    mail(
      to,
      "メールアドレスの変更が始まりました",
      `${address} に送られたリンクで確認されると、アカウントのアドレスがそれに変わります。`,
      ALARM,
    ),
  confirmEmailAddress: (to, link) =>
    mail(
      to,
      "メールアドレスを確認してください",
      `このアドレスをアカウントのものにするには、1時間以内に次のリンクを開いて「アドレスを確認」を押してください。\n${link}`,
      "心当たりがない場合は、何もしないでください。何も変わりません。",
    ),
  emailAddressChanged: (to, address) =>
    mail(to, "メールアドレスが変更されました", `アカウントのアドレスは ${address} になりました。`, ALARM),
  resetPassword: (to, links) =>
    mail(
      to,
      "新しいパスワードを設定してください",
      `新しいパスワードを設定するには、1時間以内にリンクを開いてください。\n${links.map(({ loginName, link }) => `${loginName}: ${link}`).join("\n")}`,
      "2要素認証はそのままです。心当たりがない場合は、何もしないでください。何も変わりません。",
    ),
  invitation: (to, link) =>
    mail(
      to,
      "新しいアカウント",
      `アカウントが作られました。7日以内に次のリンクを開いて、パスワードを設定してください。\n${link}`,
    ),
  twoFactorResetRequested: (to, { by, reason }) =>
    mail(
      to,
      "2要素認証の無効化が申請されました",
      `管理者 ${by} が、アカウントの2要素認証の無効化を申請しました。24時間以内に別の管理者の承認が必要です。理由：${reason}`,
      "依頼していない場合は、すぐに管理者に知らせてください。",
    ),
  twoFactorResetRejected: (to, { by, isWithdrawal }) =>
    mail(
      to,
      `2要素認証の無効化申請が${isWithdrawal ? "取り下げられました" : "却下されました"}`,
      `管理者 ${by} が、アカウントの2要素認証の無効化申請を${isWithdrawal ? "取り下げました" : "却下しました"}。2要素認証は有効のままです。`,
      "認証アプリの端末をなくした場合は、管理者に連絡してください。",
    ),
  twoFactorRequired: (to, from) =>
    mail(
      to,
      "2要素認証が必須です",
      from === null
        ? "組織が2要素認証を必須にしました。次のログインで設定します。認証アプリを用意してください。"
        : `組織は${MOMENT.format(from)}(UTC)から2要素認証を必須にします。それまでに有効にしてください。有効にしていない場合は、その後の最初のログインで設定します。`,
      "リクエストと一緒にパスワードを送っているプログラムでは、代わりにAPIトークンを使ってください。",
    ),
  twoFactorForbidden: (to) =>
    mail(
      to,
      "2要素認証は今は使われません",
      "組織のセキュリティポリシーにより、2要素認証が許可されなくなりました。ログインで確認コードは求められません。認証アプリの登録は残っており、ポリシーが許可すると再び使われます。アプリから削除しないでください。",
    ),
  twoFactorAllowedAgain: (to) =>
    mail(
      to,
      "2要素認証が再び使われます",
      "組織のセキュリティポリシーにより、2要素認証が再び許可されました。ログインで確認コードが再び必要です。パスワードだけで開始されたセッションは終了しました。",
      "認証アプリがもうない場合は、リカバリーコードを使うか、管理者に2要素認証の無効化を依頼してください。",
    ),
  approvalChanged: (to, { by, needed }) =>
    mail(
      to,
      "2要素認証の無効化の承認が変更されました",
      needed
        ? `管理者 ${by} がセキュリティポリシーを変更しました。ほかの人の2要素認証を無効にするには、別の管理者の承認が必要になりました。`
        : `管理者 ${by} がセキュリティポリシーを変更しました。ほかの人の2要素認証を無効にするのに、別の管理者の承認は必要なくなりました。`,
    ),
  passwordSet: (to, by) =>
    mail(
      to,
      "管理者がパスワードを設定しました",
      `管理者 ${by} がアカウントの新しいパスワードを設定し、すべてのセッションが終了しました。新しいパスワードを確認し、次のログインの後に変更してください。`,
      "依頼していない場合は、すぐに管理者に知らせてください。",
    ),
  passwordToSet: (to, { by, link }) =>
    mail(
      to,
      "新しいパスワードを設定してください",
      `管理者 ${by} が新しいパスワードの設定を求めています。古いパスワードはもう使えず、すべてのセッションが終了しました。7日以内に次のリンクを開いてください。\n${link}`,
      "2要素認証はそのままです。",
    ),
  loginNameChanged: (to, { by, loginName }) =>
    mail(
      to,
      "管理者がログイン名を変更しました",
      `管理者 ${by} がログイン名を変更しました。今後は ${loginName} でログインしてください。`,
    ),
  emailAddressSet: (to, { by, address }) =>
    mail(
      to,
      "管理者がメールアドレスを変更しました",
      address === null
        ? `管理者 ${by} がアカウントのメールアドレスを削除しました。`
        : `管理者 ${by} がアカウントのメールアドレスを ${address} に変更しました。`,
      "依頼していない場合は、すぐに管理者に知らせてください。",
    ),
  sessionsRevoked: (to, { by, reason }) =>
    mail(
      to,
      "管理者がセッションを終了しました",
      `管理者 ${by} がアカウントのすべてのセッションを終了しました。理由：${reason}`,
      "もう一度ログインしてください。APIトークンと連携アプリケーションは引き続き使えます。",
    ),
};
