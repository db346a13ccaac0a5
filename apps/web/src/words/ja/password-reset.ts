import type { passwordReset as english } from "../en/password-reset";

export const passwordReset: typeof english = {
  requestTitle: "パスワードを再設定するリンクの送信",
  requestIntroduction:
    "ログイン名またはメールアドレスを入力してください。リンクはアカウントのメールアドレスに送られます。",
  emailAddress: "メールアドレス",
  or: "または",
  oneOfThem: "ログイン名かメールアドレスを入力してください。",
  newLink: "新しいリンクを受け取る",
  sendLink: "リンクを送る",
  toLogin: "ログインへ",
  resetTitle: "新しいパスワードの設定",
  resetIntroduction: "アカウントのすべてのセッションが終了します。2要素認証はそのままです。",
  newPassword: "新しいパスワード",
  newPasswordHint: "関連のない単語をいくつか組み合わせると安全です。",
  repeat: "新しいパスワード(もう一度)",
  different: "2つのパスワードが一致しません。",
  setPassword: "パスワードを設定",
  confirmTitle: "メールアドレスの確認",
  confirmIntroduction: "確認すると、このアドレスがアカウントのメールアドレスになります。",
  confirm: "アドレスを確認",
  confirmAgain:
    "現在のメールアドレスはプロフィールで確認できます。新しいアドレスになっていない場合は、そこでもう一度入力してください。新しいリンクが送られます。",
};
