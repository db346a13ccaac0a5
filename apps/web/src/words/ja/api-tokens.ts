import type { apiTokens as english } from "../en/api-tokens";

export const apiTokens: typeof english = {
  title: "APIトークン",
  introduction:
    "スクリプトやサービスは、パスワードの代わりにトークンでAPIを呼び出します。できることは、ここで選んだ権限の範囲だけです。作成した人の権限を超えることはありません。",
  name: "名前",
  nameHint: "何に使うかがわかる名前です。例：夜間バックアップ",
  scopes: "権限",
  noScope: "1つ以上選択してください。",
  lastUsed: "最終利用",
  ends: "有効期限",
  none: "APIトークンはまだありません。",
  createTitle: "トークンの作成",
  create: "トークンを作成",
  lastDay: "有効期限(この日の終わりまで)",
  lastDayHint: "指定しない場合は、取り消すまで使えます。",
  lastDayRule: "今日以降の日を選択してください。",
  token: "APIトークン",
  created: "作成したトークンです。二度と表示されません。今すぐコピーしてください。",
  revoke: "取り消す",
  revokeOf: (name) => `${name}を取り消す`,
  revokeTitle: (name) => `「${name}」を取り消しますか?`,
  revokeHint:
    "このトークンを使っているプログラムは、すぐに拒否されるようになります。取り消したトークンは元に戻せません。",
  revoked: "トークンを取り消しました。",
};
