import type { PolicyFault } from "../problem.js";
import { clients } from "./clients.ja.js";
import type { Words } from "./en.js";
import { mails } from "./mails.ja.js";
import { pages } from "./pages.ja.js";

const methods = { PASSWORD: "パスワード", TOTP: "確認コード", RECOVERY_CODE: "リカバリーコード" };

const policyFaults: Readonly<Record<PolicyFault, string>> = {
  DATE_WITHOUT_REQUIRED: "日付を指定できるのは、規則がREQUIREDのときだけです。",
  LIMIT_OUT_OF_RANGE:
    "失敗の上限は1〜1,000回、ロックの時間は1〜525,600分、セッションの時間は1秒以上で指定してください。",
  PASSWORD_LENGTH_OUT_OF_RANGE: "パスワードの最小文字数は8〜128で指定してください。",
  TOO_FEW_ADMINISTRATORS:
    "2要素認証の無効化の承認には、有効な管理者が3人以上必要です。1人が申請し、1人がその対象かもしれず、もう1人が承認します。",
  TWO_FACTOR_NOT_OFFERED:
    "2要素認証を必須にできません。2019年9月8日以降に無料お試しを開始した組織で利用できます。",
};

const faults = { ...policyFaults, ...clients.faults };

const passwordFaults = {
  password: "1〜1,000文字で指定してください。",
  passwordSuperfluous: "サービスアカウントにパスワードはありません。項目を省いてください。",
  anothersPassword: "自分のパスワードは、現在のパスワードを使ってchangePasswordで変更してください。",
  noPassword: "サービスアカウントにパスワードはありません。APIトークンを使います。",
};

const documentFaults = {
  introspectionOnce: "は、1つのドキュメントで1回だけ指定できます。",
  alone: "は、ドキュメントのただ1つのルート項目でなければなりません。",
  passwordWithRequest:
    "は、リクエストと一緒に送られたパスワードとは同時に使えません。どちらか一方だけを送ってください。",
};

const listFaults = {
  scopesMissing: "スコープを1つ以上指定してください。",
  pageSize: "1〜100で指定してください。",
  cursor: "この一覧の前のページで得たカーソルを指定してください。",
  auditAction: "このような操作名はありません。すべての操作名は監査ログのドキュメントにあります。",
};

export const ja: Words = {
  locale: "ja",
  mails,
  pages,
  failures: {
    INVALID_LOGIN: "ログイン名またはパスワードが正しくありません。",
    ACCOUNT_LOCKED: ({ attempts, minutes }) =>
      minutes === null
        ? `ログインに${attempts}回失敗したため、アカウントがロックされています。管理者に問い合わせてください。`
        : `ログインに${attempts}回失敗したため、アカウントがロックされています。${minutes}分待ってから、もう一度試してください。`,
    INVALID_VERIFICATION_CODE: "確認コードが正しくありません。",
    TWO_FACTOR_UNREADABLE:
      "サーバーが認証アプリのシークレットを読み取れません。失敗としては数えていません。リカバリーコードを使うか、管理者に問い合わせてください。",
    CHALLENGE_EXPIRED: "このログインは期限切れです。ログイン名とパスワードでもう一度ログインしてください。",
    ENROLLMENT_EXPIRED: "この登録は期限切れです。もう一度始めて、新しいQRコードを取得してください。",
    TWO_FACTOR_UNAVAILABLE: (availability) =>
      ({
        NOT_ALLOWED: "組織のセキュリティポリシーにより、2要素認証は許可されていません。",
        TRIAL_TOO_OLD:
          "2要素認証は、2019年9月8日以降に無料お試しを開始した組織で利用できます。この組織はそれより前に開始しています。",
        ACCOUNT_KIND: "2要素認証は組織のメンバー用です。ゲストとサービスアカウントは利用できません。",
      })[availability],
    TWO_FACTOR_NOT_ENABLED: "このアカウントの2要素認証は有効になっていません。",
    TWO_FACTOR_REQUIRED_BY_POLICY:
      "組織が2要素認証を必須にしているため、無効にできません。スマートフォンを替えるには、先に新しいスマートフォンを追加してください。",
    LAST_AUTHENTICATOR:
      "最後の認証アプリです。先に別の認証アプリを追加するか、2要素認証を無効にしてください。",
    LOGIN_NAME_TAKEN: "このログイン名はすでに使われています。別のログイン名を選んでください。",
    WEAK_PASSWORD: (rules) => `別のパスワードを選んでください。${rules.join("")}`,
    WRONG_PASSWORD: "パスワードが正しくありません。",
    INVALID_MAIL_TOKEN: "このリンクは期限切れか、すでに使われています。新しいリンクを請求してください。",
    LAST_ADMINISTRATOR: "最後の管理者です。先に別のアカウントを管理者にしてください。",
    SELF_RESET:
      "管理者としてご自身の2要素認証を無効にすることはできません。アカウント設定で確認コードを使って無効にするか、別の管理者に依頼してください。",
    APPROVAL_UNKNOWN:
      "この申請は承認待ちではありません。期限切れか、すでに処理されたか、対象の2要素認証がすでに無効です。",
    APPROVER_NOT_ELIGIBLE:
      "この申請は承認できません。承認できるのは、管理者になって24時間以上たち、2要素認証が有効で、申請した本人でも対象の本人でもない管理者です。",
    POLICY_CONFLICT: (fault) => policyFaults[fault],
    INVALID_REDIRECT_URI: (found) =>
      found === "too-many"
        ? clients.tooManyRedirectUris
        : `リダイレクトURI ${found.uri} は登録できません。${clients.redirectUris[found.fault]}`,
    UNKNOWN_SCOPE: ({ scope, known }) =>
      `スコープ ${scope} はありません。使えるスコープ：${known.join(", ")}`,
    LIMIT_REACHED: (limit) => `${limit}個を超えて作ることはできません。先に1つ削除してください。`,
  },
  passwordRules: {
    MINIMUM_LENGTH: (minimum) => `${minimum}文字以上が必要です。`,
    MAXIMUM_LENGTH: () => "128文字以内にしてください。",
    COMMON: () => "よく使われるパスワードです。",
    CONTAINS_NAME: () => "アカウントの名前から作られています。",
  },
  refusals: {
    UNAUTHENTICATED: "先にログインするか、認証情報を送ってください。",
    INVALID_CREDENTIALS: "送られた認証情報が、間違っているか、期限切れか、取り消されています。",
    FORBIDDEN: "この操作は、役割またはトークンの権限では許可されていません。",
    RATE_LIMITED: "試行回数が多すぎます。しばらく待ってから、もう一度試してください。",
    NOT_FOUND: "このIDのものはないか、見る権限がありません。",
    BAD_USER_INPUT: "入力の形式が正しくありません。",
    UNAVAILABLE:
      "サーバーが必要とする部分が応答しません。何も変更されていません。しばらくしてから、もう一度試してください。",
    INTERNAL: "サーバーで問題が起きました。管理者にリクエストIDを知らせてください。",
  },
  outcomeUnknown:
    "保存の途中でデータベースが応答しなくなりました。保存されたかどうかは不明です。内容を確認してから、もう一度試してください。",
  notAccepted: ({ reason, accepted }) => {
    const instead = `代わりに使えるもの：${accepted.join(", ")}`;
    if (reason === "TWO_FACTOR_ENABLED")
      return `このアカウントは2要素認証が有効なため、リクエストと一緒に送られたパスワードは使えません。${instead}`;
    if (reason === "TWO_FACTOR_REQUIRED")
      return `組織が2要素認証を必須にしているため、リクエストと一緒に送られたパスワードは使えません。${instead}`;
    if (reason === "OTHER_ACCOUNT")
      return "このリクエストは、送られた認証情報とは別のアカウントに向けたものです。何も行われていません。";
    return `この操作では、この種類の認証情報は使えません。${instead}`;
  },
  stepUp: (asked) =>
    `${asked.map((method) => methods[method]).join("・")}を使って、stepUpで本人であることをもう一度証明してから、やり直してください。`,
  rateLimitedForever: "試行回数が多すぎます。管理者に問い合わせてください。",
  input: ({ path, rule }) => {
    switch (rule.rule) {
      case "text":
        return `${path}: 制御文字と文字の向きを変える文字を含まない1〜${rule.maximum}文字（見えない文字だけは不可）で指定してください。`;
      case "loginName":
        return `${path}: コロン、制御文字、見えない文字を含まない1〜128文字で指定してください。`;
      case "emailAddress":
        return `${path}: name@example.com のようなメールアドレスを指定してください。`;
      case "locale":
        return `${path}: en や ja のようなBCP 47の言語タグを指定してください。`;
      case "notNull":
        return `${path}: nullは指定できません。値を変えないときは、項目を省いてください。`;
      case "future":
        return `${path}: 未来の日時を指定してください。`;
      case "proofMissing":
        return `${path}: このアカウントは2要素認証が有効です。verificationCodeかrecoveryCodeを送ってください。`;
      case "emailAddressMissing":
        return `${path}: パスワードがないときは設定用のリンクをメールで送るため、アドレスが必要です。`;
      case "personsOnly":
        return `${path}: この役割は、組織のメンバーかサービスアカウントだけが持てます。ゲストは持てません。`;
      case "password":
      case "passwordSuperfluous":
      case "anothersPassword":
      case "noPassword":
        return `${path}: ${passwordFaults[rule.rule]}`;
      case "policy":
      case "client":
        return `${path}: ${faults[rule.fault]}`;
      case "scopesMissing":
      case "pageSize":
      case "cursor":
      case "auditAction":
        return `${path}: ${listFaults[rule.rule]}`;
      case "accountsAtOnce":
        return `${path}: 1回のリクエストでこの項目を取得できるのは、${rule.maximum}アカウントまでです。ページを小さくしてください。`;
      case "answerTooLong":
        return `応答が${rule.maximum}文字を超える可能性があります。項目を減らすか、ページを小さくしてください。`;
      case "introspectionOnce":
      case "alone":
      case "passwordWithRequest":
        return `${path} ${documentFaults[rule.rule]}`;
    }
  },
  credentialRules: {
    accepted: "使えます。",
    passwordWithTwoFactor: "2要素認証が有効なアカウントでは、パスワードだけでは使えません。",
    passwordWhereRequired: "2要素認証が必須のため、リクエストと一緒に送られたパスワードは使えません。",
    sessionWhereRequired:
      "2要素認証が必須のため、2要素認証なしのセッションは終了し、次のログインで設定します。",
    dormant: "使えます。ポリシーが2要素認証を禁止しているため、要素は休止しています。",
  },
  forwardAuth: {
    requirement: (name) =>
      `「${name}」の条件が読み取れません。scope=…、role=administrator、assurance=two_factor、maxAge=秒数 のいずれかで指定してください。`,
    requireHeaderTwice: () =>
      "X-Keyturn-Require が2回送られました。「scope=orders:read, role=administrator」のように1回だけ送ってください。",
    requireHeaderUntrusted: () =>
      "X-Keyturn-Require が KEYTURN_TRUSTED_PROXIES にないアドレスから送られました。そこにあるゲートウェイから送ってください。",
    cookieElsewhere: () =>
      "セッションのCookieは、Keyturn自身のホストでだけ使えます。セッションのトークンをBearerとして送ってください。",
    cookieUnsafe: () =>
      "セッションのCookieでは、GET、HEAD、OPTIONS以外のリクエストに X-Requested-With ヘッダーが必要です。",
    noProof: () =>
      "リクエストと一緒に送られたパスワード、APIトークン、またはこのアカウントでは、求められた要素の証明ができません。セッションを使ってください。",
    enrollFirst: () => "2要素認証が必要です。有効にしてから、2要素認証でログインしてください。",
  },
  emailChangeRequested: (address) =>
    `${address} にリンクを送りました。1時間以内にリンクを開いて「アドレスを確認」を押すと、アドレスが変わります。`,
  emailConfirmed: "メールアドレスを確認しました。",
  passwordResetRequested:
    "該当するアカウントがあれば、新しいパスワードを設定するリンクをそのメールアドレスに送ります。",
  passwordReset: "パスワードを変更しました。新しいパスワードでログインしてください。",
  defaultAuthenticatorName: "認証アプリ",
};
