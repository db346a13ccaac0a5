import type { clients as english } from "./clients.en.js";

/** アプリケーションを登録するときの規則と、その代わりに指定するもの。 */
export const clients: typeof english = {
  faults: {
    REDIRECT_URI_MISSING: "グラント種別AUTHORIZATION_CODEには、1つ以上必要です。",
    GRANT_TYPES: "1つ以上を、重複なしで指定してください。",
    REFRESH_TOKEN_ALONE: "REFRESH_TOKENは、AUTHORIZATION_CODEと一緒にだけ指定できます。",
    PUBLIC_CLIENT:
      "公開クライアントにシークレットはありません。CLIENT_CREDENTIALS、サービスアカウント、新しいシークレットは使えません。",
    SERVICE_ACCOUNT_MISSING: "グラント種別CLIENT_CREDENTIALSには、サービスアカウントが必要です。",
    SERVICE_ACCOUNTS_ONLY: "種類がSERVICEのアカウントのIDを指定してください。",
    LISTED_ONLY: "アカウントの一覧を指定できるのは、accessがLISTEDのときだけです。",
  },
  redirectUris: {
    "not-absolute": "特別な文字をパーセントエンコードした、完全なアドレスを指定してください。",
    "too-long": "2,048文字以内で指定してください。",
    scheme:
      "https、またはlocalhostかループバックアドレスのhttpを指定してください。公開クライアントには、com.example.app:/callbackのようなスキームも指定できます。",
    "plain-http": "httpsを指定してください。httpは、localhostとループバックアドレスでだけ使えます。",
    fragment: "#以降の部分を除いてください。",
    "user-info": "ユーザー名とパスワードを除いてください。",
    wildcard: "*を含まない、1つのアドレスを指定してください。",
    "answer-parameter": "クエリからcode、state、iss、errorを除いてください。",
  },
  tooManyRedirectUris: "リダイレクトURIは20個まで登録できます。",
};
