import type { account as english } from "../en/account";

export const account: typeof english = {
  profile: "プロフィール",
  nameAndLanguage: "名前と言語",
  displayName: "表示名",
  displayNameHint: "ほかの人に表示される名前です。",
  language: "言語",
  languageHint: "画面とお知らせメールに使われます。",
  emailAddress: "メールアドレス",
  currentEmailAddress: "現在のアドレス",
  noEmailAddress: "未設定",
  newEmailAddress: "新しいメールアドレス",
  newEmailAddressHint:
    "新しいアドレスにリンクを送ります。リンクを開いて「アドレスを確認」を押すと変更されます。現在のアドレスにもすぐにお知らせします。",
  emailAddressRule: "name@example.comのような形式で入力してください。",
  sendLink: "リンクを送る",
  loginNameAndPassword: "ログイン名とパスワード",
  loginNameHint: "ログインに使う名前です。変更しても、パスワードと2要素認証はそのままです。",
  loginNameRule: "1〜128文字で入力してください。コロンと見えない文字は使えません。",
  changeLoginName: "ログイン名を変更",
  loginNameChanged: (loginName) => `次回から「${loginName}」でログインしてください。`,
  loginNameSame: (loginName) => `変更はありません。ログイン名はすでに「${loginName}」です。`,
  passwordEnds:
    "パスワードを変更すると、ほかのすべての端末のセッションが終了します。APIトークンと連携アプリケーションはそのまま使えます。",
  currentPassword: "現在のパスワード",
  newPassword: "新しいパスワード",
  newPasswordHint: (minimum) => `${minimum}文字以上。関連のない単語をいくつか組み合わせると安全です。`,
  changePassword: "パスワードを変更",
  passwordChanged: (sessions) =>
    sessions === 0
      ? "パスワードを変更しました。"
      : `パスワードを変更しました。ほかの${sessions}件のセッションを終了しました。`,
};
