import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLDirective,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { BadInput } from "../platform/problem.js";
import { accessOf } from "./schema.js";

/** Fields that compare a password or a code: each is one attempt, and stands alone in its document. */
const ATTEMPT_FIELDS: ReadonlySet<string> = new Set([
  ...["login", "completeLogin", "stepUp", "confirmTwoFactor", "disableTwoFactor", "removeAuthenticator"],
  ...["regenerateRecoveryCodes", "changePassword", "resetPassword", "logout"],
]);

/** One operation of a document, as it is about to be executed. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const READS = new WeakMap<OperationDefinitionNode, boolean>();

/** Says whether a root field of the operation lists credentials: only then a cookie is looked at. */
export function readsCredential({ schema, document, operation }: Operation): boolean {
  const known = READS.get(operation);
  if (known !== undefined) return known;
  const fields = rootType(schema, operation)?.getFields() ?? {};
  const names = rootFields(document, operation.selectionSet, () => true).map(({ name }) => name.value);
  const reads = names.some(
    (name) => fields[name] !== undefined && accessOf(fields[name])?.credentials !== undefined,
  );
  READS.set(operation, reads);
  return reads;
}

/**
 * Refuses a document that holds a field that is one attempt beside any other root field, counted after fragments,
 * `@skip` and `@include`, or together with a password that came with the request: BAD_USER_INPUT, nothing compared.
 */
export function refuseSecondAttempt(request: Operation, credential: "password" | "no password"): void {
  const { operation, document, schema, variables } = request;
  if (operation.operation !== OperationTypeNode.MUTATION) return;
  if (!rootFields(document, operation.selectionSet, () => true).some(isAttempt)) return;
  // One error is enough: each costs a description of the whole variable.
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: 1,
  });
  // Variables that cannot be coerced end the request before anything is executed.
  if (coerced === undefined) return;
  const fields = rootFields(document, operation.selectionSet, (node) => isIncluded(node, coerced));
  const attempt = fields.find(isAttempt);
  if (attempt === undefined) return;
  if (fields.length > 1) throw new BadInput([attempt.name.value], { rule: "alone" });
  if (credential === "password") throw new BadInput([attempt.name.value], { rule: "passwordWithRequest" });
}

function isAttempt({ name }: FieldNode): boolean {
  return ATTEMPT_FIELDS.has(name.value);
}

type Variables = Record<string, unknown>;

function isIncluded(node: SelectionNode, variables: Variables): boolean {
  const skip = conditionOf(GraphQLSkipDirective, node, variables);
  const include = conditionOf(GraphQLIncludeDirective, node, variables);
  if (skip === null || include === null) throw new BadInput(["if"], { rule: "notNull" });
  return skip !== true && include !== false;
}

/** Null: a variable with a default, which may stand there, is null. Graphql says so only when it executes. */
function conditionOf(directive: GraphQLDirective, node: SelectionNode, variables: Variables): unknown {
  try {
    return getDirectiveValues(directive, node, variables)?.["if"];
  } catch {
    return null;
  }
}

function rootFields(
  document: DocumentNode,
  root: SelectionSetNode,
  included: (node: SelectionNode) => boolean,
): FieldNode[] {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node.selectionSet]),
  );
  const walk = (set: SelectionSetNode | undefined): FieldNode[] =>
    (set?.selections ?? []).filter(included).flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      if (node.kind === Kind.INLINE_FRAGMENT) return walk(node.selectionSet);
      // Once each, as graphql executes them: else a few fragments that spread each other often take for ever.
      const spread = fragments.get(node.name.value);
      fragments.delete(node.name.value);
      return walk(spread);
    });
  return walk(root);
}

function rootType(
  schema: GraphQLSchema,
  { operation }: OperationDefinitionNode,
): GraphQLObjectType | null | undefined {
  return operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
}
