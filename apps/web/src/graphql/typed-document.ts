/** A GraphQL document as the text that is sent, which knows the types of its variables and its answer. */
export type TypedDocument<Answer, Variables> = string & {
  readonly answer?: Answer;
  readonly variables?: Variables;
};
