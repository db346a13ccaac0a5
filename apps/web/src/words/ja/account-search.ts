import type { accountSearch as english } from "../en/account-search";
import { inJapanese as number } from "../numbers";

export const accountSearch: typeof english = {
  hint: "ログイン名、表示名、メールアドレスの一部を入力してください。",
  name: (displayName, loginName) => `${displayName}(${loginName})`,
  nobody: "アカウントが見つかりません。",
  found: (count) => `${number(count)}件のアカウントが見つかりました。`,
  more: (shown, all) =>
    `${number(all)}件のうち${number(shown)}件を表示しています。さらに入力して絞り込んでください。`,
  gone: (id) => `削除されたアカウント(${id})`,
};
