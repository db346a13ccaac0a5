import type { login as english } from "../en/login";

export const login: typeof english = {
  title: "ログイン",
  loginName: "ログイン名",
  password: "パスワード",
  submit: "ログイン",
  startOver: "最初からやり直す",
  forgotPassword: "パスワードを忘れた場合",
  codeTitle: "確認コードを入力してください",
  code: "確認コード",
  codeHint: "認証アプリに表示される6桁の数字です。30秒ごとに変わります。",
  recoveryCode: "リカバリーコード",
  recoveryCodeHint: "2要素認証を設定したときに保管したコードの一つです。それぞれ一度だけ使えます。",
  useRecoveryCode: "リカバリーコードを使う",
  useCode: "認証アプリのコードを使う",
  recoveryCodeAlone:
    "間違った確認コードが多すぎたため、確認コードは使えません。リカバリーコードを使うか、管理者に連絡してください。",
  codeWrong:
    "確認コードが正しくありません。アプリに今表示されているコードを入力してください。同じコードは一度しか使えません。",
  recoveryCodeTitle: "リカバリーコードを入力してください",
  recoveryCodeWrong: "リカバリーコードが正しくありません。それぞれ一度だけ使えます。",
  nothingAtHand:
    "スマートフォンもリカバリーコードも手元にない場合は、管理者に2要素認証の無効化を依頼してください。",
  codesLeftTitle: "ログインしました",
  codesLeft: (left) =>
    left === 0 ? "今のが最後のリカバリーコードでした。" : `リカバリーコードは残り${left}個です。`,
  fewCodesLeft: "アカウント設定の「2要素認証」で、新しいコードを作成してください。",
  enrollTitle: "2要素認証の設定",
  enrollIntroduction:
    "組織が2要素認証を必須にしています。今後は、ログインのたびに、パスワードとスマートフォンのアプリのコードが必要です。",
  enrollSubmit: "有効にしてログイン",
  keepCodes: "リカバリーコードを保管してください",
  enrolled: "2要素認証を有効にしました。",
  passwordSet: "パスワードを設定しました。新しいパスワードでログインしてください。",
};
