import type { pages as english } from "./pages.en.js";

export const pages: typeof english = {
  logIn: "ログイン",
  loginName: "ログイン名",
  password: "パスワード",
  forgotPassword: "パスワードを忘れた場合",
  fillIn: "入力してください。",
  secondStep: "確認コードを入力してください",
  secondStepHint: "認証アプリに表示される6桁の数字です。30秒ごとに変わります。",
  verificationCode: "確認コード",
  recoveryCode: "リカバリーコード",
  recoveryCodeHint: "2要素認証を設定したときに表示されたコードの一つです。それぞれ一度だけ使えます。",
  useRecoveryCode: "代わりにリカバリーコードを使う",
  recoveryCodeAlone: "間違いが多すぎたため、確認コードは使えなくなっています。",
  startOver: "最初からやり直す",
  enroll: "2要素認証の設定",
  enrollIntroduction:
    "組織が2要素認証を必須にしています。これからはログインのたびに、パスワードと、端末の認証アプリのコードが必要です。",
  enrollScan: "Google Authenticatorなどの認証アプリで、このQRコードを読み取ってください。",
  enrollType: "読み取れないときは、このキーをアプリに入力してください。",
  enrollCode: "アプリに表示される6桁の数字を入力してください。",
  enrollSubmit: "有効にしてログイン",
  qrCode: "認証アプリ用のQRコード",
  clockOff: (seconds) =>
    `端末の時計が約${Math.abs(seconds)}秒${seconds > 0 ? "進んで" : "遅れて"}いるようです。時刻を自動設定にして、次のコードを試してください。`,
  recoveryCodes: "リカバリーコードを保管してください",
  recoveryCodesIntroduction:
    "2要素認証が有効になりました。端末が手元にないときは、アプリのコードの代わりに、次のコードでログインできます。それぞれ一度だけ使えます。二度と表示されないので、印刷するか書き留めてください。",
  goOn: "続ける",
  stepUp: "本人確認",
  stepUpIntroduction: (loginName) =>
    `${loginName} としてログインしています。これから行う操作には、もう一度本人確認が必要です。`,
  stepUpSubmit: "確認する",
  requestReset: "パスワードを再設定するリンクの送信",
  requestResetIntroduction:
    "ログイン名またはメールアドレスを入力してください。リンクはアカウントのメールアドレスに送られます。",
  emailAddress: "メールアドレス",
  or: "または",
  oneOfThem: "ログイン名かメールアドレスを入力してください。",
  requestResetSubmit: "リンクを送る",
  resetPassword: "新しいパスワードの設定",
  resetPasswordIntroduction: "アカウントのすべてのセッションが終わります。2要素認証はそのままです。",
  newPassword: "新しいパスワード",
  repeatPassword: "新しいパスワード（もう一度）",
  passwordsDiffer: "二つのパスワードが一致しません。",
  resetPasswordSubmit: "パスワードを設定する",
  confirmEmail: "メールアドレスの確認",
  confirmEmailIntroduction: "確認すると、このアドレスがアカウントのメールアドレスになります。",
  confirmEmailSubmit: "アドレスを確認する",
  toLogIn: "ログインへ",
  failed: "処理できませんでした",
  formOld:
    "フォームの有効期限が切れたか、別のサイトから送信されました。何も変更されていません。フォームを読み込み直して、もう一度入力してください。",
  formUnreadable:
    "フォームを読み取れません。何も変更されていません。フォームを読み込み直して、もう一度入力してください。",
  loadAgain: "フォームを読み込み直す",
};
