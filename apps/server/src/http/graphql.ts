import { ApolloServer, type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloArmor } from "@escape.tech/graphql-armor";
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { type Caller, localeOf, type Viewer } from "../rooms/credentials/viewer.js";
import { refuseLongAnswer } from "./answer-size.js";
import { challengeOf } from "./challenge.js";
import { authenticate } from "./credentials/authenticate.js";
import type { SentCredential } from "./credentials/read-credential.js";
import { refuseOtherAccount } from "./credentials/refuse-other-account.js";
import { noteRefusal } from "./note-refusal.js";
import { readsCredential, refuseSecondAttempt } from "./operation.js";
import { blamesDocument, presentRefusal, refusalOf, statusOf, thrownBy } from "./present-error.js";
import { withoutValues } from "./without-values.js";

/** A caller while its request goes through the door: the viewer is known once the credential was checked. */
export interface GraphQLCaller extends Caller {
  viewer: Viewer | null;
  readonly sent: SentCredential | null;
  /** The account that the request is meant for; null where it does not say. */
  readonly meant: string | null;
}

const MAXIMUM_TOKENS = 1000;

/** Makes the Apollo server: limits before execution, the credential before any resolver, errors in words. */
export function createApollo(schema: GraphQLSchema): ApolloServer<GraphQLCaller> {
  const armor = new ApolloArmor({
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
    maxDepth: { n: 10 },
    maxAliases: { n: 15 },
    maxDirectives: { n: 10 },
  }).protect();
  // The same types, loaded by it as CommonJS: they differ by a private mark alone.
  const armorPlugins = armor.plugins as unknown as ApolloServerPlugin<GraphQLCaller>[];
  return new ApolloServer<GraphQLCaller>({
    validationRules: armor.validationRules,
    schema,
    parseOptions: { maxTokens: MAXIMUM_TOKENS },
    plugins: [...armorPlugins, ...DISABLED, checkCredential(schema), answerInWords],
    // Only JSON bodies are parsed at all, and a GET executes no mutation: no form can be forged.
    csrfPrevention: false,
    persistedQueries: false,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: mask,
  });
}

const DISABLED = [
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
];

/** After parsing, validation and limits, before any resolver: a bad query costs no hash, a bad credential no query. */
function checkCredential(schema: GraphQLSchema): ApolloServerPlugin<GraphQLCaller> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue: caller }) => {
        const { sent, meant } = caller;
        if (operation === undefined) return;
        try {
          const variables = request.variables ?? {};
          refuseLongAnswer({ schema, document, operation, variables });
          refuseSecondAttempt(
            { schema, document, operation, variables },
            sent?.type === "PASSWORD" ? "password" : "no password",
          );
          const isPassedOver = sent === null || sent.carrier === "cookie";
          if (isPassedOver && !readsCredential({ schema, document, operation, variables })) return;
          const viewer = sent === null ? null : await authenticate(caller.app, caller.request, sent);
          refuseOtherAccount(meant, viewer);
          caller.viewer = viewer;
        } catch (error) {
          throw wholeRequestError(caller, error);
        }
      },
    }),
  };
}

function wholeRequestError(caller: GraphQLCaller, error: unknown): GraphQLError {
  const refusal = refusalOf(error, { requestId: caller.request.id, log: caller.app.log });
  const { message, extensions } = presentRefusal(refusal, localeOf(caller));
  const headers = new HeaderMap();
  const status = statusOf(refusal);
  if (status === 401) headers.set("www-authenticate", challengeOf(caller.sent, refusal));
  const wait = refusal.details["retryAfterSeconds"];
  if (typeof wait === "number") headers.set("retry-after", String(wait));
  return new GraphQLError(message, { extensions: { ...extensions, http: { status, headers } } });
}

/** Errors of resolvers: refusals in the caller's language, faults masked and logged; those of graphql without values. */
const answerInWords: ApolloServerPlugin<GraphQLCaller> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, errors, contextValue: caller }) => {
      if (errors === undefined || response.body.kind !== "single") return;
      const { singleResult } = response.body;
      const formatted = singleResult.errors ?? [];
      singleResult.errors = formatted.map((error, index) => inWords(caller, error, errors[index]));
      // Graphql executed none of it.
      if (formatted.every(({ path, extensions }) => !path && extensions?.["code"] === "BAD_USER_INPUT"))
        response.http.status = 400;
      noteRefusal(caller, errors.map(thrownBy));
    },
  }),
};

function inWords(
  caller: GraphQLCaller,
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const thrown = thrownBy(error);
  if (thrown === null) {
    const message = withoutValues(error, formatted.message);
    // As a variable and as a literal alike, which Apollo takes for a document that does not validate.
    const isBadInput = formatted.extensions?.["isBadInput"] === true;
    return { ...formatted, message, ...(isBadInput && { extensions: { code: "BAD_USER_INPUT" } }) };
  }
  const refusal = refusalOf(thrown, { requestId: caller.request.id, log: caller.app.log });
  const { message, extensions } = presentRefusal(refusal, localeOf(caller));
  const { path, locations } = formatted;
  return { message, ...(path && { path }), ...(locations && { locations }), extensions: { ...extensions } };
}

/** Whatever {@link answerInWords} does not see shows nothing of itself, unless the document is to blame. */
function mask(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (formatted.extensions?.["code"] !== "INTERNAL_SERVER_ERROR") return formatted;
  if (blamesDocument(error)) return { ...formatted, extensions: { code: "BAD_USER_INPUT" } };
  return { ...formatted, message: "Something went wrong on the server.", extensions: { code: "INTERNAL" } };
}
