import type { pages as english } from "./pages.en.js";

export const pages: typeof english = {
  logIn: "ログイン",
  loginName: "ログイン名",
  password: "パスワード",
  forgotPassword: "パスワードを忘れた場合",
  fillIn: "この項目を入力してください。",
  secondStep: "確認コードを入力してください",
  secondStepHint: "認証アプリに表示される6桁の数字です。30秒ごとに変わります。",
  verificationCode: "確認コード",
  recoveryCode: "リカバリーコード",
  recoveryCodeHint: "2要素認証を設定したときに保管したコードの一つです。それぞれ一度だけ使えます。",
  useRecoveryCode: "リカバリーコードを使う",
  recoveryCodeAlone:
    "間違った確認コードが多すぎたため、確認コードは使えません。リカバリーコードを使うか、管理者に連絡してください。",
  startOver: "最初からやり直す",
  enroll: "2要素認証の設定",
  enrollIntroduction:
    "組織が2要素認証を必須にしています。今後は、ログインのたびに、パスワードとスマートフォンのアプリのコードが必要です。",
  enrollScan: "Google Authenticatorなどの認証アプリで、このQRコードを読み取ってください。",
  enrollType: "読み取れない場合は、次のキーをアプリに入力してください。",
  enrollCode: "アプリに今表示されている6桁の数字を入力してください。",
  enrollSubmit: "有効にしてログイン",
  qrCode: "認証アプリ用のQRコード",
  clockOff: (seconds) =>
    `端末の時計が約${Math.abs(seconds)}秒${seconds > 0 ? "進んで" : "遅れて"}いるようです。時刻を自動設定にして、次のコードを試してください。`,
  recoveryCodes: "リカバリーコードを保管してください",
  recoveryCodesIntroduction:
    "2要素認証が有効になりました。スマートフォンが手元にないときは、アプリのコードの代わりに、次のコードでログインできます。それぞれ一度だけ使えます。二度と表示されないので、印刷するか書き留めてください。",
  goOn: "続ける",
  stepUp: "本人確認",
  stepUpIntroduction: (loginName) =>
    `${loginName}としてログインしています。この操作を行うには、もう一度本人確認が必要です。`,
  stepUpSubmit: "確認",
  requestReset: "パスワードを再設定するリンクの送信",
  requestResetIntroduction:
    "ログイン名またはメールアドレスを入力してください。リンクはアカウントのメールアドレスに送られます。",
  emailAddress: "メールアドレス",
  or: "または",
  oneOfThem: "ログイン名かメールアドレスを入力してください。",
  requestNewLink: "新しいリンクを受け取る",
  requestResetSubmit: "リンクを送る",
  resetPassword: "新しいパスワードの設定",
  resetPasswordIntroduction: "アカウントのすべてのセッションが終了します。2要素認証はそのままです。",
  newPassword: "新しいパスワード",
  newPasswordHint: "関連のない単語をいくつか組み合わせると安全です。",
  repeatPassword: "新しいパスワード(もう一度)",
  passwordsDiffer: "2つのパスワードが一致しません。",
  resetPasswordSubmit: "パスワードを設定",
  confirmEmail: "メールアドレスの確認",
  confirmEmailIntroduction: "確認すると、このアドレスがアカウントのメールアドレスになります。",
  confirmEmailSubmit: "アドレスを確認",
  confirmEmailAgain:
    "現在のメールアドレスはプロフィールで確認できます。新しいアドレスになっていない場合は、そこでもう一度入力してください。新しいリンクが送られます。",
  toLogIn: "ログインへ",
  authorizationRefused:
    "アプリケーションからのリクエストに、安全に応答できません。何も許可されていません。アプリケーションに戻るか、下の内容を開発者に伝えてください。",
  consentTitle: (issuer) => `${issuer}アカウントへのアクセスを許可しますか?`,
  consentAsks: (name, host) => `${name}(${host})が次の許可を求めています。`,
  consentLasts: (seconds) =>
    seconds < 86_400
      ? `この許可は${seconds / 3600}時間有効です。`
      : `この許可は最長${seconds / 86_400}日間有効です。アカウント設定でいつでも取り消せます。`,
  consentAs: (displayName, loginName) => `${displayName}(${loginName})としてログインしています。`,
  allow: "許可する",
  deny: "許可しない",
  notMe: "別のアカウントでログイン",
  goingOn: "アプリケーションに戻ります",
  logOut: "ログアウト",
  logOutAsked:
    "アプリケーションがログアウトを求めています。許可したほかのアプリケーションのアクセスは続きます。",
  loggedOut: "ログアウトしました。",
  consentGone:
    "このリクエストは、回答済みか、5分が過ぎて期限切れか、別のブラウザーまたはアカウントのものです。アプリケーションに戻って、最初からやり直してください。",
  secondFactorMissing: "2要素認証が必要です",
  secondFactorAsked: (name) =>
    `${name}は2要素認証によるログインを求めていますが、このアカウントでは有効になっていません。アカウント設定で有効にしてから、アプリケーションでやり直してください。`,
  toTwoFactor: "2要素認証を設定",
  turnBack: (name) => `${name}に戻る`,
  scopes: {
    openid: "誰のアカウントかを知る",
    profile: "表示名、ログイン名、言語を見る",
    email: "メールアドレスを見る",
    offline_access: "使っていない間もアクセスを続ける",
    "account:read": "アカウント、セッション、トークンを読む",
    "account:write": "プロフィールを変更する",
    "admin:read": "管理者として、すべてのアカウントと監査ログを読む",
    "admin:write": "管理者として、アカウントを変更する",
  },
  needsScript: "このページの表示にはJavaScriptが必要です。有効にしてから、もう一度読み込んでください。",
  notFoundTitle: "このアドレスには何もありません",
  notFound: "アドレスが間違っているか、ページがなくなっています。",
  toAccount: "アカウント設定へ",
  failed: "処理できませんでした",
  formOld:
    "フォームの有効期限が切れたか、別のサイトから送信されました。何も変更されていません。フォームを読み込み直して、もう一度入力してください。",
  otherAccount:
    "このページを開いたあとに、このブラウザーで別のアカウントのログインがありました。何も行われていません。現在ログインしているアカウントで続けるには、フォームをもう一度読み込んでください。",
  formUnreadable:
    "フォームを読み取れません。何も変更されていません。フォームを読み込み直して、もう一度入力してください。",
  loadAgain: "フォームを読み込み直す",
};
