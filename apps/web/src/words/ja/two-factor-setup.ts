import type { twoFactorSetup as english } from "../en/two-factor-setup";

export const twoFactorSetup: typeof english = {
  install: "認証アプリがまだない場合は、スマートフォンにインストールしてください。",
  apps: "Google Authenticator、Microsoft Authenticator、2FAS、Aegis、1Passwordのほか、6桁の数字を表示するアプリが使えます。",
  scan: "アプリでこのQRコードを読み取ってください。",
  picture: "認証アプリ用のQRコード。同じキーを下に文字で示しています。",
  typeKey: "読み取れない場合は、次のキーをアプリに入力してください。",
  copyKey: "キーをコピー",
  openApp: "この端末のアプリで開く",
  code: "確認コード",
  codeHint: "アプリに今表示されている6桁の数字を入力してください。",
  clockFast: (seconds) =>
    `端末の時計が約${seconds}秒進んでいるようです。時刻を自動設定にして、次のコードを試してください。`,
  clockSlow: (seconds) =>
    `端末の時計が約${seconds}秒遅れているようです。時刻を自動設定にして、次のコードを試してください。`,
  codes: "リカバリーコード",
  codesHint:
    "スマートフォンが手元にないときは、アプリのコードの代わりに使えます。それぞれ一度だけ使えます。二度と表示されません。",
  sheet: (issuer, loginName) => `${issuer}：${loginName}のリカバリーコード`,
  fileName: "recovery-codes.txt",
  download: "ダウンロード",
  print: "印刷",
  kept: "スマートフォンがなくても見つかる場所に保管しました。",
  goOn: "続ける",
  leaveTitle: "リカバリーコードを保管せずに移動しますか?",
  leave: "移動する",
  leaveMeans:
    "保管したことがまだ確認されていません。コードは二度と表示されません。スマートフォンがあれば、あとで新しいコードを作成できます。",
};
