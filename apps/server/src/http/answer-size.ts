import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from "graphql";
import { DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE } from "../platform/page.js";
import { BadInput } from "../platform/problem.js";
import type { Operation } from "./operation.js";

/** How many characters an answer can hold; the whole schema, as tools ask for it, has fewer than 200,000. */
export const MAXIMUM_ANSWER = 500_000;
/** What a value of an ordinary field counts. */
const VALUE = 20;
/** How many items a list counts that has no pages. */
const LIST = 10;
/** The quotes, the colon and the comma around a name and its value. */
const AROUND = 6;

/** Operations that are short enough, whatever comes with them. */
const SHORT = new WeakSet<OperationDefinitionNode>();

interface Measure extends Operation {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The fields of each selection set, after its fragments, with the type that each belongs to. */
  readonly fields: Map<SelectionSetNode, readonly SelectedField[]>;
  readonly introspected: Set<string>;
  characters: number;
}

interface SelectedField {
  readonly node: FieldNode;
  readonly parent: GraphQLNamedType | undefined;
}

/**
 * Refuses an operation whose answer could be too long, before any of it is executed: ordinary fields are estimated by
 * selections × sizes of lists, introspection is measured as it would be answered, and asked for once a document.
 *
 * @throws Refusal BAD_USER_INPUT
 */
export function refuseLongAnswer(request: Operation): void {
  const { schema, document, operation } = request;
  if (SHORT.has(operation)) return;
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const measure: Measure = {
    ...request,
    fragments: new Map(fragments.map((node) => [node.name.value, node])),
    fields: new Map(),
    introspected: new Set(),
    characters: 0,
  };
  const root = schema.getRootType(operation.operation) ?? undefined;
  measureFields(measure, fieldsOf(measure, operation.selectionSet, root), { times: 1, items: LIST });
  if ((operation.variableDefinitions ?? []).length === 0) SHORT.add(operation);
}

interface Multiplicity {
  /** How often the object stands in the answer. */
  readonly times: number;
  /** How many items a list right below it has. */
  readonly items: number;
}

function measureFields(measure: Measure, selected: readonly SelectedField[], at: Multiplicity): void {
  for (const { node, parent } of selected) {
    const name = node.name.value;
    if (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name) {
      measureIntrospection(measure, node);
      continue;
    }
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const named = field && getNamedType(field.type);
    count(measure, at.times * (keyOf(node).length + AROUND + VALUE));
    if (field === undefined || named === undefined || isLeafType(named) || !node.selectionSet) continue;
    const times = at.times * (isListType(getNullableType(field.type)) ? at.items : 1);
    const items = field.args.some((argument) => argument.name === "first") ? pageSize(measure, node) : LIST;
    measureFields(measure, fieldsOf(measure, node.selectionSet, named), { times, items });
  }
}

function measureIntrospection(measure: Measure, node: FieldNode): void {
  const name = node.name.value;
  if (measure.introspected.has(name)) throw new BadInput([name], { rule: "introspectionOnce" });
  measure.introspected.add(name);
  const isSchema = name === SchemaMetaFieldDef.name;
  const type = getNamedType(isSchema ? SchemaMetaFieldDef.type : TypeMetaFieldDef.type);
  const named = argumentOf(measure, node, "name");
  const source = isSchema ? measure.schema : measure.schema.getType(typeof named === "string" ? named : "");
  introspect(measure, node, { type, source });
}

/** Every type of the introspection system answers by resolvers of its own, which read the schema alone. */
function introspect(
  measure: Measure,
  node: FieldNode,
  { type, source }: { type: GraphQLNamedType; source: unknown },
): void {
  count(measure, keyOf(node).length + AROUND + (isLeafType(type) ? String(source).length : 0));
  if (source == null || !isObjectType(type) || !node.selectionSet) return;
  for (const { node: child } of fieldsOf(measure, node.selectionSet, type)) {
    const field = type.getFields()[child.name.value];
    const info = { schema: measure.schema } as GraphQLResolveInfo;
    const value: unknown = field?.resolve?.(source, { includeDeprecated: true }, undefined, info);
    const named = field === undefined ? measure.schema.getType("String") : getNamedType(field.type);
    for (const item of Array.isArray(value) ? value : [value])
      if (named != null) introspect(measure, child, { type: named, source: item });
  }
}

/** As graphql collects them: each fragment once in a selection set; what a directive leaves out counts too. */
function fieldsOf(
  measure: Measure,
  set: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
): readonly SelectedField[] {
  const known = measure.fields.get(set);
  if (known !== undefined) return known;
  const spread = new Set<string>();
  const collect = (inner: SelectionSetNode, type: GraphQLNamedType | undefined): SelectedField[] =>
    inner.selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return [{ node, parent: type }];
      if (node.kind === Kind.INLINE_FRAGMENT)
        return collect(
          node.selectionSet,
          conditionOf(measure.schema, node.typeCondition?.name.value) ?? type,
        );
      const fragment = spread.has(node.name.value) ? undefined : measure.fragments.get(node.name.value);
      spread.add(node.name.value);
      if (fragment === undefined) return [];
      return collect(fragment.selectionSet, conditionOf(measure.schema, fragment.typeCondition.name.value));
    });
  const fields = collect(set, parent);
  measure.fields.set(set, fields);
  return fields;
}

function conditionOf(schema: GraphQLSchema, name: string | undefined): GraphQLNamedType | undefined {
  return name === undefined ? undefined : schema.getType(name);
}

function pageSize(measure: Measure, node: FieldNode): number {
  const first = argumentOf(measure, node, "first") ?? DEFAULT_PAGE_SIZE;
  return typeof first === "number" && first >= 1 ? Math.min(first, MAXIMUM_PAGE_SIZE) : MAXIMUM_PAGE_SIZE;
}

function argumentOf({ variables }: Measure, { arguments: given = [] }: FieldNode, name: string): unknown {
  const argument = given.find((each) => each.name.value === name);
  return argument && valueFromASTUntyped(argument.value, variables);
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function count(measure: Measure, characters: number): void {
  measure.characters += characters;
  if (measure.characters > MAXIMUM_ANSWER)
    throw new BadInput([], { rule: "answerTooLong", maximum: MAXIMUM_ANSWER });
}
