import type { accounts as english } from "../en/accounts";

export const accounts: typeof english = {
  search: "検索",
  searchHint: "ログイン名、表示名、メールアドレスの一部を入力してください。",
  find: "検索する",
  filters: "絞り込み",
  anything: "すべて",
  clear: "すべてのアカウントを表示",
  range: (from, to, total) => `${total}件中${from}〜${to}件`,
  none: "条件に合うアカウントはありません。",
  noneOnPage: "このページに表示するものはもうありません。",
  account: "アカウント",
  lastLogin: "最終ログイン",
  twoFactor: "2要素認証",
  twoFactorStates: { ENABLED: "有効", DISABLED: "無効" },
  role: "役割",
  roles: { USER: "一般ユーザー", ADMINISTRATOR: "管理者" },
  kind: "種類",
  kinds: { PERSON: "メンバー", GUEST: "ゲスト", SERVICE: "サービス" },
  status: "状態",
  statuses: { ACTIVE: "使用中", SUSPENDED: "停止中" },
  lock: "ロック",
  locks: { true: "ロック中", false: "ロックなし" },
  create: "アカウントを作成",
  kindHints: {
    PERSON: "組織のメンバーです。2要素認証を使えます。",
    GUEST: "組織外の人です。パスワードだけでログインし、管理者にはなれません。",
    SERVICE:
      "プログラム用です。パスワードもログインもなく、APIトークンとクライアントクレデンシャルだけを使います。",
  },
  loginName: "ログイン名",
  displayName: "表示名",
  emailAddress: "メールアドレス",
  language: "言語",
  password: "パスワード",
  passwordWays: { LINK: "設定用のリンクをメールで送る", TYPED: "ここで設定する" },
  passwordWayHints: {
    LINK: "ほかの誰もパスワードを知ることはありません。リンクは7日間有効で、メールアドレスが必要です。",
    TYPED: "管理者もパスワードを知ることになります。安全な方法で本人に伝え、変更してもらってください。",
  },
  submit: "アカウントを作成",
  created: (loginName, linkSentTo) =>
    linkSentTo === null
      ? `アカウント「${loginName}」を作成しました。`
      : `アカウント「${loginName}」を作成しました。パスワード設定用のリンクを${linkSentTo}に送ります。`,
};
