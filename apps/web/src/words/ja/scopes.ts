import type { scopes as english } from "../en/scopes";

export const scopes: typeof english = {
  openid: "誰のアカウントかを知る",
  profile: "表示名、ログイン名、言語を見る",
  email: "メールアドレスを見る",
  offline_access: "使っていない間もアクセスを続ける",
  "account:read": "アカウント、セッション、トークンを読む",
  "account:write": "プロフィールを変更する",
  "admin:read": "管理者として、すべてのアカウントと監査ログを読む",
  "admin:write": "管理者として、アカウントを変更する",
};
